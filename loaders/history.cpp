// SPDX-License-Identifier: MIT
#include "loaders/history.hpp"

#include "loaders/narrow_tables.hpp"

#include "pipeline/model/bookkeeping.hpp"

namespace ingot {
namespace {

StoredRun run_of(std::span<const Value> row) {
    std::vector<Value> cells(row.begin(), row.end());
    cells.emplace_back();  // no report
    const auto run = from_cells<ImportRun>(cells);
    return {.run_id = std::string(run.run_id),
            .mode = std::string(run.mode),
            .status = std::string(run.status),
            .started_at = run.started_at,
            .finished_at = run.finished_at,
            .options = std::string(run.options.text),
            .files_seen = run.files_seen,
            .bytes_seen = run.bytes_seen,
            .rows_loaded = run.rows_loaded,
            .rows_rejected = run.rows_rejected};
}

}  // namespace

std::vector<StoredRun> stored_runs(Reader& reader, std::int64_t workspace_id) {
    std::vector<StoredRun> runs;
    reader.rows(runs_without_report(), in_workspace(workspace_id) + " ORDER BY run_id",
                [&](std::span<const Value> row) { runs.push_back(run_of(row)); });
    return runs;
}

std::vector<StoredRun> runs_to_undo(const std::vector<StoredRun>& runs) {
    std::vector<StoredRun> chosen;
    for (auto run = runs.rbegin(); run != runs.rend(); ++run) {
        const bool is_first = chosen.empty();
        if (is_first && run->status != "completed") continue;
        if (!is_first && run->status != "interrupted") break;
        chosen.push_back(*run);
    }
    return chosen;
}

std::map<std::int64_t, std::string> first_runs(Reader& reader, std::int64_t workspace_id) {
    std::map<std::int64_t, std::string> first;
    reader.rows(table_of<SourceVersion>(), in_workspace(workspace_id) + " ORDER BY run_id",
                [&](std::span<const Value> row) {
                    const auto version = from_cells<SourceVersion>(row);
                    first.emplace(version.source_id, version.run_id);
                });
    return first;
}

}  // namespace ingot
