// SPDX-License-Identifier: MIT
#include "pipeline/import.hpp"
#include "pipeline/commands/commands.hpp"
#include "pipeline/commands/print.hpp"
#include "pipeline/model/errors.hpp"

namespace ingot {
namespace {

int run(const Options& options) {
    std::vector<Report> reports;
    if (!options.all) {
        if (options.names.size() > 1) throw UsageError("import takes one --workspace");
        const std::string name = options.names.empty() ? "" : options.names[0];
        reports.push_back(import_workspace(options, find_workspace(options.workspace, name)));
        return print_reports(options, reports, false);
    }
    if (options.workspace || !options.names.empty())
        throw UsageError(
            "--all takes every workspace below its directory: leave WORKSPACE and --workspace out");
    for (const Workspace& workspace : find_workspaces(*options.all))
        reports.push_back(import_workspace(options, workspace));
    return print_reports(options, reports, true);
}

}  // namespace

Command import_command() {
    return {
        .name = "import",
        .says = "Files -> SQLite -> (with --postgres) PostgreSQL, then validation",
        .example =
            "Examples:\n"
            "  ingot import                                  the workspace here, into ingot.db\n"
            "  ingot import ~/proj --postgres postgres://h/d and on into PostgreSQL\n"
            "  ingot import --only log --only 'config/**'    a part of the sources\n"
            "  ingot import --all ~/src --json               every workspace below\n",
        .options = {workspace_argument, all_option, name_option, sqlite_option, postgres_options,
                    source_selection, dry_run_options, import_options, adopt_option,
                    performance_options, output_options},
        .run = run};
}

}  // namespace ingot
