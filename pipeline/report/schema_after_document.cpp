// SPDX-License-Identifier: MIT
#include "pipeline/report/schema_document.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace ingot::schema_parts {
namespace {

using document::Code;
using document::Item;
using document::Items;
using document::Paragraph;
using document::Section;
using schema::Action;
using schema::PlannedStep;

Item query_item(const schema::Query& query) {
    Item item{.label = "", .title = query.name};
    if (!query.says.empty()) item.body.push_back({Paragraph{query.says}});
    std::string sql = query.sql;
    sql.erase(sql.find_last_not_of(" \n;") + 1);
    item.body.push_back({Code{"sql", sql + ";"}});
    if (const std::string limits = threshold_words(query); !limits.empty())
        item.body.push_back({Paragraph{"Answer: " + limits + "."}});
    return item;
}

Item way_back_item(const PlannedStep& step, const Action& action) {
    Item item{.label = "", .title = step.step};
    if (action.batches && action.batches->journal)
        item.body.push_back(
            {Paragraph{"The rows get the values back that the journal keeps; those that were "
                       "changed since stay."}});
    if (action.undo.empty() && action.irreversible)
        item.body.push_back({Paragraph{"Only from a backup."}});
    for (const std::string& sql : action.undo) item.body.push_back({Code{"sql", sql + ";"}});
    if (needs_journal(action)) item.body.push_back({Paragraph{kJournalKeys}});
    return item;
}

}  // namespace

void add_checks_to_come(const SchemaReport& report, Document& out) {
    Section section{.id = "after", .title = "When it is done"};
    section.blocks.push_back({Paragraph{"This proves every step from the catalog and asks the "
                                        "queries below:"}});
    section.blocks.push_back({Code{"sh", command_line(report, "verify")}});
    Items list{.heads = {}, .items = {}, .is_checklist = true};
    for (const auto* queries : {&report.about.queries, &report.about.smoke})
        for (const schema::Query& query : *queries) list.items.push_back(query_item(query));
    if (!list.items.empty()) section.blocks.push_back({std::move(list)});
    out.sections.push_back(std::move(section));
    if (report.about.switches.empty()) return;
    Section emergency{.id = "emergency", .title = "Emergency switch"};
    emergency.blocks.push_back(
        {Paragraph{"Sets a flag and changes nothing else; the schema stays as it is."}});
    for (const PackFacts::Switch& each : report.about.switches) {
        if (!each.says.empty()) emergency.blocks.push_back({Paragraph{each.says}});
        emergency.blocks.push_back(
            {Code{"sh", command_line(report, "down --switch " + each.name)}});
    }
    out.sections.push_back(std::move(emergency));
}

void add_way_back(const SchemaReport& report, Document& out) {
    Items list{.heads = {}, .items = {}, .is_checklist = true};
    const auto& steps = report.plan->steps;
    for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
        const auto& actions = step->assessment.actions;
        for (auto action = actions.rbegin(); action != actions.rend(); ++action)
            if (!action->cleanup &&
                (!action->undo.empty() || action->irreversible || action->batches))
                list.items.push_back(way_back_item(*step, *action));
    }
    Section section{.id = "back", .title = "The whole way back"};
    section.blocks.push_back({Paragraph{"The last migration, or all, from the journal of what was "
                                        "really made:"}});
    section.blocks.push_back(
        {Code{"sh", command_line(report, "down") + "\n" + command_line(report, "down --all")}});
    if (!list.items.empty()) {
        section.blocks.push_back(
            {Paragraph{"By hand, the youngest change first. There is a journal only where ingot "
                       "schema up made the changes; otherwise such rows come from the backup."}});
        section.blocks.push_back({std::move(list)});
    }
    out.sections.push_back(std::move(section));
}

}  // namespace ingot::schema_parts
