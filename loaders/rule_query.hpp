// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/rule.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace ingot {

/// What a rule's placeholders {workspace}, {scope} and {tomorrow} stand for.
struct RuleScope {
    std::string workspace;  ///< A number.
    std::string rows;       ///< Condition: the rows of a table that are looked at.
    std::string tomorrow;   ///< A quoted time, a day from now.
};

/// One query of a rule made out for a table, or for a column of it.
struct RuleQuery {
    std::string values;     ///< What it selects.
    std::string from;       ///< What follows FROM, conditions too.
    std::string condition;  ///< Of one row; empty when the rule asks otherwise than row by row.
};

/// A rule made out for a table.
struct TableRule {
    const Rule* rule = nullptr;
    std::string name;  ///< "events.agent_id_exists"
    std::vector<RuleQuery> queries;
};

/// The rules that hold for a table of a database. Throws std::invalid_argument for a placeholder that a
/// rule cannot have.
std::vector<TableRule> rules_of(const Table& table, Dialect dialect, const RuleScope& scope);

/// True when the query looks at the scope's rows only.
bool is_scoped(const Rule& rule);

/// True when the rule's condition is about a row's own columns, so that one pass serves many rules.
bool is_about_one_row(const Rule& rule);

/// The parts of a select list: "a, f(b, c) AS d" → "a", "f(b, c) AS d".
std::vector<std::string> split_values(std::string_view list);

}  // namespace ingot
