// SPDX-License-Identifier: MIT
#include "loaders/runs.hpp"

#include "loaders/database.hpp"

#include <charconv>

#include <SQLiteCpp/SQLiteCpp.h>
#include <boost/filesystem.hpp>

namespace ingot {
namespace {

std::int64_t number(const std::optional<std::string>& text) {
    std::int64_t value = 0;
    if (text) std::from_chars(text->data(), text->data() + text->size(), value);
    return value;
}

/// A time as canonical text: SQLite has it so.
std::string time_column(Dialect dialect, const std::string& column) {
    if (dialect == Dialect::sqlite) return "r." + column;
    return "to_char(r." + column + " AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')";
}

}  // namespace

std::vector<RunSummary> run_summaries(Reader& reader) {
    std::vector<RunSummary> runs;
    const Dialect dialect = reader.dialect();
    for (const auto& row : reader.query()(
             "SELECT r.run_id, w.name, " + time_column(dialect, "started_at") + ", " +
             time_column(dialect, "finished_at") +
             ", r.mode, r.status, r.files_seen, r.bytes_seen, r.rows_loaded, r.rows_rejected FROM "
             "import_runs r JOIN workspaces w ON w.workspace_id = r.workspace_id ORDER BY "
             "r.started_at, r.run_id"))
        runs.push_back({.run_id = row[0].value_or(""),
                        .workspace = row[1].value_or(""),
                        .started_at = row[2].value_or(""),
                        .finished_at = row[3],
                        .mode = row[4].value_or(""),
                        .status = row[5].value_or(""),
                        .files = number(row[6]),
                        .bytes = number(row[7]),
                        .rows = number(row[8]),
                        .rejected = number(row[9])});
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
    open_database(path);  // throws for one that is not ours
    SQLite::Database db(path, SQLite::OPEN_READWRITE, 10'000);
    SQLite::Statement keep(
        db, "UPDATE import_runs SET report = ?3 WHERE workspace_id = ?1 AND run_id = ?2");
    keep.bind(1, workspace_id);
    keep.bind(2, run_id);
    keep.bind(3, json);
    return keep.exec() == 1;
}

}  // namespace ingot
