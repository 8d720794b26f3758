// SPDX-License-Identifier: MIT
#pragma once

#include "extractors/state_table.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace ingot {

/// The row numbers of a table.
struct StateRowIds {
    std::vector<std::int64_t> ids;
    std::string damage;  ///< Why rows are missing; empty: they are all here.
};

/// Finds all rows of a table, in the order of its primary key, else by row number. Around damaged
/// pages it finds what can still be reached, by row number; a damaged index is not trusted.
/// Requires: table.rowid is not empty. Throws SQLite::Exception.
StateRowIds row_ids_of(SQLite::Database& database, const StateTable& table);

}  // namespace ingot
