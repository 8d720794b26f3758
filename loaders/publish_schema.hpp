// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/postgres.hpp"

#include "pipeline/model/table.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Ingot's schema in PostgreSQL: is it there, who may change it, how is it made.
namespace ingot {

/// Keys of advisory locks. Everybody who loads holds the schema's lock shared; who changes tables
/// holds it alone. Who loads a workspace holds the workspace's.
std::int64_t schema_lock_key(std::string_view schema);
std::int64_t workspace_lock_key(std::string_view schema, std::int64_t workspace_id);

enum class SchemaState { missing, current };

/// Looks at the schema's version and tables. Throws SchemaTooNew for a newer version and when tables
/// of this version are gone, RunError for an older one.
SchemaState schema_state(pqxx::transaction_base& work, std::string_view schema,
                         std::span<const Table* const> tables);

/// Takes the locks of a publication within the transaction and says what the schema is under them;
/// nullopt when it changed meanwhile: begin anew. Waits for schema changes; throws Locked when the
/// workspace is being loaded by somebody else.
std::optional<SchemaState> lock_for_loading(Connection& connection, pqxx::transaction_base& work,
                                            std::string_view schema, std::int64_t workspace_id,
                                            std::span<const Table* const> tables);

/// Makes the schema, its functions and its tables. Appends to `ddl` what ran.
void create_tables(Connection& connection, pqxx::transaction_base& work, std::string_view schema,
                   std::span<const Table* const> tables, std::vector<std::string>& ddl);

/// Makes indexes, foreign keys and views, and writes the version down. Calls `each` before each.
void finish_tables(Connection& connection, pqxx::transaction_base& work, std::string_view schema,
                   std::span<const Table* const> tables, std::vector<std::string>& ddl,
                   const std::function<void(const std::string&)>& each);

/// What create_tables and finish_tables would do.
std::vector<std::string> planned_ddl(std::string_view schema, std::span<const Table* const> tables);

}  // namespace ingot
