// SPDX-License-Identifier: MIT
#include "pipeline/clock.hpp"
#include "pipeline/commands/commands.hpp"
#include "pipeline/commands/print.hpp"
#include "pipeline/database.hpp"
#include "pipeline/validate_workspace.hpp"

namespace ingot {
namespace {

int run(const Options& options) {
    std::vector<Report> reports;
    const bool with_sqlite = options.sqlite_given || !options.postgres;
    if (with_sqlite) {
        const auto db = open_database(options.sqlite);
        for (const Workspace& workspace : workspaces_to_validate(*db, options))
            reports.push_back(validate_workspace(options, db.get(), workspace));
    } else {
        for (const Workspace& workspace : published_workspaces(options))
            reports.push_back(validate_workspace(options, nullptr, workspace));
    }
    return print_reports(options, reports, reports.size() != 1);
}

}  // namespace

Command validate_command() {
    return {.name = "validate",
            .says = "Per-table integrity: files, SQLite, PostgreSQL, whichever are named",
            .example =
                "Examples:\n"
                "  ingot validate                                     the SQLite file alone\n"
                "  ingot validate . --sqlite a.db --postgres ''       all three sides\n"
                "  ingot validate --deep                              extract everything again, "
                "compare\n"
                "  ingot validate --postgres postgres://h/d --table messages\n",
            .options = {workspace_argument, name_option, sqlite_option, postgres_options,
                        table_selection, deep_option, performance_options, output_options},
            .run = run};
}

}  // namespace ingot
