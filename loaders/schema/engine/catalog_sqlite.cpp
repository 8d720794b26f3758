// SPDX-License-Identifier: MIT
#include "loaders/schema/engine/catalog_readers.hpp"
#include "loaders/schema/engine/sqlite_sql.hpp"

#include "pipeline/model/text.hpp"

namespace ingot::schema {
namespace {

/// 3.40.1 → 3040001.
int version_number(const std::string& text) {
    int number = 0;
    std::size_t at = 0;
    for (int part = 0; part < 3; ++part) {
        const std::size_t dot = std::min(text.find('.', at), text.size());
        number = number * 1000 + (at < dot ? std::stoi(text.substr(at, dot - at)) : 0);
        at = std::min(dot + 1, text.size());
    }
    return number;
}

/// Tables behind virtual ones (shadow) are theirs alone.
void read_relations(Target& target, Catalog& catalog) {
    for (const auto& row :
         target.query("SELECT l.name, l.type, coalesce(m.sql, '') FROM pragma_table_list l "
                      "JOIN sqlite_schema m ON m.name = l.name AND m.type IN ('table', 'view') "
                      "WHERE l.schema = 'main' AND l.type IN ('table', 'view', 'virtual') "
                      "AND l.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'")) {
        Cells cells(row);
        Relation relation;
        relation.name = cells.text();
        const std::string type = cells.text();
        relation.kind = type == "table"  ? RelationKind::table
                        : type == "view" ? RelationKind::view
                                         : RelationKind::foreign;
        relation.definition = cells.text();
        catalog.relations.emplace(relation.name, std::move(relation));
    }
}

std::string generation_of(std::int64_t hidden) {
    if (hidden == 2) return "GENERATED ALWAYS AS VIRTUAL";
    return hidden == 3 ? "GENERATED ALWAYS AS STORED" : "";
}

/// A view that no longer fits its tables has no columns.
Rows column_rows(Target& target, const Relation& relation) {
    try {
        return target.query("SELECT name, type, \"notnull\", dflt_value, hidden FROM "
                            "pragma_table_xinfo(" +
                            literal(relation.name) + ") WHERE hidden <> 1 ORDER BY cid");
    } catch (const StatementFailed&) {
        if (relation.kind != RelationKind::view) throw;
        return {};
    }
}

void read_columns(Target& target, Relation& relation) {
    std::map<std::string, std::string> collations;
    if (relation.is_table()) collations = collations_of(ParsedSql(relation.definition));
    for (const auto& row : column_rows(target, relation)) {
        Cells cells(row);
        Column column;
        column.name = cells.text();
        column.type = cells.text();
        column.not_null = cells.flag();
        column.fallback = cells.maybe();
        column.generation = generation_of(cells.number());
        column.generated = !column.generation.empty();
        // The catalog's own words keep their case; the reader folds unquoted ones.
        for (const auto& [name, collation] : collations)
            if (equal_ignoring_case(name, column.name)) column.collation = collation;
        relation.columns.push_back(std::move(column));
    }
}

/// Relations and columns that the text of a view names.
void read_uses(const Catalog& catalog, Relation& view) {
    const ParsedSql parsed(view.definition);
    const auto* create = std::get_if<sql::CreateView>(&parsed.meaning());
    if (create == nullptr) return;
    std::set<std::string> words;
    for (const sql::Token& token : create->query)
        if (token.is_name()) words.insert(lower(folded(token)));
    for (const auto& [name, relation] : catalog.relations) {
        if (name == view.name || !words.contains(lower(name))) continue;
        view.uses.insert(name);
        for (const Column& column : relation.columns)
            if (words.contains(lower(column.name)))
                view.uses_columns.insert(name + "." + column.name);
    }
    view.definition = written(create->query);
}

void read_triggers(Target& target, Catalog& catalog) {
    for (const auto& row : target.query("SELECT name, tbl_name, sql FROM sqlite_schema "
                                        "WHERE type = 'trigger' ORDER BY tbl_name, name")) {
        Cells cells(row);
        Trigger trigger;
        trigger.name = cells.text();
        trigger.table = cells.text();
        trigger.definition = cells.text();
        catalog.triggers.push_back(std::move(trigger));
    }
}

}  // namespace

Catalog read_sqlite_catalog(Target& target) {
    Catalog catalog;
    catalog.dialect = Dialect::sqlite;
    catalog.schema = target.schema();
    catalog.server_version = version_number(target.ask("SELECT sqlite_version()"));
    read_relations(target, catalog);
    for (auto& [name, relation] : catalog.relations) {
        read_columns(target, relation);
        if (relation.kind != RelationKind::view)
            relation.rows = target.number("SELECT count(*) FROM " + identifier(name));
    }
    read_sqlite_keys(target, catalog);
    for (auto& [name, relation] : catalog.relations)
        if (relation.kind == RelationKind::view) read_uses(catalog, relation);
    read_triggers(target, catalog);
    return catalog;
}

}  // namespace ingot::schema
