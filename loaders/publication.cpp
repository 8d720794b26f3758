// SPDX-License-Identifier: MIT
#include "loaders/publication.hpp"

#include "pipeline/model/bookkeeping.hpp"
#include "pipeline/model/errors.hpp"
#include "pipeline/model/time.hpp"

#include <algorithm>

namespace ingot {
namespace {

/// The SQLite file's identity and the workspace's name; throws when it does not hold the workspace.
struct Owner {
    std::string store_id;
    std::string name;
};

Owner owner_of(const Ends& ends) {
    RowStatement find(ends.sqlite, "SELECT store_id, name FROM workspaces WHERE workspace_id = ?1");
    find.bind(1, ends.workspace_id);
    if (!find.step())
        throw RunError(Exit::failed, "the SQLite file does not hold the workspace " +
                                         std::to_string(ends.workspace_id));
    return {std::string(find.text(0)), std::string(find.text(1))};
}

/// The key as it stands in a message.
std::string key_text(const Table& table, CellRow row) {
    std::string out;
    for (const std::string_view name : table.key) {
        const Value& value = row[table.position(name)];
        const auto* number = std::get_if<std::int64_t>(&value);
        out += (out.empty() ? "" : ", ") + std::string(name) + " " +
               (number != nullptr ? std::to_string(*number)
                                  : std::string(std::get<std::string_view>(value)));
    }
    return out;
}

std::int64_t rows_to_copy(const PublishPlan& plan) {
    std::int64_t rows = 0;
    for (const FactPlan& facts : plan.facts)
        for (const FactChange& change : facts.changes) rows += change.after.rows - change.kept.rows;
    return rows;
}

}  // namespace

Publication::Publication(SQLite::Database& store, Connection& connection, const std::string& schema,
                         const PublishOptions& options, std::int64_t workspace_id,
                         bool allow_append)
    : options_(options), schema_(schema),
      tables_(with_parents(options.tables, options.only_tables)), ends_{.sqlite = store,
                                                                        .postgres = connection,
                                                                        .workspace_id =
                                                                            workspace_id},
      scope_{.tables = tables_,
             .is_partial = !options.only_tables.empty(),
             .allow_append = allow_append,
             .thorough = options.thorough} {
    result_.workspace.workspace_id = workspace_id;
}

std::optional<Published> Publication::run() {
    pqxx::work work(ends_.postgres);
    if (!prepare(work)) return std::nullopt;
    begin_step("compare", 0);
    plan_ = plan_publication(ends_, scope_);
    describe();
    if (options_.dry_run) {
        if (ends_.is_new_schema) result_.ddl = planned_ddl(schema_, options_.tables);
        return std::move(result_);
    }
    if (!result_.workspace.is_changed) return std::move(result_);

    write();
    verify_all();
    if (ends_.is_new_schema) {
        begin_step("index", 0);
        finish_tables(ends_.postgres, work, schema_, options_.tables, result_.ddl,
                      [&](const std::string& title) {
                          progress_.table = title;
                          options_.progress(progress_);
                      });
    }
    options_.before_commit(work, ends_.workspace_id);
    options_.check_interrupt();
    work.commit();
    return std::move(result_);
}

/// Takes the locks, makes the tables where they are missing, and sees whether this file may publish.
bool Publication::prepare(pqxx::transaction_base& work) {
    const std::optional<SchemaState> state =
        options_.dry_run
            ? schema_state(work, schema_, options_.tables)
            : lock_for_loading(ends_.postgres, work, schema_, ends_.workspace_id, options_.tables);
    if (!state) return false;
    ends_.is_new_schema = *state == SchemaState::missing;
    ends_.is_empty = true;
    if (!ends_.is_new_schema) {
        check_owner(work);
    } else if (!options_.dry_run) {
        create_tables(ends_.postgres, work, schema_, options_.tables, result_.ddl);
    }
    return true;
}

void Publication::check_owner(pqxx::transaction_base& work) {
    const Owner owner = owner_of(ends_);
    const pqxx::result found = work.exec("SELECT store_id FROM workspaces" + in_workspace(ends_));
    ends_.is_empty = found.empty();
    if (ends_.is_empty || options_.adopt) return;
    const auto theirs = found[0][0].as<std::string>();
    if (theirs != owner.store_id)
        throw RunError(Exit::failed, "the workspace " + owner.name +
                                         " is published from the SQLite file with the store id " +
                                         theirs + ", this one has " + owner.store_id +
                                         "; to go on from this one, add --adopt");
}

/// Foreign keys are checked at the end of each statement, so the order matters: parents first.
void Publication::write() {
    begin_step("copy", rows_to_copy(plan_));
    std::int64_t& bytes = result_.workspace.bytes;
    bytes += write_rows(ends_, plan_.workspace, table_of<WorkspaceRow>());
    bytes += write_rows(ends_, plan_.runs, table_of<ImportRun>());
    bytes += write_rows(ends_, plan_.sources, table_of<SourceRow>());
    for (const FactPlan& facts : plan_.facts) remove_old(ends_, facts);
    for (const RowPlan& entities : plan_.entities)
        bytes += write_rows(ends_, entities, *entities.query.table);
    for (const FactPlan& facts : plan_.facts)
        bytes += copy_new(ends_, facts, counter(facts.table->name));
    const std::span<const Table* const> referrers =
        plan_.may_hold_more() ? options_.tables : std::span<const Table* const>{};
    for (std::size_t i = plan_.entities.size(); i-- > 0;) {
        const RowPlan& entities = plan_.entities[i];
        line(entities.query.table->name).changes.removed = remove_rows(ends_, entities, referrers);
    }
    remove_rows(ends_, plan_.tallies, {});
    bytes += write_rows(ends_, plan_.tallies, table_of<SourceTable>());
    remove_sources();
    mark_missing();
    remove_rows(ends_, plan_.segments, {});
    bytes += write_rows(ends_, plan_.segments, table_of<SourceSegment>());
    remove_rows(ends_, plan_.versions, {});
    bytes += write_rows(ends_, plan_.versions, table_of<SourceVersion>());
}

std::string Publication::ids_of(SourceState state) const {
    std::string ids;
    for (const SourceChange& change : plan_.source_changes)
        if (change.state == state)
            ids += (ids.empty() ? "" : ",") + std::to_string(change.source_id);
    return ids;
}

void Publication::remove_sources() {
    const std::string ids = ids_of(SourceState::removed);
    if (ids.empty()) return;
    ends_.postgres.execute("DELETE FROM sources" + in_workspace(ends_) + " AND source_id IN (" +
                           ids + ")");
}

void Publication::mark_missing() {
    const std::string ids = ids_of(SourceState::missing);
    if (ids.empty()) return;
    ends_.postgres.execute("UPDATE sources SET missing_since = '" + format_time(options_.now) +
                           "'" + in_workspace(ends_) + " AND source_id IN (" + ids + ")");
}

/// From here on nothing is written any more: what PostgreSQL has now is what it will have.
void Publication::verify_all() {
    begin_step("verify", rows_to_copy(plan_));
    for (const FactPlan& facts : plan_.facts)
        if (facts.any()) verify(ends_, facts, counter(facts.table->name));
    ends_.is_empty = false;
    for (const RowPlan& entities : plan_.entities)
        if (entities.any())
            verify_rows(entities, plan_.may_hold_more() ? judge_additions : judge_by_hash);
    std::vector<const RowPlan*> history{&plan_.workspace, &plan_.runs, &plan_.versions,
                                        &plan_.segments};
    if (!plan_.is_partial) history.insert(history.end(), {&plan_.sources, &plan_.tallies});
    for (const RowPlan* rows : history)
        if (rows->any()) verify_rows(*rows, judge_additions);
}

void Publication::verify_rows(const RowPlan& plan, const Judge& judge) {
    std::string first;
    const RowPlan again = compare_rows(
        ends_, plan.query, [&](Found found, CellRow sqlite, CellRow postgres, bool is_equal) {
            const bool differs = judge(found, sqlite, postgres, is_equal);
            if (differs && first.empty())
                first = key_text(*plan.query.table, sqlite.empty() ? postgres : sqlite);
            return differs;
        });
    if (again.any())
        throw ValidationFailed(
            "table " + std::string(plan.query.table->name) + ": after publishing, " +
            std::to_string(again.changes.inserted + again.changes.updated + again.changes.removed) +
            " rows differ from SQLite's, the first is " + first + "; nothing was published");
    enter_totals(again);
}

void Publication::describe() {
    for (const Table* table : options_.tables)
        line(table->name).is_selected = std::ranges::find(tables_, table) != tables_.end();
    for (const FactPlan& facts : plan_.facts) {
        PublishedTable& table = line(facts.table->name);
        table.changes = facts.counts;
        table.rows = facts.after.rows;
        table.checksum = facts.after.checksum;
    }
    for (const RowPlan& entities : plan_.entities) {
        line(entities.query.table->name).changes = entities.changes;
        enter_totals(entities);
    }
    for (const RowPlan* rows : {&plan_.workspace, &plan_.runs, &plan_.sources, &plan_.tallies,
                                &plan_.versions, &plan_.segments})
        if (rows->query.table != nullptr) line(rows->query.table->name).changes = rows->changes;
    PublishedWorkspace& workspace = result_.workspace;
    workspace.sources_new = plan_.count(SourceState::created);
    workspace.sources_changed = plan_.count(SourceState::changed);
    workspace.sources_appended = plan_.count(SourceState::appended);
    workspace.sources_removed = plan_.count(SourceState::removed);
    workspace.sources_missing = plan_.count(SourceState::missing);
    workspace.sources_foreign = workspace.sources_missing + plan_.count(SourceState::unknown);
    workspace.is_changed = plan_.any() || ends_.is_new_schema;
}

/// Of an entity table: SQLite's rows, and those that only PostgreSQL may have.
void Publication::enter_totals(const RowPlan& plan) {
    if (plan.query.table->kind == Kind::bookkeeping) return;
    PublishedTable& table = line(plan.query.table->name);
    const TableTally kept = plan.changes.removed > 0 ? TableTally{} : plan.only_postgres;
    table.rows = plan.sqlite.rows + kept.rows;
    table.checksum = plan.sqlite.checksum;
    *table.checksum += kept.checksum;
}

PublishedTable& Publication::line(std::string_view table) {
    std::vector<PublishedTable>& lines = result_.workspace.tables;
    const auto at = std::ranges::find(lines, table, &PublishedTable::table);
    if (at != lines.end()) return *at;
    lines.push_back({.table = table, .changes = {}, .rows = {}, .checksum = {}});
    return lines.back();
}

void Publication::begin_step(std::string_view step, std::int64_t total_rows) {
    progress_ = {.step = step, .table = {}, .rows = 0, .total_rows = total_rows};
    options_.progress(progress_);
}

CountRows Publication::counter(std::string_view table) {
    progress_.table = table;
    return [this](std::int64_t rows) {
        options_.check_interrupt();
        progress_.rows += rows;
        options_.progress(progress_);
    };
}

}  // namespace ingot
