// SPDX-License-Identifier: MIT
#include "pipeline/report/figures.hpp"
#include "pipeline/report/printable.hpp"
#include "pipeline/report/report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace ingot {
namespace {

void add_part(std::string& out, std::int64_t count, std::string_view what) {
    if (count != 0) out += fmt::format("{}{} {}", out.empty() ? "" : ", ", grouped(count), what);
}

std::string file_line(const FileCounts& files) {
    std::string parts;
    add_part(parts, files.created, "new");
    add_part(parts, files.changed, "changed");
    add_part(parts, files.appended, "appended");
    add_part(parts, files.renamed, "renamed");
    add_part(parts, files.unchanged, "unchanged");
    add_part(parts, files.missing, "missing");
    add_part(parts, files.not_selected, "not selected");
    std::string kinds;
    add_part(kinds, files.unmapped, "unmapped");
    add_part(kinds, files.denied, "denied");
    add_part(kinds, files.link, "links");
    add_part(kinds, files.unreadable, "unreadable");
    return fmt::format("files    {} seen{}{}{}\n", grouped(files.seen), parts.empty() ? "" : ": ",
                       parts, kinds.empty() ? "" : " (" + kinds + ")");
}

std::string byte_line(const ByteCounts& bytes) {
    return fmt::format(
        "bytes    {} seen = {} in rows + {} rejected + {} blank + {} pending; {} unaccounted for\n",
        grouped(bytes.seen), grouped(bytes.in_rows), grouped(bytes.rejected), grouped(bytes.blank),
        grouped(bytes.pending), grouped(bytes.unaccounted()));
}

/// What the databases get, in a dry run; a real one has shown it by then.
std::string schema_line(const Report& report) {
    if (report.schema_changes.empty() || report.mode != "dry-run") return "";
    std::map<std::string, std::int64_t> kinds;  // "SQLite: CREATE TABLE" and how often
    for (const std::string& change : report.schema_changes)
        ++kinds[change.substr(0, change.find(' ', change.find("CREATE ") + 7))];
    std::string parts;
    for (const auto& [kind, count] : kinds)
        parts += fmt::format("{}{} {}", parts.empty() ? "" : ", ", count, printable(kind));
    return "schema   would run " + parts + " (--json lists them)\n";
}

/// Files that gave no rows are named: one that should have given some must not go unseen.
std::string unmapped_line(const Report& report) {
    constexpr std::size_t shown = 5;
    std::vector<std::string> paths;
    for (const SourceLine& source : report.sources)
        if (source.status == "unmapped") paths.push_back(printable(source.path));
    if (paths.empty()) return "";
    std::string out = fmt::format("unmapped {} (gives no rows)\n", paths[0]);
    for (std::size_t i = 1; i < std::min(paths.size(), shown); ++i)
        out += "         " + paths[i] + "\n";
    if (paths.size() > shown)
        out += fmt::format("         and {} more: -v lists them\n", paths.size() - shown);
    return out;
}

std::string rows_of(const std::optional<DatabaseLine>& line) {
    return line ? grouped(line->rows) : "-";
}

std::string changes_of(const TableLine& table) {
    const std::optional<DatabaseLine>& line = table.sqlite ? table.sqlite : table.postgres;
    if (!line || !line->changes.any()) return "";
    std::string out;
    for (const auto& [sign, count] : {std::pair{"+", line->changes.inserted},
                                      {"~", line->changes.updated},
                                      {"-", line->changes.removed}})
        if (count != 0) out += fmt::format("{}{}{}", out.empty() ? "" : " ", sign, grouped(count));
    return out;
}

bool is_worth_a_line(const TableLine& table) {
    return table.source_rows != 0 || table.rejected != 0 || !table.ok ||
           (table.sqlite && (table.sqlite->rows != 0 || table.sqlite->changes.any())) ||
           (table.postgres && (table.postgres->rows != 0 || table.postgres->changes.any()));
}

std::string table_lines(const Report& report) {
    std::string out = fmt::format("\n{:<20} {:>10} {:>9} {:>10} {:>11}  {:<4} {}\n", "table",
                                  "rows in", "rejected", "SQLite", "PostgreSQL", "ok", "changes");
    std::int64_t empty = 0;
    for (const TableLine& table : report.tables) {
        if (!is_worth_a_line(table)) {
            ++empty;
            continue;
        }
        std::string line =
            fmt::format("{:<20} {:>10} {:>9} {:>10} {:>11}  {:<4} {}", table.table,
                        grouped(table.source_rows), grouped(table.rejected), rows_of(table.sqlite),
                        rows_of(table.postgres), table.ok ? "yes" : "NO", changes_of(table));
        line.erase(line.find_last_not_of(' ') + 1);
        out += line + "\n";
    }
    if (empty > 0) out += fmt::format("{} more tables are empty\n", empty);
    return out;
}

std::string check_lines(const Report& report) {
    std::string out;
    for (const TableLine& table : report.tables)
        for (const CheckResult& check : table.checks) {
            if (check.violations == 0) continue;
            out += fmt::format("{:<8} {}: {}\n", check.is_error ? "ERROR" : "warning", check.name,
                               counted(check.violations, "row"));
            for (const std::string& example : check.examples)
                out += "           " + printable(example) + "\n";
        }
    return out.empty() ? "" : "\n" + out;
}

std::string reject_lines(const Report& report) {
    std::int64_t count = 0;
    for (const RejectLine& line : report.rejects) count += line.count;
    std::string out = fmt::format("\nrejected {}\n", counted(count, "record"));
    for (const RejectLine& line : report.rejects) {
        if (line.count == 0) continue;
        out += fmt::format("  {:<14} {:>8}", line.reason, grouped(line.count));
        if (!line.examples.empty())
            out += fmt::format("   {} at byte {}", printable(line.examples[0].path),
                               grouped(line.examples[0].offset));
        out += "\n";
    }
    return out;
}

std::string verdict(const Report& report) {
    switch (report.exit) {
        case Exit::done:
            return report.mode == "dry-run" ? "everything would be valid; nothing was written"
                                            : "everything valid";
        case Exit::invalid:
            return "NOT VALID: see the errors above. A damaged copy is made anew by importing into "
                   "a "
                   "new SQLite file\nand publishing that with --adopt";
        case Exit::quarantined:
            return "valid, but records were quarantined or files unreadable (--strict)";
        case Exit::pending:
            return report.error.empty() ? "changes are pending; nothing was written"
                                        : "REFUSED: " + printable_lines(report.error);
        default: return "FAILED: " + printable_lines(report.error);
    }
}

}  // namespace

