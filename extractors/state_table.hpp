// SPDX-License-Identifier: MIT
#pragma once

#include "extractors/state_file.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace ingot {

/// A table of a state database, as the database itself describes it.
struct StateTable {
    std::string name;
    std::vector<std::string> columns;  ///< In table order, generated ones too.
    std::vector<std::string> key;      ///< Primary key, in key order; empty: none.
    std::string rowid;                 ///< A name of its row number; empty: none.
    std::string error;                 ///< Why it cannot be read; empty: it can.
};

/// The tables that hold data, by name (bytewise). Left out are SQLite's own (sqlite_…), views, and
/// virtual tables: what these hold stands in plain tables of theirs, which are taken like any other.
/// What could not be read of the schema is added to file.damage.
std::vector<StateTable> tables_of(StateFile& file);

/// A name as SQL wants it.
std::string sql_name(std::string_view name);

/// `"a","b"`
std::string sql_names(const std::vector<std::string>& names);

}  // namespace ingot
