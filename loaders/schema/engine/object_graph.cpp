// SPDX-License-Identifier: MIT
#include "loaders/schema/engine/object_graph.hpp"

#include "loaders/embedded.hpp"

#include <stdexcept>

namespace ingot::schema {
namespace {

constexpr const char* kRelations = "1259";  // pg_class has the same number in all versions

std::string query_text(std::string_view name) {
    for (const embedded::EmbeddedText& text : embedded::catalog_queries())
        if (text.name == name) return std::string(text.text);
    throw std::logic_error("no query " + std::string(name));
}

std::vector<CatalogObject> closure(Target& target, std::string_view query,
                                   const std::set<ObjectId>& roots) {
    if (roots.empty()) return {};
    std::string values;
    for (const auto& [catalog, object] : roots)
        values += (values.empty() ? "(" : ", (") + catalog + ", " + object + ")";
    std::string sql = query_text(query) + query_text("objects");
    sql.replace(sql.find("${roots}"), 8, values);
    std::vector<CatalogObject> objects;
    for (const auto& row : target.query(sql)) {
        const auto cell = [&](std::size_t i) { return row.at(i).value_or(""); };
        objects.push_back({.id = {cell(0), cell(1)},
                           .column = std::stoi(cell(2)),
                           .type = cell(3),
                           .name = cell(4),
                           .identity = cell(5),
                           .owner = cell(6),
                           .on_table = cell(7),
                           .definition = cell(8),
                           .kind = cell(9)});
    }
    return objects;
}

}  // namespace

bool CatalogObject::is_relation() const { return id.first == kRelations && column == 0; }

ObjectId relation_id(const std::string& oid) { return {kRelations, oid}; }

std::vector<CatalogObject> dependents_of(Target& target, const std::set<ObjectId>& roots) {
    return closure(target, "dependents", roots);
}

std::vector<CatalogObject> needs_of(Target& target, const std::set<ObjectId>& roots) {
    return closure(target, "needs", roots);
}

std::string database_identity(Target& target) {
    return target.ask("SELECT system_identifier || '/' || d.oid FROM pg_control_system(),"
                      " pg_database d WHERE datname = current_database()");
}

std::vector<CatalogObject> objects_with(Target& target, const std::set<ObjectId>& ids) {
    std::vector<CatalogObject> objects = closure(target, "given", ids);
    std::erase_if(objects, [](const CatalogObject& object) { return object.identity.empty(); });
    return objects;
}

std::optional<CatalogObject> relation_named(Target& target, const std::string& name) {
    const std::string oid =
        target.ask("SELECT c.oid FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace"
                   " WHERE nspname = " +
                   literal(target.schema()) + " AND relname = " + literal(name));
    if (oid.empty()) return std::nullopt;
    return objects_with(target, {relation_id(oid)}).at(0);
}

std::set<ObjectId> ids_of(std::span<const CatalogObject> objects) {
    std::set<ObjectId> ids;
    for (const CatalogObject& object : objects) ids.insert(object.id);
    return ids;
}

std::vector<std::pair<std::string, std::string>>
tables_with_heirs(Target& target, const std::vector<std::string>& tables) {
    std::string names = "NULL";
    for (const std::string& table : tables) names += ", " + literal(table);
    const Rows rows = target.query(
        "WITH RECURSIVE all_of(oid) AS (SELECT c.oid FROM pg_class c JOIN pg_namespace n"
        " ON n.oid = relnamespace WHERE nspname = " +
        literal(target.schema()) + " AND relkind IN ('r', 'p') AND relname IN (" + names +
        ") UNION SELECT inhrelid FROM all_of JOIN pg_inherits ON inhparent = oid)"
        " SELECT c.oid, relname FROM all_of JOIN pg_class c USING (oid) JOIN pg_namespace n"
        " ON n.oid = relnamespace WHERE nspname = " +
        literal(target.schema()) + " ORDER BY relname");
    std::vector<std::pair<std::string, std::string>> found;
    for (const auto& row : rows) found.emplace_back(row[0].value_or(""), row[1].value_or(""));
    return found;
}

}  // namespace ingot::schema
