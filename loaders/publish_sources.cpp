// SPDX-License-Identifier: MIT
#include "loaders/publish_sources.hpp"

#include "loaders/ddl.hpp"

#include "pipeline/model/bookkeeping.hpp"
#include "pipeline/model/errors.hpp"

#include <algorithm>
#include <map>

namespace ingot {
namespace {

[[noreturn]] void refuse_unfinished() {
    throw RunError(Exit::failed,
                   "an import into this SQLite file has not ended; if none is running, "
                   "ingot import finishes it, then publish");
}

/// Rows before PostgreSQL's last record are the same; those from there on are replaced.
bool has_only_grown(const SourceRow& now, const SourceRow& then) {
    return now.source_version == then.source_version && now.status == "loaded" &&
           then.status == "loaded" && now.extractor == then.extractor &&
           now.extractor_version == then.extractor_version && then.resume_offset &&
           now.consumed_bytes >= then.consumed_bytes &&
           (!now.uses_file_time || now.modified_ns == then.modified_ns);
}

/// What SQLite's newest version of a source says; "" when it has none.
class LastStatus {
public:
    explicit LastStatus(const Ends& ends)
        : statement_(
              ends.sqlite,
              "SELECT status, (SELECT count(*) FROM source_versions WHERE workspace_id = ?1 AND "
              "source_id = ?2) FROM source_versions WHERE workspace_id = ?1 AND source_id = ?2 "
              "ORDER BY run_id DESC LIMIT 1") {
        statement_.bind(1, ends.workspace_id);
    }
    /// True when the source was taken out on purpose.
    bool says_removed(std::int64_t source_id) {
        statement_.reset();
        is_pruned_whole_ = false;
        statement_.bind(2, source_id);
        if (!statement_.step()) return false;
        is_pruned_whole_ = statement_.text(0) == "pruned" && statement_.integer(1) == 1;
        const std::string_view status = statement_.text(0);
        return status == "pruned" || status == "renamed" || status == "dropped";
    }
    /// Of the source asked for last: its history went with it.
    bool is_pruned_whole() const { return is_pruned_whole_; }

private:
    RowStatement statement_;
    bool is_pruned_whole_ = false;
};

/// Sources that only undone runs had brought.
void remove_undone(const Ends& ends, const History& history, std::vector<SourceChange>& changes) {
    if (history.undone_runs().empty()) return;
    std::string ids;
    for (const SourceChange& change : changes)
        if (change.state == SourceState::missing || change.state == SourceState::unknown)
            ids += (ids.empty() ? "" : ",") + std::to_string(change.source_id);
    if (ids.empty()) return;
    std::map<std::int64_t, bool> only_undone;
    const Table& versions = table_of<SourceVersion>();
    CopyOut rows(ends.postgres, versions,
                 "SELECT " + column_list(versions) + " FROM source_versions" + in_workspace(ends) +
                     " AND source_id IN (" + ids + ")");
    while (rows.next()) {
        const auto version = from_cells<SourceVersion>(rows.row());
        const bool is_undone = history.is_undone(version.run_id);
        const auto [at, is_first] = only_undone.emplace(version.source_id, is_undone);
        if (!is_first) at->second = at->second && is_undone;
    }
    for (SourceChange& change : changes)
        if (const auto at = only_undone.find(change.source_id);
            at != only_undone.end() && at->second)
            change.state = SourceState::removed;
}

/// Finds out which new log has the inode that another source had until now.
class Renames {
public:
    void see_new(const SourceRow& row) {
        if (row.family == "log" && row.inode) appeared_.emplace_back(*row.inode, row.source_id);
    }
    void see_old(const SourceRow& row) {
        if (row.family == "log" && row.inode) had_.emplace(*row.inode, row.source_id);
    }
    void enter(std::vector<SourceChange>& changes) const {
        for (const auto& [inode, source_id] : appeared_) {
            const auto from = had_.find(inode);
            if (from == had_.end()) continue;
            std::ranges::lower_bound(changes, source_id, {}, &SourceChange::source_id)->moved_from =
                from->second;
        }
    }

private:
    std::vector<std::pair<std::int64_t, std::int64_t>> appeared_;
    std::map<std::int64_t, std::int64_t> had_;
};

}  // namespace

void History::see_run(CellRow run) {
    const std::size_t status = table_of<ImportRun>().position("status");
    const std::size_t id = table_of<ImportRun>().position("run_id");
    if (std::get<std::string_view>(run[status]) == "running") refuse_unfinished();
    if (std::get<std::string_view>(run[status]) == "undone")
        undone_runs_.emplace(std::get<std::string_view>(run[id]));
}

bool History::forgets_version(CellRow row) {
    const auto version = from_cells<SourceVersion>(row);
    const bool goes = is_undone(version.run_id) || forgotten_.contains(version.source_id);
    if (goes) gone_versions_.emplace(version.source_id, version.source_version);
    return goes;
}

bool History::forgets_segment(CellRow row) const {
    const Table& table = table_of<SourceSegment>();
    const auto source_id = std::get<std::int64_t>(row[table.position("source_id")]);
    const auto version = std::get<std::int64_t>(row[table.position("source_version")]);
    return forgotten_.contains(source_id) || gone_versions_.contains({source_id, version});
}

RowPlan compare_sources(const Ends& ends, const PlanScope& scope, History& history,
                        std::vector<SourceChange>& changes) {
    LastStatus last_status(ends);
    Renames renames;
    const auto judge = [&](Found found, CellRow sqlite, CellRow postgres, bool is_equal) {
        if (found == Found::right) {
            const auto then = from_cells<SourceRow>(postgres);
            const bool is_removed = !scope.is_partial && last_status.says_removed(then.source_id);
            if (is_removed) renames.see_old(then);
            if (is_removed && last_status.is_pruned_whole()) history.forget_source(then.source_id);
            const bool is_known = then.missing_since || scope.is_partial;
            changes.push_back({.source_id = then.source_id,
                               .state = is_removed ? SourceState::removed
                                        : is_known ? SourceState::unknown
                                                   : SourceState::missing,
                               .from_offset = 0,
                               .moved_from = {}});
            return false;  // removed after its rows
        }
        const auto now = from_cells<SourceRow>(sqlite);
        if (now.size_bytes < 0) refuse_unfinished();
        if (is_equal) return false;
        changes.push_back({.source_id = now.source_id,
                           .state = SourceState::created,
                           .from_offset = 0,
                           .moved_from = {}});
        if (found == Found::left) {
            renames.see_new(now);
            return true;
        }
        const auto then = from_cells<SourceRow>(postgres);
        renames.see_old(then);
        const bool appended = scope.allow_append && has_only_grown(now, then);
        changes.back().state = appended ? SourceState::appended : SourceState::changed;
        changes.back().from_offset = appended ? *then.resume_offset : 0;
        return !scope.is_partial;
    };
    RowPlan plan = compare_rows(ends, whole_rows(table_of<SourceRow>()), judge);
    if (!scope.is_partial) remove_undone(ends, history, changes);
    renames.enter(changes);
    return plan;
}

}  // namespace ingot
