// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/schema/engine/observer.hpp"
#include "loaders/schema/engine/plan.hpp"

#include <chrono>

namespace ingot::schema {

struct RunSettings {
    /// A statement that waits longer for a lock gives up, so that those behind it go on.
    std::chrono::milliseconds lock_timeout{2'000};
    /// The same for concurrent builds, which block nobody while they wait.
    std::chrono::milliseconds build_lock_timeout{60'000};
    int lock_attempts = 10;
    bool rollback_on_failure = false;
    bool skip_conflicts = false;
};

struct RunResult {
    std::vector<std::int64_t> versions;  ///< That were applied, or taken back.
    std::vector<LogEntry> log;
    std::int64_t steps_done = 0, steps_skipped = 0;
    std::int64_t rows = 0;
};

/// Throws RunError (Exit::invalid) with what stands in the way, unless it may be skipped.
void require_no_obstacles(const Plan& plan, const RunSettings& settings);

/// Runs what the plan has: migrations, repairs (which no rollback takes back). Steps are assessed anew, and what stands in the way stops
/// the run before anything changes. Transactional statements of a migration run together, the others
/// alone; each step is proved by reading the catalog again before it counts. What a run that was killed
/// has left is found and finished. Throws RunError (Exit::invalid: conflicts), Locked.
RunResult up(const Pack& pack, Target& target, Ledger& ledger, const Selection& selection,
             const RunSettings& settings, Observer& observer);

}  // namespace ingot::schema
