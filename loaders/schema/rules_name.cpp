// SPDX-License-Identifier: MIT
#include "loaders/schema/lint_rule.hpp"

namespace ingot::lint {
namespace {

using namespace sql;

std::string kind_of(RelationKind kind) {
    switch (kind) {
        case RelationKind::table: return "a table";
        case RelationKind::index: return "an index";
        case RelationKind::view: return "a view";
        case RelationKind::materialized_view: return "a materialized view";
        case RelationKind::sequence: return "a sequence";
        default: return "a type";
    }
}

/// A name that a statement gives.
struct Definition {
    std::string key;
    Token token;
    bool quiet = false;  ///< IF NOT EXISTS: the second one is skipped.
};

std::optional<Definition> defined_by(const Look& look) {
    if (const auto* table = look.as<CreateTable>(); table != nullptr && !table->temporary)
        return Definition{table->name.key(), table->name.token, table->if_not_exists};
    if (const auto* index = look.as<CreateIndex>(); index != nullptr && index->name)
        return Definition{index_key(*index), index->name->token, index->if_not_exists};
    if (const auto* view = look.as<CreateView>(); view != nullptr && !view->or_replace)
        return Definition{view->name.key(), view->name.token, view->if_not_exists};
    if (const auto* other = look.as<CreateOther>();
        other != nullptr &&
        (other->kind == "TYPE" || other->kind == "DOMAIN" || other->kind == "SEQUENCE"))
        return Definition{other->name.key(), other->name.token, other->if_not_exists};
    return {};
}

std::string line_of(const Look& look, const Where& where) {
    return (where.file == look.file ? "line " : "another file, line ") +
           std::to_string(where.position.line);
}

void duplicate_column(const Look& look) {
    const auto* alter = look.alter_table();
    if (alter == nullptr) return;
    for (const TableChange& change : alter->changes)
        if (change.change == Change::add_column &&
            look.before.column(alter->name.key(), change.name) != nullptr)
            look.report(change.column.token,
                        alter->name.key() + "." + change.name + " is there already" +
                            (change.if_exists ? ": this definition is skipped" : ""));
}

void duplicate_name(const Look& look) {
    if (look.statement.in_conditional || look.statement.in_body) return;
    duplicate_column(look);
    const auto definition = defined_by(look);
    if (!definition) return;
    const Relation* first = look.before.relation(definition->key);
    if (first == nullptr) return;
    look.report(definition->token, definition->key + " is " + kind_of(first->kind) + " already (" +
                                       line_of(look, first->where) + ")" +
                                       (definition->quiet ? ": this one is never made" : ""));
}

void redundant_index(const Look& look) {
    const auto* index = look.as<CreateIndex>();
    if (index == nullptr || look.statement.in_conditional || look.statement.in_body) return;
    if (index->if_not_exists && look.before.relation(index_key(*index)) != nullptr) return;
    const std::string covering = look.before.covering(*index);
    if (!covering.empty() && covering != index_key(*index))
        look.report(look.first(), covering + " serves whatever this index could");
}

void if_not_exists(const Look& look) {
    const auto* table = look.as<CreateTable>();
    const auto* index = look.as<CreateIndex>();
    const auto* view = look.as<CreateView>();
    const auto* other = look.as<CreateOther>();
    const bool quiet = (table != nullptr && table->if_not_exists && !table->temporary) ||
                       (index != nullptr && index->if_not_exists && !index->concurrently) ||
                       (view != nullptr && view->if_not_exists) ||
                       (other != nullptr && other->if_not_exists && other->kind == "SEQUENCE");
    if (quiet) look.report(look.first(), "IF NOT EXISTS keeps whatever else has this name");
}

void if_not_exists_invalid(const Look& look) {
    const auto* index = look.as<CreateIndex>();
    if (index != nullptr && index->if_not_exists && index->concurrently)
        look.report(look.first(), "IF NOT EXISTS keeps an INVALID index of this name, or another "
                                  "definition");
}

void if_not_exists_clauses(const Look& look) {
    const auto* alter = look.alter_table();
    if (alter == nullptr) return;
    for (const TableChange& change : alter->changes) {
        const ColumnDefinition& column = change.column;
        const bool more = column.has_default || column.not_null || column.generated ||
                          !column.constraints.empty();
        if (change.change == Change::add_column && change.if_exists && more)
            look.report(column.token, "when " + column.name +
                                          " exists, its default and "
                                          "constraints are dropped silently");
    }
}

constexpr Rule kRules[] = {
    {"duplicate-name", Severity::error, For::both,
     "Tables, indexes, views, sequences and types of a schema share one set of names (a table is a "
     "type too): the second definition fails, or with IF NOT EXISTS is skipped with a notice.",
     "A name of its own; or drop the first one before.",
     "CREATE INDEX i ON a (b);\nCREATE INDEX IF NOT EXISTS i ON a (c);\n",
     "CREATE INDEX i ON a (b);\nDROP INDEX i;\nCREATE INDEX i ON a (c);\n", duplicate_name},
    {"redundant-index", Severity::warning, For::both,
     "An index on the first columns of another one, or of a key, costs writes and space and serves "
     "no query.",
     "Leave it out.", "CREATE TABLE a (b integer PRIMARY KEY);\nCREATE INDEX a_b ON a (b);\n",
     "CREATE TABLE a (b integer PRIMARY KEY, c integer);\nCREATE INDEX a_c ON a (c);\n",
     redundant_index},
    {"if-not-exists", Severity::warning, For::both,
     "A rerun is silent also when the object that exists has another definition: the schema "
     "differs "
     "from this file and nobody is told.",
     "Let it fail; or compare the definition in the catalog first, and skip only when it is equal.",
     "CREATE TABLE IF NOT EXISTS a (b integer);\n", "CREATE TABLE a (b integer);\n", if_not_exists},
    {"if-not-exists-invalid", Severity::warning, For::postgres,
     "A build that failed or was cancelled leaves an INVALID index; IF NOT EXISTS then skips it "
     "for "
     "ever, and pg_indexes counts it as present.",
     "Look at pg_index.indisvalid first: DROP INDEX CONCURRENTLY what is invalid, then create "
     "without IF NOT EXISTS.",
     "CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON a (b);\n",
     "CREATE INDEX CONCURRENTLY i ON a (b);\n", if_not_exists_invalid},
    {"if-not-exists-clauses", Severity::warning, For::postgres,
     "ADD COLUMN IF NOT EXISTS skips all of its clauses with the column: default, NOT NULL, CHECK "
     "and REFERENCES are missing and nobody is told.",
     "The column alone; then default and constraints as steps of their own that are checked.",
     "ALTER TABLE a ADD COLUMN IF NOT EXISTS b integer CHECK (b > 0);\n",
     "ALTER TABLE a ADD COLUMN IF NOT EXISTS b integer;\n", if_not_exists_clauses},
};

}  // namespace

std::span<const Rule> name_rules() { return kRules; }

}  // namespace ingot::lint
