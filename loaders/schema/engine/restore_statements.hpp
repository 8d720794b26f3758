// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/schema/engine/object_graph.hpp"

#include <map>

/// The statements around those of the archive.
namespace ingot::schema {

using Objects = std::map<ObjectId, CatalogObject>;

/// What a later object of another table had, made again.
struct Kept {
    std::string statement = {};
    std::string line_start = {};  ///< Of its line in describe().
};

/// A foreign key of another table, on the names that the tables have again.
Kept kept_foreign_key(Target& target, const CatalogObject& key, const Objects& then);

/// The default of another table's column.
Kept kept_default(Target& target, const CatalogObject& value);

/// DROP … IF EXISTS … CASCADE
std::string drop_statement(const CatalogObject& object);

/// All tables that will be locked, at once and before anything changes; more weakly where nothing but a
/// foreign key is made.
std::vector<std::string> lock_statements(Target& target, const std::vector<CatalogObject>& dropped,
                                         const std::vector<CatalogObject>& then);

}  // namespace ingot::schema
