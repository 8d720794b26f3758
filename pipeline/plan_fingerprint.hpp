// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/pool.hpp"
#include "pipeline/options.hpp"
#include "pipeline/plan.hpp"

#include <string>

namespace ingot {

/// What a fingerprint is taken of, beside the plan.
struct PlanState {
    const Ledger& ledger;
    std::string store_id;
    std::int64_t workspace_id = 0;
    Pool* postgres = nullptr;  ///< None: the plan ends at SQLite.
};

/// Hex digits that are the same as long as the workspace's files (path, kind, size, time, mode), what
/// both databases hold of them, the options that matter and this program are the same.
std::string plan_fingerprint(const Plan& plan, const PlanState& state, const Options& options);

}  // namespace ingot
