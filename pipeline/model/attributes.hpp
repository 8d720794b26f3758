// SPDX-License-Identifier: MIT
#pragma once

#include "pipeline/model/arena.hpp"
#include "pipeline/model/table.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ingot {

/// What a statement says of an entity, as one JSON object of column names: a json column's value is
/// embedded verbatim, a time is canonical text. NULL cells, key and workspace are left out.
std::string write_attributes(const Table& entity, std::span<const Value> row);

/// The inverse: a row of the entity's table with NULL where nothing was said. Text is kept in
/// `arena`. Unknown names are passed over.
std::vector<Value> read_attributes(const Table& entity, std::string_view attributes, Arena& arena);

/// The id of an entity within its workspace: its one key column, or a JSON array of several.
std::string entity_id_of(const Table& entity, std::span<const Value> row);

/// The key columns' values that entity_id_of joined.
std::vector<std::string> entity_key(const Table& entity, std::string_view entity_id);

}  // namespace ingot
