// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/postgres.hpp"

#include "pipeline/model/batch.hpp"

#include <SQLiteCpp/SQLiteCpp.h>

/// Number of rows and content checksum of a table, read from the rows themselves.
namespace ingot {

using TableState = TableTally;

/// Of one workspace in PostgreSQL. The connection is inside or outside a transaction.
TableState postgres_state(Connection& connection, const Table& table, std::int64_t workspace_id);

/// Of one workspace in SQLite.
TableState sqlite_state(SQLite::Database& db, const Table& table, std::int64_t workspace_id);

}  // namespace ingot
