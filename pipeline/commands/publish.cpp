// SPDX-License-Identifier: MIT
#include "pipeline/clock.hpp"
#include "pipeline/commands/commands.hpp"
#include "pipeline/commands/print.hpp"
#include "pipeline/database.hpp"
#include "pipeline/json_check.hpp"
#include "pipeline/migrate_core.hpp"
#include "pipeline/publish_step.hpp"
#include "pipeline/report_files.hpp"
#include "pipeline/report_frame.hpp"
#include "pipeline/validate.hpp"

#include "loaders/sqlite_query.hpp"

namespace ingot {
namespace {

Report publish_workspace(const Options& options, SQLite::Database& db, const Workspace& workspace) {
    Report report = report_of(workspace, "publish", options);
    return finished(report, [&] {
        const RunQuery query = sqlite_query(db);
        register_check_functions(db, {is_valid_json, options.sqlite + ".store"});
        check_tables(
            report, Side::sqlite,
            {.dialect = Dialect::sqlite, .workspace_id = workspace.id, .now = now(), .run_id = {}},
            checked_tables(options.tables), {}, query);
        judge(report);
        if (report.exit == Exit::invalid)
            throw ValidationFailed("the SQLite file is not valid; nothing was published");
        publish_step(options, db, report);
        judge(report);
    });
}

int run(const Options& given) {
    if (!given.postgres) throw UsageError("publish needs --postgres CONN");
    Options options = given;
    options.thorough = true;  // who asks for it wants to know
    bring_up_to_date(options);
    const auto db = open_database(options.sqlite);
    const std::vector<Workspace> workspaces = chosen_workspaces(*db, options);
    require_report_files(options, workspaces);
    std::vector<Report> reports;
    for (const Workspace& workspace : workspaces)
        reports.push_back(publish_workspace(options, *db, workspace));
    return print_reports(options, reports, reports.size() != 1);
}

}  // namespace

Command publish_command() {
    return {.name = "publish",
            .says = "SQLite -> PostgreSQL: only what differs, in one transaction with its checks",
            .example = "Examples:\n"
                       "  ingot publish --postgres postgres://localhost/agents\n"
                       "  ingot publish --sqlite old.db --postgres '' --adopt   from another "
                       "SQLite file than before\n",
            .options = {name_option, sqlite_option, postgres_options, table_selection, adopt_option,
                        output_options, report_files},
            .run = run};
}

}  // namespace ingot
