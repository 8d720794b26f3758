// SPDX-License-Identifier: MIT
#include "pipeline/reading.hpp"

#include "loaders/conninfo.hpp"
#include "loaders/history.hpp"
#include "pipeline/model/errors.hpp"

#include <algorithm>
#include <ranges>

namespace ingot {

ReadTarget::ReadTarget(const Options& options) {
    if (options.sqlite_given || !options.postgres) {
        name_ = options.sqlite;
        reader_ = read_sqlite(options.sqlite);
        return;
    }
    name_ = postgres_name(options);
    pool_.emplace(*options.postgres, options.pg_schema, options.pg_connections);
    reader_ = read_postgres(*pool_);
}

Workspace ReadTarget::workspace(const Options& options) {
    const std::vector<StoredWorkspace> all = reader_->workspaces();
    if (options.names.size() > 1) throw UsageError("this takes one --workspace");
    std::string known;
    for (const StoredWorkspace& stored : all) known += "\n  " + stored.name;
    if (options.names.empty()) {
        if (all.size() == 1) return workspace_of(all[0]);
        throw UsageError(
            name_ +
            (all.empty() ? " holds no workspace" : " holds several; choose one with --workspace:") +
            known);
    }
    const auto at = std::ranges::find(all, options.names[0], &StoredWorkspace::name);
    if (at == all.end())
        throw UsageError(name_ + " has no workspace " + options.names[0] + "; it holds:" + known);
    return workspace_of(*at);
}

std::string postgres_name(const Options& options) {
    try {
        return redacted(*options.postgres) + " schema=" + options.pg_schema;
    } catch (const BadConninfo& error) {
        throw UsageError(std::string("--postgres: ") + error.what());
    }
}

Pool postgres_pool(const Options& options) {
    return {*options.postgres, options.pg_schema, options.pg_connections};
}

Workspace workspace_of(const StoredWorkspace& stored) {
    Workspace workspace;
    workspace.root = stored.path;
    workspace.name = stored.name;
    workspace.host = stored.host;
    workspace.path = stored.path;
    workspace.id = stored.id;
    return workspace;
}

std::string find_run(Reader& reader, std::int64_t workspace_id, const std::string& beginning) {
    std::vector<std::string> found;
    std::string known;
    int shown = 0;
    const std::vector<StoredRun> runs = stored_runs(reader, workspace_id);
    for (const StoredRun& run : std::views::reverse(runs)) {
        if (run.status == "undone") continue;
        if (run.run_id.starts_with(beginning)) found.push_back(run.run_id);
        if (++shown <= 10) known += "\n  " + run.run_id;
    }
    if (found.size() == 1) return found[0];
    throw UsageError((found.empty() ? "the workspace has no run " : "several runs begin with ") +
                     beginning + "; its newest are:" + known);
}

}  // namespace ingot
