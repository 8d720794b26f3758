// SPDX-License-Identifier: MIT
#include "pipeline/clock.hpp"
#include "pipeline/commands/commands.hpp"
#include "pipeline/commands/print.hpp"
#include "pipeline/database.hpp"
#include "pipeline/report_files.hpp"
#include "pipeline/report_frame.hpp"
#include "pipeline/validate_workspace.hpp"

#include <algorithm>

namespace ingot {
namespace {

/// The workspaces that the database holds.
std::vector<std::int64_t> held_workspaces(const Options& options, SQLite::Database* db) {
    std::vector<std::int64_t> ids;
    for (const Workspace& workspace :
         db == nullptr ? published_workspaces(options) : chosen_workspaces(*db, options))
        ids.push_back(workspace.id);
    return ids;
}

Report not_imported(const Options& options, const Workspace& workspace) {
    Report report = report_of(workspace, "validate", options);
    return finished(report, [&] {
        throw RunError(Exit::failed,
                       "the database does not hold " + workspace.name + "; import it first");
    });
}

std::vector<Workspace> workspaces_of(const Options& options, SQLite::Database* db) {
    if (options.all) {
        if (options.workspace || !options.names.empty())
            throw UsageError("--all takes every workspace below its directory: leave WORKSPACE and "
                             "--workspace out");
        return find_workspaces(*options.all);
    }
    return db == nullptr ? published_workspaces(options) : workspaces_to_validate(*db, options);
}

/// With --all each workspace is compared with its files, as if it were the one that was named.
Options options_for(const Options& options, const Workspace& workspace) {
    Options own = options;
    if (options.all) own.workspace = workspace.path;
    return own;
}

int run(const Options& options) {
    const bool with_sqlite = options.sqlite_given || !options.postgres;
    const auto db = with_sqlite ? open_database(options.sqlite) : nullptr;
    const std::vector<Workspace> workspaces = workspaces_of(options, db.get());
    require_report_files(options, workspaces);
    std::vector<std::int64_t> held;
    if (options.all) held = held_workspaces(options, db.get());
    std::vector<Report> reports;
    for (const Workspace& workspace : workspaces) {
        if (options.all && std::ranges::find(held, workspace.id) == held.end()) {
            reports.push_back(not_imported(options, workspace));
        } else {
            reports.push_back(
                validate_workspace(options_for(options, workspace), db.get(), workspace));
        }
    }
    return print_reports(options, reports, options.all || reports.size() != 1);
}

}  // namespace

Command validate_command() {
    return {.name = "validate",
            .says = "Per-table integrity: files, SQLite, PostgreSQL, whichever are named",
            .example =
                "Examples:\n"
                "  ingot validate                                     the SQLite file alone\n"
                "  ingot validate . --sqlite a.db --postgres ''       all three sides\n"
                "  ingot validate --deep                              extract everything again\n"
                "  ingot validate --postgres postgres://h/d --table messages\n"
                "  ingot validate --all ~/src --report r.html         every workspace below\n",
            .options = {workspace_argument, all_option, name_option, sqlite_option,
                        postgres_options, table_selection, deep_option, performance_options,
                        output_options, report_files},
            .run = run};
}

}  // namespace ingot
