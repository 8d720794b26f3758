// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/database.hpp"
#include "pipeline/options.hpp"
#include "pipeline/report/report.hpp"

namespace ingot {

/// SQLite → PostgreSQL for the report's workspace, with the rules run before the commit, entered into
/// the report. Throws RunError; PostgreSQL is then as it was.
void publish_step(const Options& options, SQLite::Database& store, Report& report);

}  // namespace ingot
