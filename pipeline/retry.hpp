// SPDX-License-Identifier: MIT
#pragma once

#include "pipeline/options.hpp"
#include "pipeline/report/report.hpp"
#include "pipeline/workspace.hpp"

namespace ingot {

/// Tries all quarantined records again with the extractors of this program: sources that now give fewer
/// rejects are loaded again, in SQLite and, with --postgres, in PostgreSQL. Settings are those that a
/// source was read with; only --max-record may be larger. Nothing is written when nothing more loads.
Report retry_rejects(const Options& options, const Workspace& workspace);

}  // namespace ingot
