// SPDX-License-Identifier: MIT
#include "loaders/schema/engine/catalog_readers.hpp"
#include "loaders/schema/engine/sqlite_sql.hpp"

#include "pipeline/model/text.hpp"

#include <algorithm>
#include <tuple>

namespace ingot::schema {
namespace {

std::string in_brackets(const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& name : names) text += (text.empty() ? "" : ", ") + identifier(name);
    return "(" + text + ")";
}

/// Names as SQLite compares them, so that those of a statement find those of the catalog.
bool same_names(const std::vector<std::string>& a, const std::vector<std::string>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](const auto& x, const auto& y) { return equal_ignoring_case(x, y); });
}

std::string column_collation(const Catalog& catalog, const Index& index, const Key& key) {
    const Column* column = key.is_column ? catalog.column(index.table, key.text) : nullptr;
    return column == nullptr || column->collation.empty() ? "binary" : column->collation;
}

/// `text` is the key in the CREATE statement; the catalog does not know expressions.
Key read_key(Cells cells, const std::string& text) {
    Key key;
    const std::optional<std::string> name = cells.maybe();
    key.is_column = name.has_value();
    key.text = name.value_or(text);
    key.descending = cells.flag();
    key.nulls_first = key.descending;  // an index of SQLite has no order of NULLs to choose
    key.collation = cells.text();
    return key;
}

void read_index_keys(Target& target, const Catalog& catalog, Index& index) {
    const ParsedSql parsed(index.definition);
    const auto* create = std::get_if<sql::CreateIndex>(&parsed.meaning());
    const std::vector<sql::Tokens> elements =
        create == nullptr ? std::vector<sql::Tokens>() : parsed.elements();
    if (create != nullptr && !create->condition.empty())
        index.predicate = written(create->condition);
    const Rows rows = target.query("SELECT name, \"desc\", coll FROM pragma_index_xinfo(" +
                                   literal(index.name) + ") WHERE key = 1 ORDER BY seqno");
    for (std::size_t i = 0; i < rows.size(); ++i) {
        Key key = read_key(Cells(rows[i]),
                           i < elements.size() ? written(without_order(elements[i])) : "");
        if (equal_ignoring_case(key.collation, column_collation(catalog, index, key)))
            key.collation.clear();
        index.keys.push_back(std::move(key));
    }
}

void read_indexes(Target& target, Catalog& catalog, const std::string& table) {
    for (const auto& row : target.query(
             "SELECT l.name, l.\"unique\", l.origin, coalesce(m.sql, '') FROM pragma_index_list(" +
             literal(table) + ") l LEFT JOIN sqlite_schema m ON m.name = l.name")) {
        Cells cells(row);
        Index index;
        index.name = cells.text();
        index.table = table;
        index.unique = cells.flag();
        const std::string origin = cells.text();
        index.primary = origin == "pk";
        if (origin != "c") index.constraint = index.name;
        index.definition = cells.text();
        read_index_keys(target, catalog, index);
        catalog.indexes.emplace(index.name, std::move(index));
    }
}

Constraint key_constraint(const Index& index) {
    Constraint constraint;
    constraint.table = index.table;
    constraint.kind = index.primary ? ConstraintKind::primary : ConstraintKind::unique;
    for (const Key& key : index.keys) constraint.columns.push_back(key.text);
    constraint.index = index.name;
    constraint.definition =
        (index.primary ? "PRIMARY KEY " : "UNIQUE ") + in_brackets(constraint.columns);
    return constraint;
}

/// An INTEGER PRIMARY KEY and the key of a table WITHOUT ROWID have no index of their own.
std::optional<Constraint> primary_key(Target& target, const std::string& table) {
    Constraint constraint;
    constraint.table = table;
    constraint.kind = ConstraintKind::primary;
    for (const auto& row : target.query("SELECT name FROM pragma_table_info(" + literal(table) +
                                        ") WHERE pk > 0 ORDER BY pk"))
        constraint.columns.push_back(row.at(0).value_or(""));
    if (constraint.columns.empty()) return {};
    constraint.definition = "PRIMARY KEY " + in_brackets(constraint.columns);
    return constraint;
}

