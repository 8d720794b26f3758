// SPDX-License-Identifier: MIT
#pragma once

#include "pipeline/options.hpp"
#include "pipeline/report/report.hpp"

#include <vector>

namespace ingot {

/// Prints reports as the options say, writes them to the files of --report, and returns the gravest exit
/// code. `as_list`: JSON holds a list of
/// workspaces even for one.
int print_reports(const Options& options, const std::vector<Report>& reports, bool as_list);

}  // namespace ingot
