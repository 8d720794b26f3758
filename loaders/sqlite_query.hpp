// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/check.hpp"

#include <string>
#include <string_view>

#include <SQLiteCpp/SQLiteCpp.h>

namespace ingot {

/// Queries for check_table; the database must outlive the function.
RunQuery sqlite_query(SQLite::Database& db);

/// What the rules' functions ask.
struct CheckFunctions {
    bool (*is_json)(std::string_view text);
    std::string store_directory;  ///< The file store beside the database.
};

/// Gives the connection the functions that the rules use:
///   is_json(text): SQLite's own json_valid takes five times as long;
///   stored_file_state(path, hash): "whole", "missing", "damaged", or "other content" than the hash says.
void register_check_functions(SQLite::Database& db, const CheckFunctions& functions);

}  // namespace ingot
