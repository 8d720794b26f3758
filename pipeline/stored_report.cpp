// SPDX-License-Identifier: MIT
#include "pipeline/stored_report.hpp"

#include "loaders/publish.hpp"
#include "loaders/runs.hpp"

#include <stdexcept>

namespace ingot {
namespace {

void store(const Options& options, const Report& report) {
    const bool is_kept = keep_report(options.sqlite, report.workspace_id, report.run_id,
                                     stored_json(truncated(report)));
    const bool is_published = !report.postgres_target.empty() && report.error.empty();
    if (!is_kept || !is_published) return;
    Pool pool(*options.postgres, options.pg_schema, options.pg_connections);
    publish_runs(*open_database(options.sqlite), pool, report.workspace_id);
}

void note_failure(Report& report, Exit exit, const std::string& reason) {
    if (!report.error.empty()) return;  // what ended the run counts for more
    report.exit = gravest(report.exit, exit);
    report.error = "everything was loaded, but the report could not be stored: " + reason;
}

}  // namespace

void store_report(const Options& options, Report& report) {
    if (report.run_id.empty() || options.dry_run) return;
    try {
        store(options, report);
    } catch (const RunError& error) {
        note_failure(report, error.exit, error.what());
    } catch (const std::runtime_error& error) {  // what SQLite says
        note_failure(report, Exit::failed, error.what());
    }
}

}  // namespace ingot
