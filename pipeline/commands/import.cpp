// SPDX-License-Identifier: MIT
#include "pipeline/import.hpp"
#include "pipeline/commands/commands.hpp"
#include "pipeline/commands/print.hpp"
#include "pipeline/migrate_core.hpp"
#include "pipeline/model/errors.hpp"
#include "pipeline/report_files.hpp"

namespace ingot {
namespace {

std::vector<Workspace> workspaces_of(const Options& options) {
    if (!options.all) {
        if (options.names.size() > 1) throw UsageError("import takes one --workspace");
        return {find_workspace(options.workspace, options.names.empty() ? "" : options.names[0])};
    }
    if (options.workspace || !options.names.empty())
        throw UsageError(
            "--all takes every workspace below its directory: leave WORKSPACE and --workspace out");
    return find_workspaces(*options.all);
}

int run(const Options& options) {
    const std::vector<Workspace> workspaces = workspaces_of(options);
    require_report_files(options, workspaces);
    bring_up_to_date(options);
    std::vector<Report> reports;
    for (const Workspace& workspace : workspaces)
        reports.push_back(import_workspace(options, workspace));
    return print_reports(options, reports, options.all.has_value());
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
            "  ingot import -n --postgres ''                 what it would do, and a fingerprint\n"
            "  ingot import --only log --only 'config/**'    a part of the sources\n"
            "  ingot import --all ~/src --json               every workspace below\n"
            "  ingot import --report r.html --report r.xml   with a page and JUnit\n",
        .options = {workspace_argument, all_option, name_option, sqlite_option, postgres_options,
                    source_selection, dry_run_options, import_options, adopt_option,
                    performance_options, output_options, report_files},
        .run = run};
}

}  // namespace ingot
