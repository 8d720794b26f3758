// SPDX-License-Identifier: MIT
#include "pipeline/report/rename_report.hpp"

#include "pipeline/report/figures.hpp"
#include "pipeline/report/pack_text.hpp"
#include "pipeline/report/printable.hpp"

#include <fmt/format.h>

namespace ingot {
namespace {

using schema::rename::NewName;
using schema::rename::Plan;
using schema::rename::Scan;
using schema::rename::TablePlan;
using schema::rename::Use;

/// In the text; the JSON has all.
constexpr std::size_t kMostNames = 6;

std::string counted_of(std::size_t number, std::string_view noun) {
    return counted(static_cast<std::int64_t>(number), noun);
}

std::string duration(double milliseconds) { return duration_text(milliseconds / 1'000); }

std::string line(std::string_view key, const std::string& text) {
    return fmt::format("    {:<10}  {}\n", key, printable(text));
}

/// "3: a, b, c"; of many the first.
std::string list_line(std::string_view key, const std::vector<std::string>& names) {
    if (names.empty()) return {};
    std::string text;
    for (std::size_t i = 0; i < std::min(names.size(), kMostNames); ++i)
        text += (i == 0 ? "" : ", ") + names[i];
    if (names.size() > kMostNames)
        text += ", and " + std::to_string(names.size() - kMostNames) + " more";
    return line(key, std::to_string(names.size()) + ": " + text);
}

std::string lock_words(Dialect dialect) {
    return dialect == Dialect::sqlite ? "the whole file"
                                      : "AccessExclusive on the table; catalog only, no "
                                        "row is read or written";
}

std::string table_text(const Plan& plan, const TablePlan& table) {
    std::string text = printable(table.from) + " → " + printable(table.to) + "\n";
    const std::string size = table.bytes > 0 ? ", " + size_text(table.bytes) : "";
    text += line("rows", grouped(table.rows) + size + "; they stay where they are");
    text += line("lock", lock_words(plan.dialect) + ", about " + duration(table.expected_ms));
    for (const NewName& each : table.names) text += line(each.kind, each.from + " → " + each.to);
    text += list_line("keys out", table.keys_out);
    text += list_line("keys in", table.keys_in);
    text += list_line("views", table.views);
    text += list_line("triggers", table.triggers);
    text += list_line("routines", table.routines);
    for (const std::string& conflict : table.conflicts) text += line("conflict", conflict);
    for (const std::string& advice : table.advice) text += line("advice", advice);
    return text + "\n";
}

std::string scan_text(const Scan& scan) {
    std::string text;
    for (const Use& use : scan.uses)
        text += fmt::format("{}:{}: \"{}\"  {}\n", printable(use.file), use.line,
                            printable(use.table), printable(use.text));
    return text + fmt::format("SQL in source files: {} in {}; {} left out (binary, large or not to "
                              "be read)\n",
                              counted_of(scan.uses.size(), "use"), counted_of(scan.files, "file"),
                              grouped(static_cast<std::int64_t>(scan.left_out)));
}

}  // namespace

std::string rename_text(const RenameReport& report) {
    const Plan& plan = report.plan;
    std::string text;
    for (const TablePlan& table : plan.tables) text += table_text(plan, table);
    for (const std::string& left : plan.left) text += "stays: " + printable(left) + "\n";
    if (report.scan) text += scan_text(*report.scan);
    text +=
        fmt::format("{}, schema {}: {} to rename, {}, {}; about {} in one transaction, no disk\n",
                    printable(report.target.name()), printable(report.target.schema()),
                    counted_of(plan.tables.size(), "table"), counted(plan.rows, "row"),
                    counted_of(plan.conflicts(), "conflict"), duration(plan.expected_ms));
    return text + pack_text(report.pack);
}

}  // namespace ingot
