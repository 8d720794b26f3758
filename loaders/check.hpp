// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/ddl.hpp"

#include "pipeline/model/check_result.hpp"
#include "pipeline/model/time.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace ingot {

/// Runs a query and returns its rows as text; NULL is nullopt.
using RunQuery =
    std::function<std::vector<std::vector<std::optional<std::string>>>(const std::string& sql)>;

/// Runs queries at the same time, each on a connection of its own.
using RunTogether = std::function<std::vector<std::vector<std::vector<std::optional<std::string>>>>(
    const std::vector<std::string>& queries)>;

/// What is checked.
struct CheckScope {
    Dialect dialect = Dialect::sqlite;
    std::int64_t workspace_id = 0;
    Timestamp now;
    std::string run_id;  ///< Facts: only those of sources that this run changed; empty: all.
    RunTogether run_together = {};  ///< SQLite: the pass over a large table is shared.
};

/// Rows of a table, and what the rules of loaders/checks say of it.
struct TableCheck {
    std::int64_t rows = 0;       ///< In the workspace.
    std::int64_t extracted = 0;  ///< Facts: the sum of source_tables; entities: rows.
    std::vector<CheckResult> checks;
};

/// Runs the rules on a table. The rules about single rows share one pass over it. The SQLite connection
/// must know the functions of the rules (see register_check_functions).
TableCheck check_table(const Table& table, const CheckScope& scope, const RunQuery& run);

}  // namespace ingot
