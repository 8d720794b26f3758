// SPDX-License-Identifier: MIT
#pragma once

#include "pipeline/options.hpp"
#include "pipeline/report/report.hpp"
#include "pipeline/workspace.hpp"

#include <functional>

namespace ingot {

/// A report's head: who, where, when.
Report report_of(const Workspace& workspace, const std::string& mode, const Options& options);

/// Runs `work`, which fills the report; what ends it (RunError and what the databases throw) is entered
/// as its error and exit code. Interrupted travels.
Report finished(Report& report, const std::function<void()>& work);

}  // namespace ingot
