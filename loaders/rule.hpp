// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/ddl.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ingot {

/// What a rule is made out for.
enum class Spread {
    one_table,   ///< The table that its name begins with: "tool_uses.without_result".
    tables,      ///< Every table of a kind.
    any_column,  ///< Every table with such columns: one result, broken when any of them is.
    each_column  ///< Every such column, with a result of its own.
};

/// One integrity rule: a file of loaders/checks, named like it. docs/checks.md tells how to write one.
struct Rule {
    std::string name;
    bool is_error = true;  ///< Otherwise a warning.
    std::string means;
    std::string remedy;
    std::optional<Dialect> only_on = {};  ///< Both databases when there is none.
    int examples = 5;                     ///< How many offending rows a report names.

    Spread spread = Spread::one_table;
    std::string what = {};                ///< "fact table", "json column", "column named".
    std::vector<std::string> named = {};  ///< Columns, by name or as "*_ending".
    std::vector<std::string> but = {};    ///< Columns that are left out.

    // The query, taken apart at its FROM and WHERE; placeholders are in place.
    std::string values;     ///< Between SELECT and FROM.
    std::string from;       ///< What follows FROM; empty when that is {rows}.
    std::string condition;  ///< Of {rows}: what follows WHERE.
};

/// All rules, errors first, then by name.
std::span<const Rule> rules();

/// Reads a rule's file. Throws std::invalid_argument that names the file and what is wrong with it.
Rule parse_rule(std::string_view name, std::string_view text);

}  // namespace ingot
