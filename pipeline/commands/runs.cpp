// SPDX-License-Identifier: MIT
#include "loaders/runs.hpp"
#include "pipeline/commands/commands.hpp"
#include "pipeline/model/errors.hpp"
#include "pipeline/reading.hpp"
#include "pipeline/report/figures.hpp"
#include "pipeline/report/printable.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace ingot {
namespace {

using JsonDocument = nlohmann::ordered_json;

void print_json(const std::vector<RunSummary>& runs) {
    JsonDocument list = JsonDocument::array();
    for (const RunSummary& run : runs)
        list.push_back({{"run_id", run.run_id},
                        {"workspace", run.workspace},
                        {"started_at", run.started_at},
                        {"finished_at",
                         run.finished_at ? JsonDocument(*run.finished_at) : JsonDocument(nullptr)},
                        {"mode", run.mode},
                        {"status", run.status},
                        {"files", run.files},
                        {"bytes", run.bytes},
                        {"rows_loaded", run.rows},
                        {"rows_rejected", run.rejected}});
    const JsonDocument document{{"schema_version", 1}, {"runs", list}};
    fmt::print("{}\n", document.dump(2, ' ', false, JsonDocument::error_handler_t::replace));
}

/// The workspace is said only where there are several.
void print_table(const std::vector<RunSummary>& runs) {
    const bool several = std::ranges::any_of(
        runs, [&](const RunSummary& run) { return run.workspace != runs.front().workspace; });
    fmt::print("{:<32}  {:<19}  {:<8} {:<11} {:>9} {:>15} {:>12} {:>9}{}\n", "run", "started (UTC)",
               "mode", "status", "files", "bytes", "rows loaded", "rejected",
               several ? "  workspace" : "");
    for (const RunSummary& run : runs) {
        std::string started = run.started_at.substr(0, 19);
        std::ranges::replace(started, 'T', ' ');
        fmt::print("{:<32}  {:<19}  {:<8} {:<11} {:>9} {:>15} {:>12} {:>9}{}\n",
                   printable(run.run_id), printable(started), printable(run.mode),
                   printable(run.status), grouped(run.files), grouped(run.bytes), grouped(run.rows),
                   grouped(run.rejected), several ? "  " + printable(run.workspace) : "");
    }
}

/// Those of the workspaces that were named.
std::vector<RunSummary> chosen_runs(ReadTarget& target, const Options& options) {
    std::vector<RunSummary> runs = run_summaries(target.reader());
    if (options.names.empty()) return runs;
    const std::vector<StoredWorkspace> known = target.reader().workspaces();
    for (const std::string& name : options.names)
        if (std::ranges::find(known, name, &StoredWorkspace::name) == known.end())
            throw UsageError(target.name() + " has no workspace " + name +
                             "; `ingot workspaces` lists them");
    std::erase_if(runs, [&](const RunSummary& run) {
        return std::ranges::find(options.names, run.workspace) == options.names.end();
    });
    return runs;
}

int run(const Options& options) {
    ReadTarget target(options);
    const std::vector<RunSummary> runs = chosen_runs(target, options);
    if (options.json) {
        print_json(runs);
    } else if (!options.quiet && runs.empty()) {
        fmt::print("{} holds no run\n", printable(target.name()));
    } else if (!options.quiet) {
        print_table(runs);
    }
    return 0;
}

}  // namespace

Command runs_command() {
    return {.name = "runs",
            .says = "List the import runs that changed something, newest last",
            .example = "Examples:\n"
                       "  ingot runs                          of ingot.db\n"
                       "  ingot runs --postgres '' --json     of PostgreSQL\n",
            .options = {name_option, sqlite_option, postgres_options, output_options},
            .run = run};
}

}  // namespace ingot
