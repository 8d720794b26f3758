// SPDX-License-Identifier: MIT
#include "loaders/schema/lint_rule.hpp"

#include "pipeline/model/text.hpp"

#include <algorithm>

namespace ingot::lint {
namespace {

using namespace sql;

/// Functions that give the same value for all rows of a statement, so that a default of them needs no
/// rewrite. What is not here may be volatile.
bool is_stable(std::string_view function) {
    static const std::unordered_set<std::string_view> known{"now",
                                                            "transaction_timestamp",
                                                            "statement_timestamp",
                                                            "current_setting",
                                                            "to_timestamp",
                                                            "date_trunc",
                                                            "make_date",
                                                            "make_timestamptz",
                                                            "make_interval",
                                                            "lower",
                                                            "upper",
                                                            "coalesce",
                                                            "concat",
                                                            "round",
                                                            "floor",
                                                            "ceil",
                                                            "abs",
                                                            "jsonb_build_object",
                                                            "jsonb_build_array",
                                                            "json_build_object",
                                                            "json_build_array",
                                                            "to_jsonb",
                                                            "array",
                                                            "varchar",
                                                            "char",
                                                            "numeric",
                                                            "decimal",
                                                            "timestamp",
                                                            "timestamptz",
                                                            "bit",
                                                            "row",
                                                            "timezone",
                                                            "md5",
                                                            "nullif",
                                                            "greatest",
                                                            "least",
                                                            "current_timestamp",
                                                            "localtimestamp",
                                                            "current_time",
                                                            "localtime",
                                                            "interval",
                                                            "date",
                                                            "cast",
                                                            "length",
                                                            "decode",
                                                            "encode",
                                                            "replace",
                                                            "repeat",
                                                            "current_database",
                                                            "current_schema",
                                                            "inet_client_addr",
                                                            "and",
                                                            "or",
                                                            "in",
                                                            "not",
                                                            "character",
                                                            "time"};
    return known.contains(function);
}

/// The first function call in a default that may give another value per row; empty: none.
std::string volatile_call(Tokens expression) {
    for (std::size_t i = 0; i + 1 < expression.size(); ++i) {
        const std::string name = folded(expression[i]);
        if (expression[i].is_name() && expression[i + 1].is_symbol("(") && !is_stable(name))
            return name + "()";
    }
    return {};
}

void volatile_default(const Look& look) {
    const auto* alter = look.alter_table();
    if (alter == nullptr || !look.is_in_use(alter->name)) return;
    for (const TableChange& change : alter->changes) {
        if (change.change != Change::add_column) continue;
        const ColumnDefinition& column = change.column;
        std::string what = volatile_call(column.fallback);
        if (column.type.ends_with("serial") || column.type.starts_with("serial"))
            what = column.type;
        if (column.generated) what = "GENERATED";
        if (!what.empty())
            look.report(column.token, "the default of " + column.name + " (" + what +
                                          ") is another one per row: all of " + alter->name.key() +
                                          " is rewritten");
    }
}

void not_null_without_default(const Look& look) {
    const auto* alter = look.alter_table();
    if (alter == nullptr || !look.is_in_use(alter->name)) return;
    for (const TableChange& change : alter->changes) {
        const ColumnDefinition& column = change.column;
        const bool filled =
            column.has_default || column.generated || column.type.ends_with("serial");
        if (change.change == Change::add_column && column.not_null && !filled)
            look.report(column.token, "rows that are there have no value for " + column.name);
    }
}

void column_type(const Look& look) {
    const auto* alter = look.alter_table();
    if (alter == nullptr || !look.is_in_use(alter->name)) return;
    for (const TableChange& change : alter->changes) {
        if (change.change != Change::set_type) continue;
        const std::string type = joined(change.expression);
        const bool widens = type == "text" || type == "varchar" || type == "character varying";
        if (!widens)
            look.report(change.tokens[0], "the type of " + change.name + " becomes " +
                                              type.substr(0, 60) + ": all of " + alter->name.key() +
                                              " is rewritten");
    }
}

bool lacks_zone(Tokens type) {
    if (type.empty() || !type[0].is_word("timestamp")) return false;
    return !contains_word(type, "WITH");
}

void check_zone(const Look& look, const ColumnDefinition& column) {
    if (lacks_zone(column.type_tokens))
        look.report(column.token, column.name + " is a timestamp without time zone");
}

void timestamp_without_zone(const Look& look) {
    if (const auto* table = look.as<CreateTable>())
        for (const ColumnDefinition& column : table->columns) check_zone(look, column);
    if (const auto* alter = look.alter_table())
        for (const TableChange& change : alter->changes) {
            if (change.change == Change::add_column) check_zone(look, change.column);
            if (change.change == Change::set_type && lacks_zone(change.expression))
                look.report(change.tokens[0], change.name + " becomes a timestamp without zone");
        }
    const Tokens tokens = look.statement.tokens;
    for (std::size_t i = 0; i + 1 < tokens.size(); ++i)
        if (tokens[i].is_symbol("::") &&
            lacks_zone(tokens.subspan(i + 1, std::min<std::size_t>(3, tokens.size() - i - 1))))
            look.report(tokens[i + 1], "a cast to timestamp drops the zone without a word");
}

void add_value_in_transaction(const Look& look) {
    const auto* alter = look.as<AlterTable>();
    if (alter != nullptr && alter->kind == "TYPE" && look.in_transaction() &&
        !alter->changes.empty() && Cursor(alter->changes[0].tokens).sees("ADD VALUE"))
        look.report(look.first(),
                    "the new label of " + alter->name.key() + " cannot be used before COMMIT");
}

void folded_name(const Look& look) {
    const auto check = [&look](const Token& token) {
        const bool mixed = std::any_of(token.text.begin(), token.text.end(),
                                       [](char c) { return c >= 'A' && c <= 'Z'; }) &&
                           std::any_of(token.text.begin(), token.text.end(),
                                       [](char c) { return c >= 'a' && c <= 'z'; });
        if (token.kind == TokenKind::word && mixed)
            look.report(token, std::string(token.text) + " becomes " + lower(token.text));
    };
    if (const auto* table = look.as<CreateTable>()) {
        check(table->name.token);
        for (const ColumnDefinition& column : table->columns) check(column.token);
    }
    if (const auto* index = look.as<CreateIndex>(); index != nullptr && index->name)
        check(index->name->token);
    if (const auto* view = look.as<CreateView>()) check(view->name.token);
    if (const auto* alter = look.as<AlterTable>())
        for (const TableChange& change : alter->changes) {
            if (change.change == Change::add_column) check(change.column.token);
            if (change.change == Change::rename || change.change == Change::rename_column ||
                change.change == Change::rename_constraint)
                check(change.tokens.back());
        }
}

void rename(const Look& look) {
    const auto* alter = look.as<AlterTable>();
    if (alter == nullptr || (alter->kind != "TABLE" && alter->kind != "VIEW") ||
        !look.is_in_use(alter->name))
        return;
    for (const TableChange& change : alter->changes) {
        const bool table = change.change == Change::rename;
        if (!table && change.change != Change::rename_column) continue;
        const Relation* view = look.whole.relation(alter->name.key());
        const bool bridged = view != nullptr && view->kind == RelationKind::view;
        if (table && !bridged)
            look.report(look.first(), "whoever still asks for " + alter->name.key() + " fails");
        if (!table)
            look.report(look.first(), "whoever still asks for " + alter->name.key() + "." +
                                          change.name + " fails");
    }
}

constexpr Rule kRules[] = {
    {"volatile-default", Severity::warning, For::postgres,
     "A constant default costs nothing; one that is computed per row rewrites the table and all "
     "its "
     "indexes under ACCESS EXCLUSIVE.",
     "ADD COLUMN without default; ALTER COLUMN … SET DEFAULT; fill the old rows in batches.",
     "ALTER TABLE a ADD COLUMN b uuid DEFAULT gen_random_uuid();\n",
     "ALTER TABLE a ADD COLUMN b timestamptz DEFAULT now();\n", volatile_default},
    {"not-null-without-default", Severity::error, For::both,
     "ADD COLUMN … NOT NULL without a default fails as soon as the table has a row.",
     "Add it without NOT NULL, fill it, then SET NOT NULL through a check; or give a constant "
     "default.",
     "ALTER TABLE a ADD COLUMN b integer NOT NULL;\n",
     "ALTER TABLE a ADD COLUMN b integer NOT NULL DEFAULT 0;\n", not_null_without_default},
    {"column-type", Severity::warning, For::postgres,
     "Most changes of a type rewrite the table and its indexes under ACCESS EXCLUSIVE, and fail on "
     "values that do not fit.",
     "A new column, filled in batches and kept equal by a trigger; then switch the names. (To "
     "text, "
     "or to a longer varchar, nothing is rewritten.)",
     "ALTER TABLE a ALTER COLUMN b TYPE bigint;\n", "ALTER TABLE a ALTER COLUMN b TYPE text;\n",
     column_type},
    {"timestamp-without-zone", Severity::warning, For::postgres,
     "'…Z' loses its zone on the way in, and comparisons with timestamptz depend on the session.",
     "timestamptz (timestamp with time zone).", "CREATE TABLE a (at timestamp);\n",
     "CREATE TABLE a (at timestamptz);\n", timestamp_without_zone},
    {"add-value-in-transaction", Severity::warning, For::postgres,
     "Before PostgreSQL 12 this fails; since then the label exists but any use of it before COMMIT "
     "fails (55P04).",
     "ALTER TYPE … ADD VALUE in a transaction of its own, before what uses the label.",
     "BEGIN;\nALTER TYPE t ADD VALUE 'c';\nCOMMIT;\n", "ALTER TYPE t ADD VALUE 'c';\n",
     add_value_in_transaction},
    {"folded-name", Severity::warning, For::postgres,
     "An unquoted name is stored in lower case: whoever looks for it as it is written here, "
     "quoted, "
     "does not find it.",
     "snake_case; or double quotes, here and wherever it is used.",
     "ALTER INDEX a RENAME TO Users_createdAt_idx;\n",
     "ALTER INDEX a RENAME TO users_created_at_idx;\n", folded_name},
    {"rename", Severity::warning, For::postgres,
     "Code that runs with the old name fails from COMMIT on; functions that hold it as text break "
     "too.",
     "For a table: CREATE VIEW of the old name in the same transaction. For a column: a new column "
     "beside it, or a view with both names, until all code has moved.",
     "ALTER TABLE a RENAME TO b;\n",
     "BEGIN;\nALTER TABLE a RENAME TO b;\nCREATE VIEW a AS SELECT * FROM b;\nCOMMIT;\n", rename},
};

}  // namespace

std::span<const Rule> table_rules() { return kRules; }

}  // namespace ingot::lint