std::string text_report(const Report& report) {
    std::string way = report.workspace_path;
    if (!report.sqlite_path.empty()) way += " -> " + report.sqlite_path;
    if (!report.postgres_target.empty()) way += " -> " + report.postgres_target;
    std::string out = fmt::format("{:<8} {}\n", report.mode, printable(way));
    if (!report.fingerprint.empty()) out += "plan     fingerprint " + report.fingerprint + "\n";
    out += schema_line(report);
    for (const std::string& note : report.notes) out += "note     " + printable(note) + "\n";
    const bool is_import = report.mode == "import" || report.mode == "dry-run";
    if (report.files.seen > 0 || (is_import && report.error.empty()))
        out += file_line(report.files) + byte_line(report.bytes) + unmapped_line(report);
    if (!report.tables.empty())
        out += table_lines(report) + check_lines(report) + reject_lines(report);
    const Timings& t = report.timings;
    out += fmt::format("\n{:.2f} s (scan {:.2f}, extract and store {:.2f}, fold {:.2f}, check "
                       "{:.2f}, publish {:.2f}), peak memory {} MiB\n",
                       report.seconds, t.scan, t.extract, t.sqlite, t.validate, t.postgres,
                       report.peak_rss_bytes >> 20);
    return out + verdict(report) + "\n";
}

Exit gravest(Exit a, Exit b) {
    static constexpr std::array order{Exit::unreachable, Exit::locked,  Exit::schema,
                                      Exit::failed,      Exit::invalid, Exit::quarantined,
                                      Exit::pending,     Exit::usage};
    for (const Exit exit : order)
        if (a == exit || b == exit) return exit;
    return Exit::done;
}

}  // namespace ingot
