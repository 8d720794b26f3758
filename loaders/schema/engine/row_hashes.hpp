// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/schema/engine/target.hpp"

namespace ingot::schema {

/// What a table holds, in one line: equal hashes are equal rows, in whatever order and physical place.
/// Rows that occur twice count twice.
struct TableHash {
    std::string table = {};
    std::vector<std::string> columns = {};  ///< That the hash is over, in this order.
    std::int64_t rows = 0;
    std::string hash = {};  ///< 32 hex digits.

    bool operator==(const TableHash&) const = default;
};

/// PostgreSQL computes it from the text of the rows (sum of MD5); of SQLite's rows, types and bytes count
/// (sum of XXH3). `columns` empty: all that the table has, in its order. Takes ACCESS SHARE, reads every
/// row; with policies that hide rows from the user it fails. Throws StatementFailed.
TableHash row_hash(Target& target, const std::string& table,
                   const std::vector<std::string>& columns = {});

std::vector<TableHash> row_hashes(Target& target, const std::vector<std::string>& tables);

/// "tasks has 3 rows instead of 4"; empty: they are the same.
std::string difference(const TableHash& expected, const TableHash& found);

}  // namespace ingot::schema
