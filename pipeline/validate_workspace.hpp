// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/database.hpp"
#include "pipeline/options.hpp"
#include "pipeline/report/report.hpp"
#include "pipeline/workspace.hpp"

#include <vector>

namespace ingot {

/// The workspaces of the SQLite file that are meant: WORKSPACE's, those named, or all.
std::vector<Workspace> workspaces_to_validate(SQLite::Database& db, const Options& options);

/// The same for PostgreSQL alone.
std::vector<Workspace> published_workspaces(const Options& options);

/// Runs every rule on every side: files (when options.workspace is given), SQLite (unless nullptr) and
/// PostgreSQL (when options.postgres is given). Writes nothing.
Report validate_workspace(const Options& options, SQLite::Database* db, const Workspace& workspace);

}  // namespace ingot
