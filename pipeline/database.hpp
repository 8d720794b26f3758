// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/database.hpp"
#include "pipeline/options.hpp"
#include "pipeline/workspace.hpp"

#include <vector>

namespace ingot {

/// The workspaces of a database that are named with --workspace; all when none is. Throws UsageError for
/// an unknown name.
std::vector<Workspace> chosen_workspaces(SQLite::Database& db, const Options& options);

}  // namespace ingot
