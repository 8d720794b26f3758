// SPDX-License-Identifier: MIT
#pragma once

#include "pipeline/options.hpp"
#include "pipeline/report/renderers.hpp"
#include "pipeline/workspace.hpp"

#include <functional>
#include <span>

namespace ingot {

/// Throws UsageError when a file of --report has an ending without a renderer, or lies below one of the
/// workspaces. To be called before any work.
void require_report_files(const Options& options, std::span<const Workspace> workspaces);

/// Renders into each file of --report. A file is written whole or not at all; one that cannot be written
/// is named on stderr and makes the answer Exit::failed, the others are written all the same.
Exit write_reports(const Options& options, const ReportSet& set);
Exit write_reports(const Options& options, const document::Document& document);

/// What a command came to.
struct Outcome {
    document::Document document = {};
    Exit exit = Exit::done;
};

/// Runs `work` and writes what it came to. What is wrong with --report is said before any work; an error
/// is in its files too before it is thrown on. Returns the exit code.
int with_report(const Options& options, const std::string& command,
                const std::function<Outcome()>& work);

}  // namespace ingot
