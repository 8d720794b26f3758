// SPDX-License-Identifier: MIT
#include "pipeline/commands/print.hpp"

#include "pipeline/report/failure_report.hpp"
#include "pipeline/report/printable.hpp"
#include "pipeline/report_files.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

namespace ingot {
namespace {

void print_sources(const Report& report) {
    for (const SourceLine& source : report.sources)
        fmt::print("{:<10} {:<12} {:<12} {:>12} bytes {:>9} rows {:>6} rejects  {}\n",
                   source.status, source.change, source.extractor.value_or("-"), source.bytes,
                   source.rows, source.rejects, printable(source.path));
}

}  // namespace

Exit show_reports(const Options& options, const std::vector<Report>& reports, bool as_list) {
    if (options.json) {
        fmt::print("{}", as_list ? json_reports(reports) : json_report(reports.at(0)));
    } else {
        for (const Report& report : reports) {
            if (options.verbose) print_sources(report);
            if (!options.quiet) fmt::print("{}{}", text_report(report), as_list ? "\n" : "");
        }
    }
    for (const Report& report : reports)
        if (!report.error.empty() && (options.json || options.quiet))
            fmt::print(stderr, "ingot: {}\n", printable_lines(report.error));
    if (as_list && !options.json && !options.quiet) {
        std::size_t bad = 0;
        for (const Report& report : reports) bad += report.ok() ? 0 : 1;
        fmt::print("{} workspaces, {} with problems\n", reports.size(), bad);
    }
    return write_reports(options, {reports, as_list});
}

int print_reports(const Options& options, const std::vector<Report>& reports, bool as_list) {
    Exit exit = show_reports(options, reports, as_list);
    for (const Report& report : reports) exit = gravest(exit, report.exit);
    return static_cast<int>(exit);
}

void print_error_document(const RunError& error) {
    std::fputs(failure_json(error).c_str(), stdout);
}

void require_written_output() {
    if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return;
    throw RunError(Exit::failed,
                   std::string("cannot write to standard output: ") + std::strerror(errno));
}

}  // namespace ingot
