// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/publish_plan.hpp"

#include <set>
#include <string>
#include <utility>

/// Comparing the ledgers' sources, and what SQLite's history says of those that it has no more.
namespace ingot {

/// What SQLite took back: runs that were undone, sources that were pruned without an archive. These
/// rows PostgreSQL must not keep; all others of its history it does.
class History {
public:
    /// Throws RunError for a run that has not ended.
    void see_run(CellRow run);

    bool is_undone(std::string_view run_id) const { return undone_runs_.contains(run_id); }
    const std::set<std::string, std::less<>>& undone_runs() const { return undone_runs_; }
    void forget_source(std::int64_t source_id) { forgotten_.insert(source_id); }

    /// Whether a version that only PostgreSQL has is to go; remembers it for its segments.
    bool forgets_version(CellRow row);
    bool forgets_segment(CellRow row) const;

private:
    std::set<std::string, std::less<>> undone_runs_;
    std::set<std::int64_t> forgotten_;
    std::set<std::pair<std::int64_t, std::int64_t>> gone_versions_;  ///< source_id, source_version
};

/// Compares sources and says what became of each that differs, ordered by source_id.
RowPlan compare_sources(const Ends& ends, const PlanScope& scope, History& history,
                        std::vector<SourceChange>& changes);

}  // namespace ingot
