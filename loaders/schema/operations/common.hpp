// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/schema/engine/operation.hpp"

/// What most operations need to say and to ask.
namespace ingot::schema {

Assessment done(std::string why);
Assessment covered(std::string why);
Assessment conflict(std::string why);
Assessment impossible(std::string why);
Assessment to_do(std::string why, std::vector<Action> actions);

/// Why a table cannot be changed: it is missing, no table, or somebody else's.
std::optional<Assessment> unusable_table(const Context& context, const std::string& table);
/// The same of its columns.
std::optional<Assessment> missing_column(const Context& context, const std::string& table,
                                         const std::vector<std::string>& columns);
/// "a table has the name idx_a": a conflict when something has the name already.
std::optional<Assessment> taken_name(const Context& context, const std::string& name);

/// "a, b"
std::string joined(const std::vector<std::string>& texts, std::string_view between = ", ");
/// "\"a\", \"b\""
std::string identifiers(const std::vector<std::string>& names);

/// "table tasks"
Lock lock(std::string level, const std::string& kind, const std::string& name);

/// Whether an earlier step of the plan makes the table.
bool is_new(const Context& context, const std::string& table);

/// A FROM item with the rows of the table as it is in the database, with columns that earlier steps add
/// as NULL. Its alias is the table's name.
std::string rows_of(const Context& context, const std::string& table);

/// Whether the database is as the catalog says: then the server can plan whole statements.
bool nothing_is_planned(const Catalog& catalog);

/// Statements that give an object its owner, rights and comment again; `kind`: VIEW, MATERIALIZED VIEW
/// or INDEX. Empty in SQLite.
std::vector<std::string> rights_and_comment(const Context& context, const std::string& kind,
                                            const std::string& name);

/// What the server says when it plans the query; only reads. `error` is empty when it can.
struct Explained {
    std::string plan;
    std::string error;
};
Explained explain(const Context& context, const std::string& query);

/// Why the condition cannot be asked of the table's rows; empty: it can. Finds columns and enum labels
/// that do not exist.
std::string condition_error(const Context& context, const std::string& table,
                            const std::string& condition);
/// Whether two expressions over the table's columns are one, as the planner writes them.
bool same_expression(const Context& context, const std::string& table, const std::string& a,
                     const std::string& b);
bool same_condition(const Context& context, const std::string& table, const std::string& a,
                    const std::string& b);
/// Whether two values of one type are written by the same expression.
bool same_value(const Context& context, const std::string& a, const std::string& b,
                const std::string& type);
/// "varchar(20)" → "character varying(20)"; the text itself where the server does not know it.
std::string canonical_type(const Context& context, const std::string& type);

/// The text as one line of tokens, names folded: equal for SQL that differs in blanks and case only.
std::string normalized(const std::string& sql, Dialect dialect);

}  // namespace ingot::schema
