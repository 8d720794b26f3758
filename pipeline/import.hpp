// SPDX-License-Identifier: MIT
#pragma once

#include "pipeline/options.hpp"
#include "pipeline/report/report.hpp"
#include "pipeline/workspace.hpp"

namespace ingot {

/// The main flow: files → SQLite → (with --postgres) PostgreSQL, then validation. What ends the run
/// (RunError) is in the report; Interrupted travels.
Report import_workspace(const Options& options, const Workspace& workspace);

}  // namespace ingot
