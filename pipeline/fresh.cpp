// SPDX-License-Identifier: MIT
#include "pipeline/fresh.hpp"

#include "loaders/ledger.hpp"
#include "pipeline/clock.hpp"
#include "pipeline/replay.hpp"
#include "pipeline/settings.hpp"
#include "pipeline/tables/tables.hpp"

#include <algorithm>

namespace ingot {
namespace {

RunInfo scratch_run(const Workspace& workspace) {
    return {.workspace_id = workspace.id,
            .workspace_name = workspace.name,
            .host = workspace.host,
            .path = workspace.path,
            .run_id = "fresh",
            .mode = "validate",
            .tool_version = INGOT_VERSION,
            .options = "{}",
            .started_at = now()};
}

}  // namespace

FreshExtraction::FreshExtraction(const Options& options, const Workspace& workspace, Reader& reader,
                                 const std::optional<std::set<std::int64_t>>& only)
    : path_((scratch_.path() / "fresh.db").string()) {
    const Ledger ledger = read_ledger(reader, workspace.id);
    const std::set<std::int64_t> unchanged = unchanged_files(workspace, ledger);
    Replay replay(reader, workspace.id, workspace.root);
    for (const auto& [id, row] : ledger.sources) {
        if (only && !only->contains(id)) continue;
        const bool has_content =
            row.status == "loaded" || row.status == "unmapped" || row.status == "companion";
        if (row.status == "unreadable") is_whole_ = false;
        if (!has_content) continue;
        const bool in_workspace = unchanged.contains(id);
        from_archive_ += in_workspace ? 0 : 1;
        replay.add(
            {.as = as_archived(row),
             .extractor = std::string(row.extractor.value_or("")),
             .settings = row.status == "loaded" ? std::string(row.settings.value_or("")) : "",
             .old = nullptr,
             .restore = {},
             .in_workspace = in_workspace});
    }
    replay.prepare();
    unavailable_ = replay.unavailable();
    is_whole_ = is_whole_ && unavailable_.empty() && !only;

    Store store({.path = path_, .tables = tables()});
    store.begin_run(scratch_run(workspace));
    for (const Replay::Group& group : replay.groups()) {
        SourceLoader loader(group.plan, store, {.started_at = now(), .settings = group.settings});
        extract(group.plan, group.root, settings_from(group.settings),
                {.threads = options.threads, .memory = options.memory},
                [&](PieceResult piece) { loader.take(std::move(piece)); });
        for (const SourcePlan& source : group.plan.sources)
            extracted_.insert(source.source.source_id);
    }
    store.fold();
    store.finish_run();
}

}  // namespace ingot
