// SPDX-License-Identifier: MIT
#include "loaders/schema/engine/catalog_readers.hpp"

#include <algorithm>

namespace ingot::schema {
namespace {

template <typename Map> auto* found(Map& map, std::string_view name) {
    const auto at = map.find(std::string(name));
    return at == map.end() ? nullptr : &at->second;
}

template <typename Columns> auto* column_of(Columns& columns, std::string_view name) {
    const auto at = std::find_if(columns.begin(), columns.end(),
                                 [&](const Column& column) { return column.name == name; });
    return at == columns.end() ? nullptr : &*at;
}

std::string with_article(RelationKind kind) {
    switch (kind) {
        case RelationKind::table:
        case RelationKind::partitioned: return "a table";
        case RelationKind::view: return "a view";
        case RelationKind::materialized_view: return "a materialized view";
        case RelationKind::sequence: return "a sequence";
        case RelationKind::foreign: return "a foreign table";
    }
    return "a relation";
}

}  // namespace

const Column* Relation::column(std::string_view column_name) const {
    return column_of(columns, column_name);
}

Column* Relation::column(std::string_view column_name) { return column_of(columns, column_name); }

const Relation* Catalog::relation(std::string_view name) const { return found(relations, name); }

const Relation* Catalog::table(std::string_view name) const {
    const Relation* relation = found(relations, name);
    return relation != nullptr && relation->is_table() ? relation : nullptr;
}

const Column* Catalog::column(std::string_view table, std::string_view name) const {
    const Relation* relation = found(relations, table);
    return relation == nullptr ? nullptr : relation->column(name);
}

const Index* Catalog::index(std::string_view name) const { return found(indexes, name); }

std::vector<const Index*> Catalog::indexes_of(std::string_view table) const {
    std::vector<const Index*> all;
    for (const auto& [name, index] : indexes)
        if (index.table == table) all.push_back(&index);
    return all;
}

std::vector<const Constraint*> Catalog::constraints_of(std::string_view table) const {
    std::vector<const Constraint*> all;
    for (const Constraint& constraint : constraints)
        if (constraint.table == table) all.push_back(&constraint);
    return all;
}

const Constraint* Catalog::constraint(std::string_view table, std::string_view name) const {
    for (const Constraint& constraint : constraints)
        if (constraint.table == table && constraint.name == name) return &constraint;
    return nullptr;
}

std::vector<const Constraint*> Catalog::referrers_of(std::string_view table) const {
    std::vector<const Constraint*> all;
    for (const Constraint& constraint : constraints)
        if (constraint.kind == ConstraintKind::foreign && constraint.target == table)
            all.push_back(&constraint);
    return all;
}

std::vector<std::string> Catalog::views_on(std::string_view relation,
                                           std::string_view column) const {
    std::vector<std::string> names;
    for (const auto& [name, view] : relations) {
        const bool reads =
            column.empty()
                ? view.uses.contains(std::string(relation))
                : view.uses_columns.contains(std::string(relation) + "." + std::string(column));
        if (reads) names.push_back(name);
    }
    return names;
}

std::string Catalog::holder_of(std::string_view name) const {
    if (const Relation* relation = found(relations, name)) return with_article(relation->kind);
    if (found(indexes, name) != nullptr) return "an index";
    if (found(enums, name) != nullptr) return "an enum type";
    return found(other_types, name) != nullptr ? "a type" : "";
}

Catalog read_catalog(Target& target) {
    return target.dialect() == Dialect::sqlite ? read_sqlite_catalog(target)
                                               : read_postgres_catalog(target);
}

bool Cells::flag() {
    const std::string cell = text();
    return cell == "t" || cell == "1";
}

std::int64_t Cells::number() {
    const std::string cell = text();
    return cell.empty() ? 0 : std::stoll(cell);
}

std::vector<std::string> Cells::list() {
    std::vector<std::string> parts;
    const std::optional<std::string> cell = maybe();
    if (!cell) return parts;
    for (std::size_t begin = 0; begin <= cell->size();) {
        const std::size_t end = std::min(cell->find('\x1f', begin), cell->size());
        parts.push_back(cell->substr(begin, end - begin));
        begin = end + 1;
    }
    return parts;
}

void Catalog::settle() {
    for (auto& [name, relation] : relations) {
        if (!relation.is_table()) continue;
        relation.planned = false;
        relation.stored_name.clear();
        for (Column& column : relation.columns) column.planned = false;
    }
}

}  // namespace ingot::schema
