// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/check.hpp"

#include <string_view>

#include <SQLiteCpp/SQLiteCpp.h>

namespace ingot {

/// Queries for check_table; the database must outlive the function.
RunQuery sqlite_query(SQLite::Database& db);

/// Gives the connection is_json(text), which the rules use: SQLite's own json_valid takes five times as
/// long. The function must live as long as the connection.
void register_json_check(SQLite::Database& db, bool (*is_json)(std::string_view));

}  // namespace ingot
