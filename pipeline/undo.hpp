// SPDX-License-Identifier: MIT
#pragma once

#include "pipeline/options.hpp"
#include "pipeline/report/report.hpp"
#include "pipeline/workspace.hpp"

namespace ingot {

/// Takes the youngest completed run back: rows, sources and history become what they were before it, in
/// SQLite and, with --postgres, in PostgreSQL. Sources are read again from the archive at their old
/// length; what cannot be read again is named before anything is touched, and nothing is done.
Report undo_run(const Options& options, const Workspace& workspace);

}  // namespace ingot
