// SPDX-License-Identifier: MIT
#include "pipeline/report/restore_report.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace ingot {
namespace {

using document::Case;
using document::Document;
using document::Items;
using document::Mark;
using document::Section;
using Json = nlohmann::ordered_json;

void add_list(const char* id, const char* title, Mark mark, const std::vector<std::string>& lines,
              Document& out) {
    if (lines.empty()) return;
    Items list{.heads = {}, .items = {}, .is_checklist = true};
    for (const std::string& line : lines)
        list.items.push_back({.mark = mark, .label = "", .title = line});
    Section section{.id = id, .title = title};
    section.blocks.push_back({std::move(list)});
    out.sections.push_back(std::move(section));
}

std::string json_of(const RestoreReport& report) {
    Json tables = Json::array();
    for (const schema::BackupTable& each : report.info.tables)
        tables.push_back({{"table", each.hash.table}, {"rows", each.hash.rows}});
    const bool done = report.restored.has_value();
    const Json document{
        {"schema_version", 1},
        {"tool_version", INGOT_VERSION},
        {"command", "restore"},
        {"database", report.database},
        {"backup", {{"file", report.info.file}, {"time", report.info.time}, {"tables", tables}}},
        {"steps", report.plan.lines},
        {"losses", report.plan.losses},
        {"obstacles", report.plan.obstacles},
        {"restored", done},
        {"versions_no_longer_applied", report.versions},
        {"differences", done ? report.restored->differences : std::vector<std::string>{}},
        {"copy", done && !report.restored->copy.empty() ? Json(report.restored->copy) : Json()}};
    return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string title_of(const RestoreReport& report) {
    if (report.restored) return "Restored: rows and definitions are those of the backup";
    return report.plan.obstacles.empty() ? "What a restore would do" : "It cannot be restored";
}

}  // namespace

document::Document restore_document(const RestoreReport& report) {
    const bool possible = report.plan.obstacles.empty();
    const bool differs = report.restored && !report.restored->differences.empty();
    Document out{.verdict = !possible ? Mark::bad
                            : differs ? Mark::warn
                                      : Mark::ok,
                 .title = title_of(report),
                 .command = "schema restore",
                 .subject = report.info.file + " to " + report.database,
                 .json = json_of(report)};
    out.facts = {{"Database", document::code(report.database)},
                 {"Backup", document::code(report.info.file)},
                 {"Made", document::words(report.info.time)}};
    if (report.restored && !report.restored->copy.empty())
        out.facts.push_back({"The state before", document::code(report.restored->copy)});
    add_list("obstacles", "Stands in the way", Mark::bad, report.plan.obstacles, out);
    add_list("losses", "Lost", Mark::warn, report.plan.losses, out);
    add_list("steps", "Steps", report.restored ? Mark::ok : Mark::none, report.plan.lines, out);
    if (differs)
        add_list("differences", "Different from the backup and left as it is", Mark::warn,
                 report.restored->differences, out);
    Case one{.suite = "schema restore", .name = "restore of " + report.info.file};
    if (!possible) {
        one.outcome = Case::Outcome::failed;
        one.message = fmt::format("{}", fmt::join(report.plan.obstacles, "; "));
    } else if (!report.restored) {
        one.outcome = Case::Outcome::skipped;
        one.message = "nothing was changed";
    }
    out.cases.push_back(std::move(one));
    return out;
}

}  // namespace ingot
