// SPDX-License-Identifier: MIT
#include "loaders/schema/lint_rule.hpp"

#include "loaders/schema/definition.hpp"

#include <algorithm>

namespace ingot::lint {
namespace {

using namespace sql;

void check_foreign_key(const Look& look, const Name& table, const Constraint& constraint) {
    if (constraint.kind != ConstraintKind::foreign || constraint.columns.empty()) return;
    const TableFacts* facts = look.whole.table(table.key());
    if (facts != nullptr && facts->prefixes.contains(sorted_list(constraint.columns))) return;
    look.report(constraint.token, "no index in these files begins with " + table.key() + " (" +
                                      comma_list(constraint.columns) + ")");
}

void foreign_key_without_index(const Look& look) {
    if (const auto* table = look.as<CreateTable>())
        for (const Constraint& constraint : table->constraints)
            check_foreign_key(look, table->name, constraint);
    const auto* alter = look.alter_table();
    if (alter == nullptr) return;
    for (const TableChange& change : alter->changes) {
        if (change.change == Change::add_constraint)
            check_foreign_key(look, alter->name, change.constraint);
        if (change.change == Change::add_column)
            for (const Constraint& constraint : change.column.constraints)
                check_foreign_key(look, alter->name, constraint);
    }
}

/// The first of these columns that may hold NULL; empty: none that is known.
std::string nullable(const Look& look, const std::string& table,
                     const std::vector<std::string>& columns) {
    for (const std::string& name : columns) {
        const ColumnFacts* column = look.whole.column(table, name);
        if (column != nullptr && !column->not_null) return name;
    }
    return {};
}

void report_nullable(const Look& look, const Token& at, const std::string& column, bool several) {
    look.report(at, column + " may be NULL, and rows with NULL are never equal",
                several ? Severity::warning : Severity::note);
}

void check_unique(const Look& look, const Name& table, const Constraint& constraint) {
    if (constraint.kind != ConstraintKind::unique || constraint.nulls_not_distinct) return;
    const std::string column = nullable(look, table.key(), constraint.columns);
    if (!column.empty())
        report_nullable(look, constraint.token, column, constraint.columns.size() > 1);
}

void nullable_unique(const Look& look) {
    if (const auto* table = look.as<CreateTable>())
        for (const Constraint& constraint : table->constraints)
            check_unique(look, table->name, constraint);
    if (const auto* alter = look.alter_table())
        for (const TableChange& change : alter->changes)
            if (change.change == Change::add_constraint)
                check_unique(look, alter->name, change.constraint);
    const auto* index = look.as<CreateIndex>();
    if (index == nullptr || !index->unique || index->nulls_not_distinct ||
        !index->condition.empty())
        return;
    const std::string column = nullable(look, index->table.key(), index->keys);
    if (!column.empty()) report_nullable(look, look.first(), column, index->keys.size() > 1);
}

/// CHECK (a <> b) of two columns.
void check_inequality(const Look& look, const std::string& table, const Constraint& constraint) {
    const Tokens body = constraint.body;
    const bool compares = constraint.kind == ConstraintKind::check && body.size() == 3 &&
                          body[0].is_name() && body[2].is_name() &&
                          (body[1].is_symbol("<>") || body[1].is_symbol("!="));
    if (!compares) return;
    const std::string column = nullable(look, table, {folded(body[0]), folded(body[2])});
    if (!column.empty())
        look.report(constraint.token, "the check is passed whenever " + column + " is NULL");
}

void check_passes_null(const Look& look) {
    if (const auto* table = look.as<CreateTable>())
        for (const Constraint& constraint : table->constraints)
            check_inequality(look, table->name.key(), constraint);
    if (const auto* alter = look.alter_table())
        for (const TableChange& change : alter->changes)
            if (change.change == Change::add_constraint)
                check_inequality(look, alter->name.key(), change.constraint);
}

void inline_index(const Look& look) {
    if (const auto* table = look.as<CreateTable>())
        for (const Tokens part : table->inline_indexes)
            look.report(part[0], excerpt(part) + " stands inside CREATE TABLE");
}

void partial_gin(const Look& look) {
    const auto* index = look.as<CreateIndex>();
    if (index == nullptr || index->method != "gin" || index->condition.empty()) return;
    for (const Token& token : index->condition)
        if (token.is_name() && !index->keys.empty() && folded(token) == index->keys[0]) {
            look.report(token, "@> alone does not imply this condition, so the index is not used");
            return;
        }
}

void refresh_needs_unique(const Look& look) {
    Cursor cursor(look.statement.tokens);
    if (!cursor.accept("REFRESH MATERIALIZED VIEW CONCURRENTLY")) return;
    const auto name = cursor.name();
    if (!name) return;
    const Relation* view = look.before.relation(name->key());
    const TableFacts* facts = look.before.table(name->key());
    if (view != nullptr && (facts == nullptr || !facts->has_plain_unique_index))
        look.report(look.first(), name->key() + " has no unique index on plain columns");
}

constexpr Rule kRules[] = {
    {"foreign-key-without-index", Severity::warning, For::both,
     "Deleting or changing a row of the other table reads this whole table, once per row; joins "
     "over the key do too.",
     "CREATE INDEX on the columns of the foreign key (CONCURRENTLY when the table is in use).",
     "CREATE TABLE a (b integer REFERENCES c);\n",
     "CREATE TABLE a (b integer REFERENCES c);\nCREATE INDEX a_b ON a (b);\n",
     foreign_key_without_index},
    {"nullable-unique", Severity::warning, For::both,
     "NULLs are distinct: any number of rows with a NULL gets past the UNIQUE.",
     "NOT NULL columns; NULLS NOT DISTINCT (PostgreSQL 15); or two partial unique indexes.",
     "CREATE TABLE a (b integer, c integer NOT NULL, UNIQUE (b, c));\n",
     "CREATE TABLE a (b integer NOT NULL, c integer NOT NULL, UNIQUE (b, c));\n", nullable_unique},
    {"check-passes-null", Severity::warning, For::both,
     "A CHECK refuses only what is false; with a NULL the comparison is unknown and passes.",
     "NOT NULL on both columns; or IS DISTINCT FROM.",
     "CREATE TABLE a (b integer, c integer, CHECK (b <> c));\n",
     "CREATE TABLE a (b integer NOT NULL, c integer NOT NULL, CHECK (b <> c));\n",
     check_passes_null},
    {"inline-index", Severity::error, For::both,
     "INDEX inside CREATE TABLE is MySQL's; PostgreSQL takes it for a column with an unknown type, "
     "SQLite for a syntax error.",
     "CREATE INDEX behind the table.", "CREATE TABLE a (b integer, INDEX i (b));\n",
     "CREATE TABLE a (b integer);\nCREATE INDEX i ON a (b);\n", inline_index},
    {"partial-gin", Severity::warning, For::postgres,
     "The planner uses a partial index only when the query's condition implies the index's.",
     "No WHERE on the index; or repeat its condition in every query.",
     "CREATE INDEX i ON a USING gin (b) WHERE b <> '[]';\n",
     "CREATE INDEX i ON a USING gin (b) WHERE c IS NULL;\n", partial_gin},
    {"refresh-needs-unique", Severity::error, For::postgres,
     "REFRESH … CONCURRENTLY needs a unique index without WHERE and without expressions.",
     "CREATE UNIQUE INDEX on the view's key columns first.",
     "CREATE MATERIALIZED VIEW v AS SELECT 1 AS a;\nREFRESH MATERIALIZED VIEW CONCURRENTLY v;\n",
     "CREATE MATERIALIZED VIEW v AS SELECT 1 AS a;\nCREATE UNIQUE INDEX i ON v (a);\nREFRESH "
     "MATERIALIZED VIEW CONCURRENTLY v;\n",
     refresh_needs_unique},
};

}  // namespace

std::span<const Rule> key_rules() { return kRules; }

}  // namespace ingot::lint
