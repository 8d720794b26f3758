// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/publish_facts.hpp"

#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// What a publication has to do, found by comparing the two ledgers; nothing is written here.
namespace ingot {

/// What became of a source that is not the same on both sides.
enum class SourceState {
    created,  ///< PostgreSQL does not know it.
    changed,
    appended,  ///< It only grew.
    removed,   ///< SQLite says that it was pruned, renamed or undone.
    missing,   ///< SQLite does not know it; PostgreSQL will say since when.
    unknown,   ///< The same, and PostgreSQL says so already.
};

struct SourceChange {
    std::int64_t source_id = 0;
    SourceState state = SourceState::changed;
    std::int64_t from_offset = 0;            ///< Appended: where PostgreSQL's last record begins.
    std::optional<std::int64_t> moved_from;  ///< A rotated log: the rows' source until now.
};

struct PublishPlan {
    RowPlan workspace, runs, sources, tallies, versions, segments;
    std::vector<SourceChange> source_changes;  ///< By source_id.
    std::vector<FactPlan> facts;               ///< In the order of the tables.
    std::vector<RowPlan> entities;             ///< The same; empty when no source differs.
    bool is_partial = false;                   ///< Only some tables were asked for.

    bool any() const;
    std::int64_t count(SourceState state) const;
    /// PostgreSQL may hold more than SQLite: sources of another file, or tables not asked for.
    bool may_hold_more() const;
};

struct PlanScope {
    std::span<const Table* const> tables;  ///< Those to be published, parents first.
    bool is_partial = false;
    bool allow_append = true;  ///< Otherwise a source that grew is replaced whole.
    bool thorough = false;     ///< History and entities are compared in any case.
};

/// The tables asked for and, since rows refer to them, their parents. Throws UsageError for a name
/// that no table has.
std::vector<const Table*> with_parents(std::span<const Table* const> tables,
                                       std::span<const std::string> names);

/// Throws RunError when SQLite's side is in the middle of an import.
PublishPlan plan_publication(const Ends& ends, const PlanScope& scope);

/// Compares import_runs alone.
RowPlan plan_runs(const Ends& ends);

}  // namespace ingot
