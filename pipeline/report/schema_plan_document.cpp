// SPDX-License-Identifier: MIT
#include "pipeline/report/figures.hpp"
#include "pipeline/report/schema_document.hpp"

#include <fmt/format.h>

namespace ingot::schema_parts {
namespace {

using document::Block;
using document::Case;
using document::Cell;
using document::Code;
using document::Grid;
using document::Item;
using document::Items;
using document::Mark;
using document::Paragraph;
using document::Section;
using schema::Action;
using schema::PlannedStep;
using schema::State;

Mark mark_of(State state) {
    switch (state) {
        case State::to_do: return Mark::none;
        case State::done: return Mark::ok;
        case State::covered: return Mark::ok;
        case State::conflict: return Mark::bad;
        case State::impossible: return Mark::bad;
    }
    return Mark::none;
}

Case case_of(const PlannedStep& step) {
    Case one{.suite = migration_name(step.version, step.migration), .name = step.step};
    const State state = step.assessment.state;
    if (mark_of(state) == Mark::bad) one.outcome = Case::Outcome::failed;
    if (state == State::to_do) one.outcome = Case::Outcome::skipped;
    if (one.outcome != Case::Outcome::passed)
        one.message = std::string(name_of(state)) +
                      (step.assessment.why.empty() ? "" : ": " + step.assessment.why);
    return one;
}

/// Lock, on, rows, size, work, transaction: a line per lock.
Grid locks_of(const schema::Plan& plan, const Action& action, const std::string& at) {
    Grid grid{.head = {"lock", "on", "rows", "size", "work", "transaction"}, .rows = {}};
    const Cell work = document::words(std::string(name_of(action.effort)));
    const Cell transaction = document::words(action.transactional ? "yes" : "no: alone",
                                             action.transactional ? Mark::none : Mark::warn);
    for (std::size_t i = 0; i < action.locks.size(); ++i) {
        const schema::Lock& lock = action.locks[i];
        const schema::TableSize* size = table_of(plan, lock);
        const std::string pointer = fmt::format("{}/locks/{}", at, i);
        grid.rows.push_back(
            {document::words(lock.level), document::code(lock.on),
             size == nullptr ? document::words("") : document::count(size->rows, pointer + "/rows"),
             size == nullptr ? document::words("")
                             : document::bytes(size->bytes, pointer + "/bytes"),
             work, transaction});
    }
    if (action.locks.empty())
        grid.rows.push_back({document::words("none on a table"), document::code(""),
                             document::words(""), document::words(""), work, transaction});
    return grid;
}

void add_undo(const Action& action, std::vector<Block>& body) {
    if (!action.loss.empty())
        body.push_back({Paragraph{"The way back loses " + action.loss + ".", Mark::warn}});
    if (action.batches && action.batches->journal)
        body.push_back({Paragraph{"Way back: the journal keeps the old values of the rows."}});
    if (action.undo.empty() && action.irreversible)
        body.push_back({Paragraph{"Way back: only from a backup.", Mark::bad}});
    if (action.undo.empty()) return;
    body.push_back({Paragraph{
        action.undo_transactional ? "Way back:" : "Way back, alone and outside a transaction:"}});
    for (const std::string& sql : action.undo) body.push_back({Code{"sql", sql + ";"}});
    if (needs_journal(action)) body.push_back({Paragraph{kJournalKeys}});
}

Item statement_item(const schema::Plan& plan, const Action& action, std::int64_t number,
                    const std::string& at) {
    Item item{.label = std::to_string(number),
              .title = action.effect.empty() ? action.object : action.effect,
              .columns = {}};
    item.body.push_back({Code{"sql", schema::runnable_sql(action, plan.dialect) + ";"}});
    if (action.batches)
        item.body.push_back({Paragraph{"In batches: " + batch_words(action) + "."}});
    if (action.cleanup)
        item.body.push_back({Paragraph{"Way back: none; there is nothing to take back."}});
    item.body.push_back({locks_of(plan, action, at)});
    add_undo(action, item.body);
    return item;
}

/// A step's own line, then its statements.
void add_step(const schema::Plan& plan, std::size_t index, std::int64_t& number, Items& list) {
    const PlannedStep& step = plan.steps[index];
    const auto& [state, why, actions] = step.assessment;
    if (state != State::to_do || actions.empty())
        list.items.push_back({.mark = mark_of(state),
                              .label = std::string(name_of(state)),
                              .title = step.step + (why.empty() ? "" : ": " + why)});
    for (std::size_t i = 0; i < actions.size(); ++i)
        list.items.push_back(statement_item(plan, actions[i], ++number,
                                            fmt::format("/plan/steps/{}/statements/{}", index, i)));
}

Section section_of(const SchemaReport& report, const PlannedStep& step, Items list) {
    Section section{.id = fmt::format("migration-{}", step.version),
                    .title = migration_name(step.version, step.migration) +
                             fmt::format(" (phase {})", step.phase)};
    if (const PackFacts::Migration* facts = report.about.migration(step.version)) {
        section.note = facts->says;
        if (facts->expected_ms > 0)
            section.note += (section.note.empty() ? "Expected: " : " Expected: ") +
                            milliseconds_text(static_cast<double>(facts->expected_ms)) + ".";
    }
    section.blocks.push_back({std::move(list)});
    return section;
}

}  // namespace

void add_plan(const SchemaReport& report, Document& out) {
    const schema::Plan& plan = *report.plan;
    if (!plan.pending.empty()) add_prerequisites(report, out);
    add_state(plan, out);
    add_tables(plan.sizes, "/plan/tables", "Estimated by the server where it does.", out);
    std::int64_t number = 0;
    for (std::size_t i = 0; i < plan.steps.size();) {
        const PlannedStep& first = plan.steps[i];
        Items list{.heads = {}, .items = {}};
        for (; i < plan.steps.size() && plan.steps[i].version == first.version; ++i) {
            add_step(plan, i, number, list);
            out.cases.push_back(case_of(plan.steps[i]));
        }
        out.sections.push_back(section_of(report, first, std::move(list)));
    }
    if (plan.pending.empty()) return;
    add_checks_to_come(report, out);
    add_way_back(report, out);
}

}  // namespace ingot::schema_parts
