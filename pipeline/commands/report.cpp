// SPDX-License-Identifier: MIT
#include "loaders/runs.hpp"
#include "pipeline/commands/commands.hpp"
#include "pipeline/commands/print.hpp"
#include "pipeline/reading.hpp"
#include "pipeline/report_files.hpp"

#include <algorithm>

namespace ingot {
namespace {

Report read_report(ReadTarget& target, const std::string& run_id) {
    const StoredReport stored = stored_report(target.reader(), run_id);
    if (!stored.run_exists)
        throw UsageError(target.name() + " has no run " + run_id + "; `ingot runs` lists them");
    if (!stored.json)
        throw RunError(Exit::failed, "the run " + run_id +
                                         " has no report: it was ended before it was whole; "
                                         "`ingot validate` makes a new one");
    return parse_report(*stored.json);
}

/// The only run that begins so; anything else is taken as it is, and named when it is not found.
std::string whole_id(ReadTarget& target, const std::string& beginning) {
    std::vector<std::string> found;
    for (const RunSummary& run : run_summaries(target.reader()))
        if (run.run_id.starts_with(beginning)) found.push_back(run.run_id);
    return found.size() == 1 ? found[0] : beginning;
}

/// The run's exit code is in the report; this one is about showing it.
int run(const Options& options) {
    ReadTarget target(options);
    std::vector<Workspace> workspaces;
    for (const StoredWorkspace& stored : target.reader().workspaces())
        workspaces.push_back(workspace_of(stored));
    require_report_files(options, workspaces);
    return static_cast<int>(
        show_reports(options, {read_report(target, whole_id(target, options.run))}, false));
}

}  // namespace

Command report_command() {
    return {
        .name = "report",
        .says = "Render the stored report of a run again",
        .example = "Examples:\n"
                   "  ingot report 20260102T030405.000001Z-0a1b2c3d\n"
                   "  ingot report 20260102T030405.000001Z-0a1b2c3d --report run.html\n",
        .options = {run_argument, sqlite_option, postgres_options, output_options, report_files},
        .run = run};
}

}  // namespace ingot
