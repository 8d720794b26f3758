// SPDX-License-Identifier: MIT
#include "loaders/embedded.hpp"
#include "loaders/schema/engine/catalog_readers.hpp"

#include <algorithm>
#include <span>
#include <stdexcept>

namespace ingot::schema {
namespace {

RelationKind kind_of(const std::string& relkind) {
    switch (relkind.at(0)) {
        case 'p': return RelationKind::partitioned;
        case 'v': return RelationKind::view;
        case 'm': return RelationKind::materialized_view;
        case 'S': return RelationKind::sequence;
        case 'f': return RelationKind::foreign;
        default: return RelationKind::table;
    }
}

void read_session(Target& target, Catalog& catalog) {
    const Rows rows = catalog_rows(target, "session");
    Cells cells(rows.at(0));
    catalog.user = cells.text();
    catalog.server_version = static_cast<int>(cells.number());
    catalog.may_create = cells.flag();
}

/// A query locks every table that it names, and the server has room for so many locks.
constexpr std::size_t kCountedAtOnce = 20;

void count_some(Target& target, Catalog& catalog, std::span<const std::string> names) {
    std::string sql;
    for (const std::string& name : names)
        sql += (sql.empty() ? "SELECT " : " UNION ALL SELECT ") + literal(name) +
               ", count(*) FROM " + qualified(target, name);
    for (const auto& row : target.query(sql)) {
        Cells cells(row);
        const std::string name = cells.text();
        catalog.relations.at(name).rows = cells.number();
    }
}

/// Counts what the server has never estimated.
void count_rows(Target& target, Catalog& catalog, std::span<const std::string> names) {
    for (std::size_t at = 0; at < names.size(); at += kCountedAtOnce)
        count_some(target, catalog, names.subspan(at, std::min(kCountedAtOnce, names.size() - at)));
}

void read_relations(Target& target, Catalog& catalog) {
    std::vector<std::string> to_count;
    for (const auto& row : catalog_rows(target, "relations")) {
        Cells cells(row);
        Relation relation;
        relation.name = cells.text();
        relation.kind = kind_of(cells.text());
        relation.definition = cells.text();
        relation.populated = cells.flag();
        relation.rows = cells.number();
        relation.bytes = cells.number();
        relation.owner = cells.text();
        relation.may_change = cells.flag();
        relation.owned_by = cells.text();
        const bool never_estimated = relation.rows < 0;
        if (never_estimated && cells.flag()) to_count.push_back(relation.name);
        if (never_estimated || relation.kind == RelationKind::sequence) relation.rows = 0;
        catalog.relations.emplace(relation.name, std::move(relation));
    }
    count_rows(target, catalog, to_count);
}

void read_columns(Target& target, Catalog& catalog) {
    for (const auto& row : catalog_rows(target, "columns")) {
        Cells cells(row);
        const auto relation = catalog.relations.find(cells.text());
        if (relation == catalog.relations.end()) continue;  // of an extension, or new by now
        Column column;
        column.name = cells.text();
        column.type = cells.text();
        column.not_null = cells.flag();
        column.fallback = cells.maybe();
        column.generation = cells.text();
        column.collation = cells.text();
        column.generated = !column.generation.empty();
        relation->second.columns.push_back(std::move(column));
    }
}

void read_uses(Target& target, Catalog& catalog) {
    for (const auto& row : catalog_rows(target, "uses")) {
        Cells cells(row);
        const auto view = catalog.relations.find(cells.text());
        if (view == catalog.relations.end()) continue;
        const std::string used = cells.text();
        view->second.uses.insert(used);
        if (const auto column = cells.maybe())
            view->second.uses_columns.insert(used + "." + *column);
    }
}

void read_types(Target& target, Catalog& catalog) {
    for (const auto& row : catalog_rows(target, "types")) {
        Cells cells(row);
        const std::string name = cells.text();
        if (cells.flag())
            catalog.enums[name] = cells.list();
        else
            catalog.other_types[name] = cells.text();
    }
}

void read_routines(Target& target, Catalog& catalog) {
    for (const auto& row : catalog_rows(target, "routines")) {
        Cells cells(row);
        Routine routine;
        routine.name = cells.text();
        routine.signature = cells.text();
        routine.language = cells.text();
        routine.body = cells.text();
        routine.definition = cells.text();
        catalog.routines.push_back(std::move(routine));
    }
    for (const auto& row : catalog_rows(target, "triggers")) {
        Cells cells(row);
        Trigger trigger;
        trigger.name = cells.text();
        trigger.table = cells.text();
        trigger.definition = cells.text();
        catalog.triggers.push_back(std::move(trigger));
    }
}

}  // namespace

Rows catalog_rows(Target& target, std::string_view name) {
    static constexpr std::string_view kSchema = "${schema}";
    for (const embedded::EmbeddedText& text : embedded::catalog_queries()) {
        if (text.name != name) continue;
        std::string sql(text.text);
        for (std::size_t at = 0; (at = sql.find(kSchema, at)) != std::string::npos;)
            sql.replace(at, kSchema.size(), literal(target.schema()));
        return target.query(sql);
    }
    throw std::logic_error("there is no query " + std::string(name));
}

Catalog read_postgres_catalog(Target& target) {
    Catalog catalog;
    catalog.dialect = Dialect::postgres;
    catalog.schema = target.schema();
    read_session(target, catalog);
    read_relations(target, catalog);
    read_columns(target, catalog);
    read_uses(target, catalog);
    read_postgres_keys(target, catalog);
    read_types(target, catalog);
    read_routines(target, catalog);
    for (const auto& row : catalog_rows(target, "extensions"))
        catalog.extensions.insert(Cells(row).text());
    return catalog;
}

}  // namespace ingot::schema
