// SPDX-License-Identifier: MIT
#include "pipeline/report/figures.hpp"
#include "pipeline/report/finding_item.hpp"
#include "pipeline/report/rename_report.hpp"

#include <fmt/format.h>

namespace ingot {
namespace {

using document::Block;
using document::Case;
using document::Cell;
using document::Document;
using document::Grid;
using document::Item;
using document::Items;
using document::Mark;
using document::Paragraph;
using document::Section;
using schema::rename::TablePlan;

void add_lines(Grid& grid, const std::string& kind, const std::vector<std::string>& names) {
    for (const std::string& name : names)
        grid.rows.push_back({document::words(kind), document::code(name), document::code("")});
}

Item table_item(const TablePlan& table, const std::string& at) {
    const bool conflicts = !table.conflicts.empty();
    Item item{.mark = conflicts ? Mark::bad : Mark::none,
              .label = conflicts ? "conflict" : "rename",
              .title = table.from + " → " + table.to};
    for (const std::string& each : table.conflicts)
        item.body.push_back({Paragraph{each, Mark::bad}});
    for (const std::string& each : table.advice) item.body.push_back({Paragraph{each, Mark::warn}});
    item.body.push_back({Grid{
        {"rows", "size", "lock held for about"},
        {{document::count(table.rows, at + "/rows"), document::bytes(table.bytes, at + "/bytes"),
          document::milliseconds(table.expected_ms, at + "/expected_ms")}}}});
    Grid names{.head = {"with it", "from", "to"}, .rows = {}};
    for (const schema::rename::NewName& each : table.names)
        names.rows.push_back(
            {document::words(each.kind), document::code(each.from), document::code(each.to)});
    add_lines(names, "foreign key", table.keys_out);
    add_lines(names, "referring key", table.keys_in);
    add_lines(names, "view follows", table.views);
    add_lines(names, "trigger follows", table.triggers);
    add_lines(names, "routine breaks", table.routines);
    item.body.push_back({std::move(names)});
    return item;
}

void add_uses(const RenameReport& report, Document& out) {
    if (!report.scan) return;
    Grid grid{.head = {"place", "table", "SQL"}, .rows = {}};
    for (const schema::rename::Use& use : report.scan->uses)
        grid.rows.push_back({document::code(fmt::format("{}:{}", use.file, use.line)),
                             document::code(use.table), document::code(use.text)});
    Section section{.id = "sources",
                    .title = "SQL in source files",
                    .note = counted(std::ssize(report.scan->uses), "use") + " of the old names"};
    section.blocks.push_back({std::move(grid)});
    out.sections.push_back(std::move(section));
}

}  // namespace

document::Document rename_document(const RenameReport& report) {
    const auto& tables = report.plan.tables;
    const bool conflicts = report.plan.conflicts() > 0;
    Document out{.verdict = conflicts ? Mark::bad : Mark::ok,
                 .title = conflicts ? "The names clash"
                                    : counted(std::ssize(tables), "table") + " to rename",
                 .command = "schema rename-plan",
                 .subject = report.target.name(),
                 .json = rename_json(report) + "\n"};
    out.facts = {
        {"Database", document::code(report.target.name())},
        {"Schema", document::code(report.target.schema())},
        {"Rows", document::count(report.plan.rows, "/rows")},
        {"Locks held for about", document::milliseconds(report.plan.expected_ms, "/expected_ms")},
        {"Disk", document::bytes(report.plan.disk_bytes, "/disk_bytes")}};
    Items list{.heads = {}, .items = {}};
    for (std::size_t i = 0; i < tables.size(); ++i) {
        list.items.push_back(table_item(tables[i], fmt::format("/tables/{}", i)));
        Case one{.suite = "rename-plan", .name = tables[i].from + " → " + tables[i].to};
        if (!tables[i].conflicts.empty()) {
            one.outcome = Case::Outcome::failed;
            one.message = fmt::format("{}", fmt::join(tables[i].conflicts, "; "));
        }
        out.cases.push_back(std::move(one));
    }
    std::vector<std::string> stays;
    for (const std::string& each : report.plan.left) stays.push_back("Stays: " + each);
    add_findings(std::move(list), stays, report.pack, out);
    add_uses(report, out);
    return out;
}

}  // namespace ingot
