// SPDX-License-Identifier: MIT
#pragma once

#include "pipeline/model/table.hpp"

#include <span>
#include <string>
#include <vector>

namespace ingot {

enum class Dialect { sqlite, postgres };

/// Version of the tables, in SQLite's user_version and in the comment on PostgreSQL's schema.
inline constexpr int kSchemaVersion = 2;

/// CREATE TABLE with its primary key; SQLite's declares the foreign keys too.
std::string create_table(Dialect dialect, const Table& table);

/// CREATE INDEX statements: one per foreign key and one per Index.
std::vector<std::string> create_indexes(Dialect dialect, const Table& table);

/// PostgreSQL: ALTER TABLE … ADD CONSTRAINT … FOREIGN KEY … NOT VALID; nothing for SQLite.
std::vector<std::string> add_foreign_keys(const Table& table);
/// PostgreSQL: ALTER TABLE … VALIDATE CONSTRAINT.
std::vector<std::string> validate_foreign_keys(const Table& table);

/// CREATE VIEW statements in the order they need.
std::vector<std::string> create_views(Dialect dialect);

/// PostgreSQL functions that the indexes use: as_jsonb(json).
std::vector<std::string> create_functions(Dialect dialect);

/// "CREATE TABLE agents", … for everything that a new SQLite file gets, in order.
std::vector<std::string> new_file_ddl(std::span<const Table* const> tables);

/// The whole schema as one script, for docs/schema.*.sql.
std::string schema_script(Dialect dialect, std::span<const Table* const> tables);

/// "a, b, c" of all columns.
std::string column_list(const Table& table);
/// The same of its primary key.
std::string key_columns(const Table& table);

}  // namespace ingot
