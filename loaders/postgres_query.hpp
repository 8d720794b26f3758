// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/check.hpp"
#include "loaders/pool.hpp"

#include <functional>
#include <string>

namespace ingot {

/// Queries for check_table; the transaction must outlive the function.
RunQuery postgres_query(pqxx::transaction_base& transaction);

/// Runs what speaks to PostgreSQL; what that says becomes DatabaseUnreachable or RunError, without a
/// password.
void guarded(const std::string& conninfo, const std::function<void()>& work);

/// Calls `read` with queries of one read-only transaction. Throws RunError for what PostgreSQL says.
void read_postgres(Pool& pool, const std::function<void(const RunQuery&)>& read);

}  // namespace ingot
