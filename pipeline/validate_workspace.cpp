// SPDX-License-Identifier: MIT
#include "pipeline/validate_workspace.hpp"

#include "loaders/ledger.hpp"
#include "loaders/postgres_query.hpp"
#include "loaders/schema_check.hpp"
#include "loaders/sqlite_query.hpp"
#include "pipeline/clock.hpp"
#include "pipeline/content_check.hpp"
#include "pipeline/database.hpp"
#include "pipeline/foreign_sources.hpp"
#include "pipeline/plan.hpp"
#include "pipeline/reading.hpp"
#include "pipeline/report_frame.hpp"
#include "pipeline/summary.hpp"
#include "pipeline/tables/tables.hpp"
#include "pipeline/validate.hpp"

#include <algorithm>

namespace ingot {
namespace {

CheckScope whole(const Workspace& workspace, Dialect dialect) {
    return {.dialect = dialect, .workspace_id = workspace.id, .now = now(), .run_id = {}};
}

/// The files against what was read of them: each that differs is a violation.
void check_files(SQLite::Database& db, const Workspace& workspace, Report& report) {
    const Ledger ledger = read_ledger(db, workspace.id);
    const Selection everything;
    const Plan plan = make_plan(scan(workspace.root), {.root = workspace.root,
                                                       .workspace_id = workspace.id,
                                                       .ledger = ledger,
                                                       .selection = everything});
    summarise_sources(report, plan, {});
    CheckResult check{"sources.as_imported", true, 0, {}};
    for (const SourcePlan& source : plan.sources) {
        if (source.change == Change::none) continue;
        ++check.violations;
        if (check.examples.size() < 5)
            check.examples.push_back(source.source.path + " is " +
                                     std::string(name_of(source.change)));
    }
    TableLine& line = line_of(report, "sources");
    line.source_rows = report.files.seen;
    line.checks.push_back(std::move(check));
    if (!line.sqlite)
        line.sqlite = DatabaseLine{.rows = static_cast<std::int64_t>(ledger.sources.size()),
                                   .changes = {},
                                   .checksum = {}};
}

/// The ledger differs between runs in what a copy need not have: times of reading, inodes.
std::vector<const Table*> compared(std::vector<const Table*> tables) {
    std::erase_if(tables, [](const Table* table) { return table->kind == Kind::bookkeeping; });
    return tables;
}

/// A database whose tables, indexes or views were changed is not what this program knows.
void require_schema(Reader& reader, const std::string& name) {
    const std::vector<std::string> differences = schema_differences(reader, tables());
    if (differences.empty()) return;
    std::string list;
    for (std::size_t i = 0; i < std::min<std::size_t>(differences.size(), 10); ++i)
        list += "\n  " + differences[i];
    throw RunError(Exit::schema,
                   "the schema of " + name + " drifted: " + std::to_string(differences.size()) +
                       " objects are not as Ingot made them; put them back, or import "
                       "into a new database:" +
                       list);
}

}  // namespace

std::vector<Workspace> workspaces_to_validate(SQLite::Database& db, const Options& options) {
    if (!options.workspace) return chosen_workspaces(db, options);
    if (options.names.size() > 1) throw UsageError("one WORKSPACE has one --workspace name");
    const Workspace given =
        find_workspace(options.workspace, options.names.empty() ? "" : options.names[0]);
    for (const StoredWorkspace& stored : stored_workspaces(db))
        if (stored.id == given.id) return {given};
    throw UsageError("the database does not hold " + given.name +
                     "; import it, or name it with --workspace");
}

std::vector<Workspace> published_workspaces(const Options& options) {
    postgres_name(options);  // refuses what is no connection text
    std::vector<Workspace> found;
    Pool pool = postgres_pool(options);
    for (const StoredWorkspace& stored : read_postgres(pool)->workspaces())
        if (options.names.empty() ||
            std::ranges::find(options.names, stored.name) != options.names.end())
            found.push_back(workspace_of(stored));
    if (found.empty()) throw UsageError("PostgreSQL holds no such workspace");
    return found;
}

Report validate_workspace(const Options& options, SQLite::Database* db,
                          const Workspace& workspace) {
    Report report = report_of(workspace, "validate", options);
    if (db == nullptr) report.sqlite_path.clear();
    return finished(report, [&] {
        Stopwatch watch;
        const std::vector<const Table*> tables = checked_tables(options.tables);
        std::optional<Pool> pool;
        if (options.postgres) {
            report.postgres_target = postgres_name(options);
            pool.emplace(*options.postgres, options.pg_schema, options.pg_connections);
        }
        if (db != nullptr) require_schema(*read_sqlite(options.sqlite), options.sqlite);
        if (pool) require_schema(*read_postgres(*pool), report.postgres_target);
        if (db != nullptr) {
            check_sqlite(report, options.sqlite, whole(workspace, Dialect::sqlite), tables, {});
            summarise_rejects(report, workspace.id, sqlite_query(*db));
            if (options.workspace) check_files(*db, workspace, report);
        }
        if (pool)
            read_postgres(*pool, [&](const RunQuery& query) {
                check_tables(report, Side::postgres, whole(workspace, Dialect::postgres), tables,
                             {}, query);
                if (db != nullptr) note_foreign_sources(report, sqlite_query(*db), query);
            });
        check_content(report, {.options = options,
                               .workspace = workspace,
                               .tables = compared(tables),
                               .postgres = pool ? &*pool : nullptr,
                               .with_sqlite = db != nullptr});
        report.timings.validate = watch.lap();
        judge(report);
    });
}

}  // namespace ingot
