// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/reader.hpp"

#include <span>
#include <string>
#include <vector>

namespace ingot {

/// What of Ingot's schema a database lacks or has otherwise: "the index idx_events_agent_id is missing".
/// SQLite: tables, indexes and views by their SQL; PostgreSQL: tables with their columns, indexes, keys and
/// views by name. What somebody added beside it is not looked at.
std::vector<std::string> schema_differences(Reader& reader, std::span<const Table* const> tables);

}  // namespace ingot
