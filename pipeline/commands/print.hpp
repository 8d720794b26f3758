// SPDX-License-Identifier: MIT
#pragma once

#include "pipeline/model/errors.hpp"
#include "pipeline/options.hpp"
#include "pipeline/report/report.hpp"

#include <vector>

namespace ingot {

/// Prints reports as the options say and writes them to the files of --report; says whether these could
/// be written. `as_list`: JSON holds a list of workspaces even for one.
Exit show_reports(const Options& options, const std::vector<Report>& reports, bool as_list);

/// The same, and returns the gravest exit code of all.
int print_reports(const Options& options, const std::vector<Report>& reports, bool as_list);

/// For --json when a command ended before it had anything to report: one document with the error.
void print_error_document(const RunError& error);

/// Throws RunError when standard output could not take all that was printed.
void require_written_output();

}  // namespace ingot
