// SPDX-License-Identifier: MIT
#include "loaders/publish_plan.hpp"

#include "loaders/narrow_tables.hpp"
#include "loaders/publish_sources.hpp"

#include "pipeline/model/bookkeeping.hpp"
#include "pipeline/model/errors.hpp"
#include "pipeline/model/hash.hpp"

#include <algorithm>
#include <array>
#include <map>

namespace ingot {
namespace {

bool has_name(std::span<const Table* const> tables, std::string_view name) {
    return std::ranges::any_of(tables, [&](const Table* table) { return table->name == name; });
}

/// import_runs with the length of the report, which is long and never changes but from nothing.
const RowQuery& runs_query() {
    static const Table table = [] {
        Table narrow = table_of<ImportRun>();
        narrow.columns[narrow.position("report")].type = Type::integer;
        return narrow;
    }();
    static const RowQuery query = [] {
        RowQuery made = whole_rows(table);
        const std::size_t at = made.sqlite_columns.rfind("report");
        made.sqlite_columns.replace(at, 6, "length(CAST(report AS BLOB))");
        made.postgres_columns.replace(at, 6, "octet_length(report::text)::bigint");
        return made;
    }();
    return query;
}

/// Turns the rows of source_tables into changes per table.
class TallyJudge {
public:
    TallyJudge(const PlanScope& scope, PublishPlan& plan) : plan_(plan) {
        for (const Table* table : scope.tables) {
            if (table->kind != Kind::fact) continue;
            plan_.facts.push_back({.table = table, .changes = {}, .counts = {}, .after = {}});
        }
        for (FactPlan& facts : plan_.facts) by_name_[facts.table->name] = &facts;
    }

    bool operator()(Found found, CellRow sqlite, CellRow postgres, bool is_equal) {
        const auto row = from_cells<SourceTable>(found == Found::right ? postgres : sqlite);
        const auto at = by_name_.find(row.table_name);
        if (at == by_name_.end()) return false;
        FactPlan& facts = *at->second;
        const SourceChange* source = find_source(row.source_id);
        const TableTally before = tally_of(postgres);
        const TableTally after = tally_of(sqlite);
        const bool is_foreign = source != nullptr && (source->state == SourceState::missing ||
                                                      source->state == SourceState::unknown);
        add(facts.after, found == Found::right && is_foreign ? before : after);
        if (is_equal || is_foreign) return false;
        facts.changes.push_back(
            {.source_id = row.source_id,
             .from_offset = source == nullptr ? 0 : source->from_offset,
             .is_new = source != nullptr && source->state == SourceState::created,
             .moved_from = {},
             .is_moved_away = false,
             .before = before,
             .after = after,
             .kept = {}});
        return true;
    }

private:
    static TableTally tally_of(CellRow row) {
        if (row.empty()) return {};
        const auto known = from_cells<SourceTable>(row);
        return {known.row_count, from_hex(known.checksum)};
    }
    static void add(TableTally& sum, const TableTally& more) {
        sum.rows += more.rows;
        sum.checksum += more.checksum;
    }
    const SourceChange* find_source(std::int64_t source_id) const {
        const auto at =
            std::ranges::lower_bound(plan_.source_changes, source_id, {}, &SourceChange::source_id);
        return at != plan_.source_changes.end() && at->source_id == source_id ? &*at : nullptr;
    }

