// SPDX-License-Identifier: MIT
#include "pipeline/publish_step.hpp"

#include "loaders/postgres_query.hpp"
#include "loaders/publish.hpp"
#include "loaders/reader.hpp"
#include "loaders/sqlite_query.hpp"
#include "pipeline/clock.hpp"
#include "pipeline/foreign_sources.hpp"
#include "pipeline/interrupt.hpp"
#include "pipeline/reading.hpp"
#include "pipeline/tables/tables.hpp"
#include "pipeline/validate.hpp"

#include <algorithm>

namespace ingot {
namespace {

CheckScope scope_of(const Report& report, const std::string& run_id) {
    return {.dialect = Dialect::postgres,
            .workspace_id = report.workspace_id,
            .now = now(),
            .run_id = run_id};
}

/// Runs the rules on what is about to be committed; an error rolls it back.
void check_before_commit(Report& report, const std::vector<std::string>& selected,
                         pqxx::transaction_base& transaction) {
    check_tables(report, Side::postgres, scope_of(report, report.run_id), checked_tables(selected),
                 {}, postgres_query(transaction));
    for (const TableLine& line : report.tables)
        for (const CheckResult& check : line.checks)
            if (check.name.starts_with("postgres.") && check.is_error && check.violations > 0)
                throw ValidationFailed("PostgreSQL was left as it was: " + check.name + " found " +
                                       std::to_string(check.violations) + " rows");
}

/// A dry run shows the rows that would be there; nothing is checked, since nothing is written.
void expect_rows(Report& report, const PublishedWorkspace& published, Pool& pool) {
    const bool is_there = holds_tables(pool);
    for (const PublishedTable& table : published.tables) {
        const auto line = std::ranges::find(report.tables, table.table, &TableLine::table);
        if (line == report.tables.end()) continue;
        DatabaseLine database{.rows = table.rows.value_or(0), .changes = {}, .checksum = {}};
        if (!table.rows && is_there)
            read_postgres(pool, [&](const RunQuery& query) {
                const auto count =
                    query("SELECT count(*) FROM " + std::string(table.table) +
                          " WHERE workspace_id = " + std::to_string(published.workspace_id));
                database.rows = std::stoll(count.at(0).at(0).value_or("0"));
            });
        if (!table.rows) database.rows += table.changes.inserted - table.changes.removed;
        if (table.table == "sources") database.rows -= published.sources_removed;
        line->postgres = database;
    }
}

void enter(const PublishedWorkspace& published, Report& report) {
    for (const PublishedTable& table : published.tables) {
        const auto line = std::ranges::find(report.tables, table.table, &TableLine::table);
        if (line == report.tables.end() || !line->postgres) continue;
        line->postgres->changes = table.changes;
        if (table.checksum) line->postgres->checksum = to_hex(*table.checksum);
    }
}

}  // namespace

void publish_step(const Options& options, SQLite::Database& store, Report& report) {
    Stopwatch watch;
    report.postgres_target = postgres_name(options);
    Pool pool(*options.postgres, options.pg_schema, options.pg_connections);
    Progress progress(options.quiet ? ProgressMode::none : options.progress, 0, 0);
    PublishOptions publishing{.tables = tables(),
                              .workspaces = {report.workspace_id},
                              .only_tables = options.tables,
                              .adopt = options.adopt,
                              .thorough = options.thorough,
                              .dry_run = options.dry_run,
                              .now = report.started_at};
    publishing.check_interrupt = check_interrupt;
    publishing.progress = [&](const PublishProgress& step) {
        progress.phase("publish: " + std::string(step.step) + " " + std::string(step.table));
    };
    bool checked = false;
    publishing.before_commit = [&](pqxx::transaction_base& transaction, std::int64_t) {
        for (TableLine& line : report.tables)  // a retry after a lost connection begins anew
            std::erase_if(line.checks, [](const CheckResult& check) {
                return check.name.starts_with("postgres.");
            });
        check_before_commit(report, options.tables, transaction);
        checked = true;
    };
    const PublishResult result = publish(store, pool, publishing);
    for (const std::string& title : result.ddl)
        report.schema_changes.push_back("PostgreSQL: " + title);
    if (options.dry_run) {
        expect_rows(report, result.workspaces.at(0), pool);
    } else if (!checked) {
        read_postgres(pool, [&](const RunQuery& query) {
            check_tables(report, Side::postgres, scope_of(report, "none"),
                         checked_tables(options.tables), {}, query);
        });
    }
    for (const PublishedWorkspace& published : result.workspaces) enter(published, report);
    if (!options.dry_run && result.workspaces.at(0).sources_foreign > 0)
        read_postgres(pool, [&](const RunQuery& query) {
            note_foreign_sources(report, sqlite_query(store), query);
        });
    report.timings.postgres = watch.lap();
}

}  // namespace ingot
