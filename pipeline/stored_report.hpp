// SPDX-License-Identifier: MIT
#pragma once

#include "pipeline/options.hpp"
#include "pipeline/report/report.hpp"

namespace ingot {

/// Keeps an import's report with its run in SQLite and, when it was published, in PostgreSQL. A run that
/// changed nothing has no row, so that nothing is written for it. What goes wrong is entered into the
/// report; the data are where they are.
void store_report(const Options& options, Report& report);

}  // namespace ingot
