// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/check.hpp"
#include "pipeline/load.hpp"
#include "pipeline/report/report.hpp"

namespace ingot {

/// Fills in files, bytes and sources: what the plan says and what became of it.
void summarise_sources(Report& report, const Plan& plan,
                       const std::vector<SourceOutcome>& outcomes);

/// Fills in the quarantine of a workspace: every reason, also those that did not occur, with a few
/// examples. Tables get the rejects of the sources whose records mainly go there.
void summarise_rejects(Report& report, std::int64_t workspace_id, const RunQuery& run);

/// Fills in how many rows fall on each day (UTC).
void summarise_days(Report& report, std::int64_t workspace_id, const RunQuery& run);

}  // namespace ingot
