// SPDX-License-Identifier: MIT
#include "loaders/schema/engine/catalog_readers.hpp"

#include <algorithm>
#include <tuple>

namespace ingot::schema {
namespace {

ConstraintKind constraint_kind(const std::string& contype) {
    switch (contype.at(0)) {
        case 'p': return ConstraintKind::primary;
        case 'u': return ConstraintKind::unique;
        case 'f': return ConstraintKind::foreign;
        case 'x': return ConstraintKind::exclusion;
        default: return ConstraintKind::check;
    }
}

std::string rule_of(const std::string& code) {
    switch (code.empty() ? ' ' : code[0]) {
        case 'a': return "NO ACTION";
        case 'r': return "RESTRICT";
        case 'c': return "CASCADE";
        case 'n': return "SET NULL";
        case 'd': return "SET DEFAULT";
        default: return {};
    }
}

void read_indexes(Target& target, Catalog& catalog) {
    for (const auto& row : catalog_rows(target, "indexes")) {
        Cells cells(row);
        Index index;
        index.name = cells.text();
        index.table = cells.text();
        index.method = cells.text();
        index.predicate = cells.maybe();
        index.unique = cells.flag();
        index.primary = cells.flag();
        index.valid = cells.flag();
        index.nulls_not_distinct = cells.flag();
        index.constraint = cells.text();
        index.definition = cells.text();
        index.bytes = cells.number();
        index.scans = cells.number();
        catalog.indexes.emplace(index.name, std::move(index));
    }
}

void read_index_keys(Target& target, Catalog& catalog) {
    for (const auto& row : catalog_rows(target, "keys")) {
        Cells cells(row);
        const auto index = catalog.indexes.find(cells.text());
        if (index == catalog.indexes.end()) continue;
        Key key;
        key.text = cells.text();
        key.is_column = cells.flag();
        if (cells.flag()) {
            index->second.included.push_back(key.text);
            continue;
        }
        key.descending = cells.flag();
        key.nulls_first = cells.flag();
        key.operator_class = cells.text();
        key.collation = cells.text();
        index->second.keys.push_back(std::move(key));
    }
}

void read_constraints(Target& target, Catalog& catalog) {
    for (const auto& row : catalog_rows(target, "constraints")) {
        Cells cells(row);
        Constraint constraint;
        constraint.name = cells.text();
        constraint.table = cells.text();
        constraint.kind = constraint_kind(cells.text());
        constraint.columns = cells.list();
        constraint.definition = cells.text();
        constraint.valid = cells.flag();
        constraint.target = cells.text();
        constraint.target_columns = cells.list();
        constraint.index = cells.text();
        const bool refers = constraint.kind == ConstraintKind::foreign;
        const std::string on_delete = cells.text();
        const std::string on_update = cells.text();
        if (refers) constraint.on_delete = rule_of(on_delete);
        if (refers) constraint.on_update = rule_of(on_update);
        catalog.constraints.push_back(std::move(constraint));
    }
    std::sort(catalog.constraints.begin(), catalog.constraints.end(),
              [](const Constraint& a, const Constraint& b) {
                  return std::tie(a.table, a.name) < std::tie(b.table, b.name);
              });
}

}  // namespace

void read_postgres_keys(Target& target, Catalog& catalog) {
    read_indexes(target, catalog);
    read_index_keys(target, catalog);
    read_constraints(target, catalog);
}

}  // namespace ingot::schema
