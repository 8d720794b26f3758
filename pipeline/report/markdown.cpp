// SPDX-License-Identifier: MIT
#include "pipeline/report/figures.hpp"
#include "pipeline/report/markdown_text.hpp"
#include "pipeline/report/renderers.hpp"
#include "pipeline/report/totals.hpp"

#include <fmt/format.h>

namespace ingot {
namespace {

using markdown::Cells;
using markdown::code;
using markdown::row;
using markdown::table;

std::string facts(const Report& report) {
    std::string rows;
    const auto fact = [&](const char* name, const std::string& value) {
        if (!value.empty()) rows += row({name, value});
    };
    fact("Workspace", code(report.workspace_name));
    fact("Path", code(report.workspace_path));
    fact("SQLite", code(report.sqlite_path));
    fact("PostgreSQL", code(report.postgres_target));
    fact("Started", format_time(report.started_at));
    fact("Took", duration_text(report.seconds));
    fact("Run", code(report.run_id));
    fact("Plan", code(report.fingerprint));
    fact("Error", code(report.error));
    for (const std::string& note : report.notes) fact("Note", code(note));
    return table({"", ""}, "ll", rows);
}

std::string account(const Report& report) {
    if (report.files.seen == 0) return "";
    const ByteCounts& b = report.bytes;
    return table(
        {"sources", "bytes", "in rows", "rejected", "blank", "pending", "unaccounted for"},
        "rrrrrrr",
        row({grouped(report.files.seen), grouped(b.seen), grouped(b.in_rows), grouped(b.rejected),
             grouped(b.blank), grouped(b.pending), grouped(b.unaccounted())}));
}

std::string changes_of(const TableLine& line) {
    const std::optional<DatabaseLine>& database = line.sqlite ? line.sqlite : line.postgres;
    if (!database || !database->changes.any()) return "";
    const ChangeCounts& c = database->changes;
    return fmt::format("+{} ~{} -{}", grouped(c.inserted), grouped(c.updated), grouped(c.removed));
}

std::string tables(const Report& report) {
    std::string rows;
    const auto count = [](const std::optional<DatabaseLine>& line) {
        return line ? grouped(line->rows) : std::string("–");
    };
    for (const TableLine& line : report.tables)
        rows += row({code(line.table), grouped(line.source_rows), grouped(line.rejected),
                     count(line.sqlite), count(line.postgres), line.ok ? "ok" : "**broken**",
                     std::to_string(line.checks.size()), changes_of(line)});
    return table({"table", "rows in", "rejected", "SQLite", "PostgreSQL", "", "rules", "changes"},
                 "lrrrrlrl", rows);
}

std::string violations(const Report& report) {
    std::string rows;
    for (const TableLine& line : report.tables)
        for (const CheckResult& check : line.checks) {
            if (check.violations == 0) continue;
            Cells examples;
            for (const std::string& example : check.examples) examples.push_back(code(example));
            rows +=
                row({code(check.name), check.is_error ? "**error**" : "warning",
                     grouped(check.violations), fmt::format("{}", fmt::join(examples, "<br>"))});
        }
    return table({"rule", "severity", "rows", "examples"}, "llrl", rows);
}

std::string quarantine(const Report& report) {
    std::string rows;
    for (const RejectLine& line : report.rejects) {
        if (line.count == 0) continue;
        Cells places;
        for (const RejectExample& example : line.examples)
            places.push_back(code(example.path) + " at byte " + grouped(example.offset) + ": " +
                             code(example.excerpt));
        rows += row(
            {code(line.reason), grouped(line.count), fmt::format("{}", fmt::join(places, "<br>"))});
    }
    return table({"reason", "records", "examples"}, "lrl", rows);
}

std::string part(const std::string& title, const std::string& body, const std::string& level) {
    return body.empty() ? "" : level + " " + title + "\n\n" + body;
}

/// `level`: the headings' number signs.
std::string sections(const Report& report, const std::string& level) {
    return facts(report) + part("Bytes", account(report), level) +
           part("Tables", tables(report), level) +
           part("Broken rules and warnings", violations(report), level) +
           part("Quarantine", quarantine(report), level);
}

std::string list(std::span<const Report> reports) {
    std::string lines;
    std::string details;
    const auto count = [](const std::optional<std::int64_t>& rows) {
        return rows ? grouped(*rows) : std::string("–");
    };
    for (const Report& report : reports) {
        const Totals totals = totals_of(report);
        const std::string verdict = verdict_of(report).text;
        lines += row({code(report.workspace_name), report.ok() ? verdict : "**" + verdict + "**",
                      grouped(report.files.seen), count(totals.sqlite_rows),
                      count(totals.postgres_rows), grouped(totals.rejected)});
        details +=
            "## " + verdict + ": " + code(report.workspace_name) + "\n\n" + sections(report, "###");
    }
    return table({"workspace", "", "sources", "SQLite", "PostgreSQL", "rejected"}, "llrrrr",
                 lines) +
           details;
}

}  // namespace

std::string render_markdown(const ReportSet& set) {
    if (set.is_list) return "# " + verdict_of(set.reports).text + "\n\n" + list(set.reports);
    const Report& report = set.reports.front();
    return fmt::format("# {}: {}\n\n", verdict_of(report).text, report.mode) +
           sections(report, "##");
}

}  // namespace ingot
