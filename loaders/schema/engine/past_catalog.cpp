// SPDX-License-Identifier: MIT
#include "loaders/schema/engine/past_catalog.hpp"

namespace ingot::schema {
namespace {

/// The quoted name at the end of "… RENAME TO "a"" or "… RENAME CONSTRAINT "b" TO "a"".
std::string former_name(const std::string& undo) {
    const bool renames = undo.find(" RENAME TO \"") != std::string::npos ||
                         undo.find(" RENAME CONSTRAINT \"") != std::string::npos;
    const std::size_t at = undo.rfind(" TO \"");
    if (!renames || !undo.ends_with('"') || at == std::string::npos) return "";
    std::string name = undo.substr(at + 5, undo.size() - at - 6);
    for (std::size_t quote = name.find("\"\""); quote != std::string::npos;
         quote = name.find("\"\"", quote + 1))
        name.erase(quote, 1);
    return name;
}

void rename_index(Catalog& catalog, const std::string& from, const std::string& to) {
    auto node = catalog.indexes.extract(from);
    if (node.empty()) return;
    node.mapped().name = to;
    node.key() = to;
    catalog.indexes.erase(to);
    catalog.indexes.insert(std::move(node));
}

void rename_relation(Catalog& catalog, const std::string& from, const std::string& to) {
    auto node = catalog.relations.extract(from);
    if (node.empty()) return;
    Relation& relation = node.mapped();
    if (relation.stored_name.empty()) relation.stored_name = from;
    relation.planned = true;
    relation.name = to;
    node.key() = to;
    catalog.relations.erase(to);  // the view that has the old name now
    catalog.relations.insert(std::move(node));
}

void rename_table(Catalog& catalog, const std::string& from, const std::string& to) {
    if (catalog.table(from) == nullptr) return;
    rename_relation(catalog, from, to);
    for (auto& [name, index] : catalog.indexes)
        if (index.table == from) index.table = to;
    for (Constraint& each : catalog.constraints) {
        if (each.table == from) each.table = to;
        if (each.target == from) each.target = to;
    }
    for (Trigger& each : catalog.triggers)
        if (each.table == from) each.table = to;
    for (auto& [name, relation] : catalog.relations)
        if (relation.uses.erase(from) != 0) relation.uses.insert(to);
}

/// Names of constraints are a table's own; the way back says which table it is.
void rename_constraint(Catalog& catalog, const std::string& undo, const std::string& from,
                       const std::string& to) {
    for (Constraint& each : catalog.constraints) {
        const bool is_meant = each.name == from &&
                              undo.find(identifier(each.table) + " RENAME ") != std::string::npos;
        if (!is_meant) continue;
        each.name = to;
        if (each.index != from) continue;
        rename_index(catalog, from, to);
        each.index = to;
    }
    for (auto& [name, index] : catalog.indexes)
        if (index.constraint == from && name == to) index.constraint = to;
}

}  // namespace

std::string rename_back(Catalog& catalog, const JournalEntry& entry) {
    const std::size_t blank = entry.object.find(' ');
    if (blank == std::string::npos || entry.undo.size() != 1) return "";
    const std::string kind = entry.object.substr(0, blank);
    const std::string name = entry.object.substr(blank + 1);
    const std::string former = former_name(entry.undo.front());
    if (former.empty()) return "";
    if (kind == "index") rename_index(catalog, name, former);
    if (kind == "sequence") rename_relation(catalog, name, former);
    if (kind == "constraint") rename_constraint(catalog, entry.undo.front(), name, former);
    if (kind != "table") return "";
    rename_table(catalog, name, former);
    return former;
}

}  // namespace ingot::schema