std::string foreign_definition(const Constraint& key) {
    std::string text =
        "FOREIGN KEY " + in_brackets(key.columns) + " REFERENCES " + identifier(key.target);
    if (!key.target_columns.empty()) text += in_brackets(key.target_columns);
    if (key.on_update != "NO ACTION") text += " ON UPDATE " + key.on_update;
    if (key.on_delete != "NO ACTION") text += " ON DELETE " + key.on_delete;
    return text;
}

/// Foreign keys that name no columns mean the primary key of their table.
void read_foreign_keys(Target& target, Catalog& catalog, const std::string& table) {
    std::map<std::int64_t, Constraint> keys;
    for (const auto& row :
         target.query("SELECT id, \"table\", \"from\", \"to\", on_update, on_delete FROM "
                      "pragma_foreign_key_list(" +
                      literal(table) + ") ORDER BY id, seq")) {
        Cells cells(row);
        Constraint& key = keys[cells.number()];
        key.table = table;
        key.kind = ConstraintKind::foreign;
        key.target = cells.text();
        key.columns.push_back(cells.text());
        if (const auto to = cells.maybe()) key.target_columns.push_back(*to);
        key.on_update = cells.text();
        key.on_delete = cells.text();
    }
    for (auto& [id, key] : keys) {
        for (const auto& [name, relation] : catalog.relations)
            if (equal_ignoring_case(name, key.target)) key.target = name;
        key.definition = foreign_definition(key);
        catalog.constraints.push_back(std::move(key));
    }
}

ConstraintKind kind_of(sql::ConstraintKind kind) {
    switch (kind) {
        case sql::ConstraintKind::primary: return ConstraintKind::primary;
        case sql::ConstraintKind::unique: return ConstraintKind::unique;
        case sql::ConstraintKind::foreign: return ConstraintKind::foreign;
        default: return ConstraintKind::check;
    }
}

/// Names and checks, which only the text says.
void read_written_constraints(Catalog& catalog, const Relation& table) {
    const ParsedSql parsed(table.definition);
    const auto* create = std::get_if<sql::CreateTable>(&parsed.meaning());
    if (create == nullptr) return;
    for (const sql::Constraint& own : create->constraints) {
        if (own.kind == sql::ConstraintKind::check) {
            Constraint check;
            check.name = own.name;
            check.table = table.name;
            check.definition = "CHECK (" + written(own.body) + ")";
            catalog.constraints.push_back(std::move(check));
            continue;
        }
        for (Constraint& known : catalog.constraints)
            if (known.table == table.name && known.kind == kind_of(own.kind) &&
                known.name.empty() && same_names(known.columns, own.columns)) {
                known.name = own.name;
                break;
            }
    }
}

}  // namespace

void read_sqlite_keys(Target& target, Catalog& catalog) {
    for (const auto& [name, relation] : catalog.relations) {
        if (!relation.is_table()) continue;
        read_indexes(target, catalog, name);
        bool has_primary = false;
        for (const Index* index : catalog.indexes_of(name)) {
            if (index->constraint.empty()) continue;
            has_primary = has_primary || index->primary;
            catalog.constraints.push_back(key_constraint(*index));
        }
        if (!has_primary)
            if (auto key = primary_key(target, name))
                catalog.constraints.push_back(*std::move(key));
        read_foreign_keys(target, catalog, name);
        read_written_constraints(catalog, relation);
    }
    std::stable_sort(catalog.constraints.begin(), catalog.constraints.end(),
                     [](const Constraint& a, const Constraint& b) {
                         return std::tie(a.table, a.name) < std::tie(b.table, b.name);
                     });
}

}  // namespace ingot::schema
