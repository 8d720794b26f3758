// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/schema/engine/target.hpp"

#include <set>
#include <span>
#include <utility>

/// What hangs on what in PostgreSQL's catalogs. An object keeps its number when it is renamed.
namespace ingot::schema {

/// Number of the catalog that it is in, and its own.
using ObjectId = std::pair<std::string, std::string>;

struct CatalogObject {
    ObjectId id = {};
    int column = 0;             ///< A column of the table; 0: the whole.
    std::string type = {};      ///< "view", "table constraint", as pg_identify_object has it.
    std::string name = {};      ///< Of a relation, type or function; without quotes.
    std::string identity = {};  ///< With schema and quotes.
    std::string owner = {};
    std::string on_table = {};    ///< Number of the table that it is a part of; "0": of none.
    std::string definition = {};  ///< Tells whether it was changed.
    std::string kind = {};        ///< relkind, contype or "type"; empty: nothing to speak of.

    bool is_relation() const;
    bool is_table() const { return is_relation() && (kind == "r" || kind == "p"); }
    bool is_view() const { return is_relation() && (kind == "v" || kind == "m"); }
    bool is_foreign_key() const { return !is_relation() && kind == "f"; }
};

/// The relation of that number.
ObjectId relation_id(const std::string& oid);

/// The roots and all that DROP … CASCADE would drop with them.
std::vector<CatalogObject> dependents_of(Target& target, const std::set<ObjectId>& roots);

/// The roots, and the types, functions and sequences that they need.
std::vector<CatalogObject> needs_of(Target& target, const std::set<ObjectId>& roots);

/// Of the cluster and the database: numbers of objects mean something in it only.
std::string database_identity(Target& target);

/// Those of them that exist.
std::vector<CatalogObject> objects_with(Target& target, const std::set<ObjectId>& ids);

/// The relation that has the name in the target's schema, or none.
std::optional<CatalogObject> relation_named(Target& target, const std::string& name);

std::set<ObjectId> ids_of(std::span<const CatalogObject> objects);

/// The tables of these names that exist, each with its partitions and heirs: number → name.
std::vector<std::pair<std::string, std::string>>
tables_with_heirs(Target& target, const std::vector<std::string>& tables);

}  // namespace ingot::schema
