// SPDX-License-Identifier: MIT
#include "pipeline/report/figures.hpp"
#include "pipeline/report/junit_text.hpp"
#include "pipeline/report/renderers.hpp"
#include "pipeline/report/totals.hpp"

#include <fmt/format.h>

namespace ingot {
namespace {

using junit::element;
using junit::property;
using junit::seconds_of;
using junit::Suite;
using junit::xml;

std::string example_lines(const std::vector<std::string>& examples) {
    std::string out;
    for (const std::string& example : examples) out += xml(example) + "\n";
    return out;
}

void add_check(Suite& suite, const TableLine& table, const CheckResult& check) {
    std::string content;
    const std::string found = counted(check.violations, "row");
    if (check.violations > 0 && check.is_error) {
        ++suite.failures;
        content = element("failure", check.name + ": " + found, example_lines(check.examples));
    } else if (check.violations > 0) {
        content = "      <system-out>warning: " + found + "\n" + example_lines(check.examples) +
                  "</system-out>\n";
    }
    suite.add(table.table, check.name, content);
}

/// A table is whole when none of its rules of severity error is broken; its numbers stand beside it.
void add_table(Suite& suite, const TableLine& table) {
    for (const CheckResult& check : table.checks) add_check(suite, table, check);
    const auto rows = [](const std::optional<DatabaseLine>& line) {
        return line ? std::to_string(line->rows) : "-";
    };
    if (!table.checks.empty()) return;
    const std::string numbers =
        fmt::format("rows in {}, SQLite {}, PostgreSQL {}", table.source_rows, rows(table.sqlite),
                    rows(table.postgres));
    if (!table.ok) ++suite.failures;
    suite.add(table.table, table.table, table.ok ? "" : element("failure", numbers, ""));
}

void add_run(Suite& suite, const Report& report) {
    const bool ended = ran_to_its_end(report);
    if (!ended) ++suite.errors;
    suite.add("run", report.mode,
              ended ? ""
                    : element("error", fmt::format("exit code {}", static_cast<int>(report.exit)),
                              xml(report.error)));
    if (report.files.seen == 0) return;
    const std::int64_t lost = report.bytes.unaccounted();
    if (lost != 0) ++suite.failures;
    suite.add("run", "every byte accounted for",
              lost == 0 ? "" : element("failure", counted(lost, "byte") + " unaccounted for", ""));
}

/// What --strict and --exit-code ask for is neither a rule nor an error of the run.
void add_demands(Suite& suite, const Report& report) {
    if (report.exit != Exit::quarantined && report.exit != Exit::pending) return;
    ++suite.failures;
    suite.add("run", report.exit == Exit::pending ? "nothing pending" : "nothing quarantined",
              element("failure", verdict_of(report).text, xml(report.error)));
}

std::string properties(const Report& report) {
    const Totals totals = totals_of(report);
    std::string out = property("path", report.workspace_path) +
                      property("exit_code", std::to_string(static_cast<int>(report.exit))) +
                      property("files", std::to_string(report.files.seen)) +
                      property("bytes", std::to_string(report.bytes.seen)) +
                      property("rejected", std::to_string(totals.rejected));
    for (const RejectLine& line : report.rejects)
        if (line.count > 0)
            out += property(("rejected." + line.reason).c_str(), std::to_string(line.count));
    return "    <properties>\n" + out + "    </properties>\n";
}

Suite suite_of(const Report& report) {
    Suite suite;
    add_run(suite, report);
    add_demands(suite, report);
    for (const TableLine& table : report.tables) add_table(suite, table);
    return suite;
}

std::string suite_text(const Report& report, const Suite& suite) {
    return fmt::format("  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"{}\" "
                       "skipped=\"0\" time=\"{:.3f}\" timestamp=\"{}\" hostname=\"{}\">\n{}{}  "
                       "</testsuite>\n",
                       xml(report.workspace_name), suite.tests, suite.failures, suite.errors,
                       report.seconds, seconds_of(report.started_at), xml(report.host),
                       properties(report), suite.cases);
}

}  // namespace

std::string render_junit(const ReportSet& set) {
    Suite sum;
    double seconds = 0;
    for (const Report& report : set.reports) {
        const Suite suite = suite_of(report);
        sum.tests += suite.tests;
        sum.failures += suite.failures;
        sum.errors += suite.errors;
        sum.cases += suite_text(report, suite);
        seconds += report.seconds;
    }
    return fmt::format("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"ingot\" "
                       "tests=\"{}\" failures=\"{}\" errors=\"{}\" time=\"{:.3f}\">\n{}"
                       "</testsuites>\n",
                       sum.tests, sum.failures, sum.errors, seconds, sum.cases);
}

}  // namespace ingot
