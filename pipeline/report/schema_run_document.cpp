// SPDX-License-Identifier: MIT
#include "pipeline/report/figures.hpp"
#include "pipeline/report/schema_document.hpp"

#include <fmt/format.h>

namespace ingot::schema_parts {
namespace {

using document::Case;
using document::Cell;
using document::Code;
using document::Grid;
using document::Item;
using document::Items;
using document::Mark;
using document::Paragraph;
using document::Section;

std::string name_in(const PackFacts& about, std::int64_t version) {
    const PackFacts::Migration* migration = about.migration(version);
    return migration_name(version, migration == nullptr ? "" : migration->name);
}

Mark mark_of(const std::string& status) {
    if (status == "done") return Mark::ok;
    return status == "skipped" ? Mark::warn : Mark::bad;
}

Case case_of(const SchemaReport& report, const schema::LogEntry& entry) {
    Case one{.suite = name_in(report.about, entry.version),
             .name = entry.step,
             .message = entry.detail,
             .seconds = milliseconds_of(entry) / 1000};
    if (entry.status == "skipped") one.outcome = Case::Outcome::skipped;
    if (mark_of(entry.status) == Mark::bad) one.outcome = Case::Outcome::failed;
    return one;
}

Item item_of(const schema::Reversal& each, const std::string& at) {
    const bool impossible = !each.obstacle.empty();
    Item item{.mark = impossible ? Mark::bad : Mark::none,
              .label = impossible ? "impossible" : "take back",
              .title = each.entry.object};
    if (impossible) item.body.push_back({Paragraph{each.obstacle, Mark::bad}});
    Grid numbers{.head = {"", "rows", "which"}, .rows = {}};
    if (each.lost > 0)
        numbers.rows.push_back({document::words("lost", Mark::warn),
                                document::count(each.lost, at + "/lost"),
                                document::words(each.entry.loss)});
    if (each.kept > 0)
        numbers.rows.push_back({document::words("kept"), document::count(each.kept, at + "/kept"),
                                document::words("changed since, stay as they are")});
    if (!numbers.rows.empty()) item.body.push_back({std::move(numbers)});
    if (each.entry.restores_rows())
        item.body.push_back({Paragraph{"Rows get their old values back."}});
    for (const std::string& sql : each.entry.undo) item.body.push_back({Code{"sql", sql + ";"}});
    return item;
}

Case case_of(const schema::Reversal& each) {
    return {.suite = migration_name(each.entry.version, each.migration),
            .name = each.entry.object,
            .outcome = each.obstacle.empty() ? Case::Outcome::skipped : Case::Outcome::failed,
            .message = each.obstacle.empty() ? "would go back" : each.obstacle};
}

}  // namespace

void add_down(const SchemaReport& report, Document& out) {
    const auto& reversals = report.down->reversals;
    for (std::size_t i = 0; i < reversals.size();) {
        const schema::Reversal& first = reversals[i];
        Section section{.id = fmt::format("migration-{}", first.entry.version),
                        .title = migration_name(first.entry.version, first.migration)};
        Items list{.heads = {}, .items = {}};
        for (; i < reversals.size() && reversals[i].entry.version == first.entry.version; ++i) {
            list.items.push_back(item_of(reversals[i], fmt::format("/down/reversals/{}", i)));
            out.cases.push_back(case_of(reversals[i]));
        }
        section.blocks.push_back({std::move(list)});
        out.sections.push_back(std::move(section));
    }
}

void add_run(const SchemaReport& report, Document& out) {
    const schema::RunResult& run = *report.run;
    Grid grid{.head = {"migration", "step", "status", "rows", "took", "remarks"}, .rows = {}};
    for (std::size_t i = 0; i < run.log.size(); ++i) {
        const schema::LogEntry& entry = run.log[i];
        const std::string at = fmt::format("/run/log/{}", i);
        grid.rows.push_back({document::words(name_in(report.about, entry.version)),
                             document::words(entry.step),
                             document::words(entry.status, mark_of(entry.status)),
                             document::count(entry.records, at + "/records"),
                             document::milliseconds(milliseconds_of(entry), at + "/milliseconds"),
                             document::words(entry.detail)});
        out.cases.push_back(case_of(report, entry));
    }
    if (run.log.empty()) return;
    Section section{.id = "steps",
                    .title = "Steps",
                    .note = fmt::format("{} done, {} skipped", run.steps_done, run.steps_skipped)};
    section.blocks.push_back({std::move(grid)});
    out.sections.push_back(std::move(section));
}

void add_tables(const std::vector<schema::TableSize>& tables, const std::string& pointer,
                const std::string& note, Document& out) {
    if (tables.empty()) return;
    Grid grid{.head = {"table", "rows", "size"}, .rows = {}};
    for (std::size_t i = 0; i < tables.size(); ++i) {
        const std::string at = fmt::format("{}/{}", pointer, i);
        grid.rows.push_back({document::code(tables[i].table),
                             document::count(tables[i].rows, at + "/rows"),
                             document::bytes(tables[i].bytes, at + "/bytes")});
    }
    Section section{.id = "tables", .title = "Tables", .note = note};
    section.blocks.push_back({std::move(grid)});
    out.sections.push_back(std::move(section));
}

void add_refreshed(const SchemaReport& report, Document& out) {
    if (report.refreshed.empty()) return;
    Grid grid{.head = {"view", "took", "readers"}, .rows = {}};
    for (const RefreshedView& each : report.refreshed) {
        grid.rows.push_back({document::code(each.view),
                             document::milliseconds(each.seconds * 1000, ""),
                             document::words(each.concurrent ? "could read on" : "waited")});
        out.cases.push_back({.suite = "refresh", .name = each.view, .seconds = each.seconds});
    }
    Section section{.id = "views", .title = "Materialized views"};
    section.blocks.push_back({std::move(grid)});
    out.sections.push_back(std::move(section));
}

}  // namespace ingot::schema_parts
