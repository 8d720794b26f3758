// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/check.hpp"
#include "loaders/pool.hpp"

#include "pipeline/model/batch.hpp"

#include <map>
#include <span>

namespace ingot {

/// Queries for check_table; the transaction must outlive the function.
RunQuery postgres_query(pqxx::transaction_base& transaction);

/// Calls `read` with queries of one read-only transaction. Throws RunError for what PostgreSQL says.
void read_postgres(Pool& pool, const std::function<void(const RunQuery&)>& read);

/// Rows and content checksum of each table, read from PostgreSQL's rows.
std::map<std::string_view, TableTally>
read_postgres_states(Pool& pool, std::span<const Table* const> tables, std::int64_t workspace_id);

}  // namespace ingot
