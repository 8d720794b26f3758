// SPDX-License-Identifier: MIT
#include "pipeline/report_frame.hpp"

#include "pipeline/clock.hpp"

#include <stdexcept>

namespace ingot {

Report report_of(const Workspace& workspace, const std::string& mode, const Options& options) {
    Report report;
    report.mode = mode;
    report.started_at = now();
    report.workspace_id = workspace.id;
    report.workspace_name = workspace.name;
    report.workspace_path = workspace.path;
    report.host = workspace.host;
    report.sqlite_path = options.sqlite;
    return report;
}

Report finished(Report& report, const std::function<void()>& work) {
    Stopwatch watch;
    try {
        work();
    } catch (const RunError& error) {
        report.exit = gravest(report.exit, error.exit);
        report.error = error.what();
    } catch (const std::runtime_error& error) {  // what SQLite, Boost and the system say
        report.exit = gravest(report.exit, Exit::failed);
        report.error = error.what();
    }
    report.seconds = watch.lap();
    report.peak_rss_bytes = peak_rss();
    return std::move(report);
}

}  // namespace ingot