    PublishPlan& plan_;
    std::map<std::string_view, FactPlan*> by_name_;
};

/// Rows of a log that got another name are counted as moved, not as removed and inserted.
void pair_moved(const PublishPlan& plan, FactPlan& facts) {
    for (const SourceChange& source : plan.source_changes) {
        if (!source.moved_from) continue;
        const auto find = [&](std::int64_t id) {
            return std::ranges::find(facts.changes, id, &FactChange::source_id);
        };
        const auto to = find(source.source_id);
        const auto from = find(*source.moved_from);
        if (to == facts.changes.end() || from == facts.changes.end()) continue;
        to->moved_from = *source.moved_from;
        from->is_moved_away = true;
        from->from_offset = 0;
    }
}

}  // namespace

bool PublishPlan::any() const {
    return workspace.any() || runs.any() || sources.any() || tallies.any() || versions.any() ||
           segments.any() || count(SourceState::missing) > 0 || count(SourceState::removed) > 0 ||
           std::ranges::any_of(facts, &FactPlan::any) ||
           std::ranges::any_of(entities, &RowPlan::any);
}

std::int64_t PublishPlan::count(SourceState state) const {
    return std::ranges::count(source_changes, state, &SourceChange::state);
}

bool PublishPlan::may_hold_more() const {
    return is_partial || count(SourceState::missing) + count(SourceState::unknown) > 0;
}

std::vector<const Table*> with_parents(std::span<const Table* const> tables,
                                       std::span<const std::string> names) {
    std::set<std::string_view> wanted{"workspaces", "sources", "source_tables"};
    for (const std::string& name : names) {
        if (!has_name(tables, name)) throw UsageError("there is no table " + name);
        wanted.insert(name);
    }
    // Parents come first in the list, but a parent's own parents have to be found too.
    for (std::size_t i = tables.size(); i-- > 0;)
        if (wanted.contains(tables[i]->name))
            for (const Reference& reference : tables[i]->references) wanted.insert(reference.table);
    std::vector<const Table*> chosen;
    std::ranges::copy_if(tables, std::back_inserter(chosen), [&](const Table* table) {
        return names.empty() || wanted.contains(table->name);
    });
    return chosen;
}

RowPlan plan_runs(const Ends& ends) { return compare_rows(ends, runs_query(), judge_additions); }

PublishPlan plan_publication(const Ends& ends, const PlanScope& scope) {
    PublishPlan plan;
    plan.is_partial = scope.is_partial;
    History history;
    plan.workspace = compare_rows(ends, whole_rows(table_of<WorkspaceRow>()), judge_additions);
    plan.runs =
        compare_rows(ends, runs_query(), [&](Found found, CellRow sqlite, CellRow, bool is_equal) {
            if (found != Found::right) history.see_run(sqlite);
            // A part of the tables leaves the runs different, so that the next whole publication looks at all.
            return found != Found::right && !is_equal && !scope.is_partial;
        });
    plan.sources = compare_sources(ends, scope, history, plan.source_changes);
    TallyJudge judge_tally(scope, plan);
    plan.tallies = compare_rows(ends, whole_rows(table_of<SourceTable>()), std::ref(judge_tally));
    for (FactPlan& facts : plan.facts) pair_moved(plan, facts);
    // What was committed with an equal ledger was verified then.
    if (!plan.any() && !scope.is_partial && !scope.thorough) return plan;

    if (has_name(scope.tables, "source_versions"))
        plan.versions = compare_rows(ends, whole_rows(table_of<SourceVersion>()),
                                     [&](Found found, CellRow, CellRow postgres, bool is_equal) {
                                         return found == Found::right
                                                    ? history.forgets_version(postgres)
                                                    : !is_equal;
                                     });
    if (has_name(scope.tables, "source_segments"))
        plan.segments = compare_rows(ends,
                                     scope.thorough ? whole_rows(table_of<SourceSegment>())
                                                    : whole_rows(segments_without_payload()),
                                     [&](Found found, CellRow, CellRow postgres, bool is_equal) {
                                         return found == Found::right
                                                    ? history.forgets_segment(postgres)
                                                    : !is_equal;
                                     });
    for (const Table* table : scope.tables)
        if (table->kind == Kind::entity || table->kind == Kind::derived)
            plan.entities.push_back(
                compare_rows(ends, whole_rows(*table),
                             // What follows from facts that only PostgreSQL holds stays with them.
                             table->kind == Kind::derived && plan.may_hold_more() ? judge_additions
                                                                                  : judge_by_hash));
    for (FactPlan& facts : plan.facts) count_changes(ends, facts);
    return plan;
}

}  // namespace ingot
