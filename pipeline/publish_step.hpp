// SPDX-License-Identifier: MIT
#pragma once

#include "pipeline/options.hpp"
#include "pipeline/report/report.hpp"

#include <vector>

namespace SQLite {
class Database;
}

namespace ingot {

/// SQLite → PostgreSQL for the workspaces named, with the checks before the commit, entered into the
/// report. Throws RunError.
void publish_step(const Options& options, SQLite::Database& store, const std::vector<std::int64_t>& workspaces, Report& report);

}  // namespace ingot
