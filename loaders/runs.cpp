// SPDX-License-Identifier: MIT
#include "loaders/runs.hpp"

#include "loaders/database.hpp"
#include "loaders/history.hpp"

#include "pipeline/model/time.hpp"

#include <algorithm>
#include <tuple>

#include <SQLiteCpp/SQLiteCpp.h>
#include <boost/filesystem.hpp>

namespace ingot {
std::vector<RunSummary> run_summaries(Reader& reader) {
    std::vector<RunSummary> runs;
    for (const StoredWorkspace& workspace : reader.workspaces())
        for (const StoredRun& run : stored_runs(reader, workspace.id)) {
            runs.push_back({.run_id = run.run_id,
                            .workspace = workspace.name,
                            .started_at = format_time(run.started_at),
                            .finished_at = {},
                            .mode = run.mode,
                            .status = run.status,
                            .files = run.files_seen,
                            .bytes = run.bytes_seen,
                            .rows = run.rows_loaded,
                            .rejected = run.rows_rejected});
            if (run.finished_at) runs.back().finished_at = format_time(*run.finished_at);
        }
    std::ranges::sort(runs, {},
                      [](const RunSummary& run) { return std::tie(run.started_at, run.run_id); });
    return runs;
}

StoredReport stored_report(Reader& reader, const std::string& run_id) {
    const std::string report = reader.dialect() == Dialect::sqlite ? "report" : "report::text";
    const auto rows =
        reader.query()("SELECT " + report + " FROM import_runs WHERE run_id = " + sql_text(run_id));
    if (rows.empty()) return {};
    return {.run_exists = true, .json = rows[0][0]};
}

bool keep_report(const std::string& path, std::int64_t workspace_id, const std::string& run_id,
                 const std::string& json) {
    if (!boost::filesystem::exists(path)) return false;
    const auto db = open_database(path);
    SQLite::Statement keep(
        *db, "UPDATE import_runs SET report = ?3 WHERE workspace_id = ?1 AND run_id = ?2");
    keep.bind(1, workspace_id);
    keep.bind(2, run_id);
    keep.bind(3, json);
    return keep.exec() == 1;
}

}  // namespace ingot
