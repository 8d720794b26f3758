// SPDX-License-Identifier: MIT
#include "loaders/schema/audit/finding.hpp"
#include "loaders/schema/audit/index_text.hpp"
#include "loaders/schema/audit/names.hpp"

#include <algorithm>

namespace ingot::schema::audit {
namespace {

/// SQLite's INTEGER PRIMARY KEY is a key without an index.
bool is_served(const Catalog& catalog, const Constraint& key) {
    for (const Index* index : catalog.indexes_of(key.table))
        if (serves(*index, key.columns)) return true;
    return std::ranges::any_of(catalog.constraints_of(key.table), [&](const Constraint* other) {
        return other->kind == ConstraintKind::primary && other->columns == key.columns;
    });
}

std::string what_happens(const Constraint& key) {
    if (key.on_delete == "CASCADE") return "deleted";
    return key.on_delete == "SET NULL" || key.on_delete == "SET DEFAULT" ? "changed" : "looked for";
}

Index missing_index(const Look& look, const Constraint& key) {
    Index index;
    index.table = key.table;
    for (const std::string& column : key.columns) index.keys.push_back({.text = column});
    index.name = free_name(look.catalog, "ix_" + snake_case(key.table) + "_" +
                                             snake_case(joined_names(key.columns)));
    return index;
}

}  // namespace

void find_unindexed_foreign_keys(const Look& look) {
    for (const Constraint& key : look.catalog.constraints) {
        if (key.kind != ConstraintKind::foreign || is_served(look.catalog, key)) continue;
        const bool own = allows_concurrently(look.catalog, key.table);
        const Index index = missing_index(look, key);
        std::string columns;
        for (const std::string& column : key.columns)
            columns += (columns.empty() ? "" : ", ") + identifier(column);
        look.report({.severity = Severity::warning,
                     .object = key.name.empty() ? "foreign key (" + joined_words(key.columns) + ")"
                                                : "foreign key " + key.name,
                     .table = key.table,
                     .what = "No index starts with (" + joined_words(key.columns) + ").",
                     .why = "Every DELETE in " + key.target + " reads the whole of " + key.table +
                            " for the rows that are " + what_happens(key) + " with it.",
                     .mend = std::string("CREATE INDEX ") + (own ? "CONCURRENTLY " : "") +
                             identifier(index.name) + " ON " + qualified(look.target, key.table) +
                             " (" + columns + ")",
                     .step = create_index_step(index, own)});
    }
}

}  // namespace ingot::schema::audit
