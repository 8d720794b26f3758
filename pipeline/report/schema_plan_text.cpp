// SPDX-License-Identifier: MIT
#include "pipeline/report/figures.hpp"
#include "pipeline/report/printable.hpp"
#include "pipeline/report/schema_document.hpp"
#include "pipeline/report/schema_text.hpp"
#include "pipeline/report/text_layout.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace ingot::schema_lines {
namespace {

using schema::Action;
using schema::PlannedStep;
using schema::State;

std::string fact(std::string_view name, const std::string& text, std::size_t width) {
    return layout::hanging(fmt::format("              {:<8}", name), text, width);
}

std::string lock_text(const schema::Plan& plan, const schema::Lock& lock) {
    std::string text = lock.level + (lock.on.empty() ? "" : " on " + lock.on);
    if (const schema::TableSize* size = table_of(plan, lock))
        text += fmt::format(" ({}, {})", counted(size->rows, "row"), size_text(size->bytes));
    return text;
}

std::string work_text(const Action& action) {
    std::string text(name_of(action.effort));
    if (action.batches) return text + "; " + batch_words(action);
    return text + (action.transactional ? "; in a transaction" : "; alone, outside a transaction");
}

std::string back_lines(const Action& action, std::size_t width) {
    std::string text;
    for (const std::string& sql : action.undo) text += fact("back", sql, width);
    if (action.batches && action.batches->journal)
        text += fact("back", "the old values, which the journal keeps", width);
    if (action.undo.empty() && action.irreversible)
        text += fact("back", "only from a backup", width);
    if (text.empty()) text += fact("back", "none: nothing to take back", width);
    if (!action.loss.empty()) text += fact("loses", action.loss, width);
    return text;
}

/// What the words in the statements stand for.
std::string keys_lines(const Action& action, std::size_t width) {
    std::string text;
    if (action.sql.find("${KEYS}") != std::string::npos)
        text += fact("${KEYS}", "the keys of one batch of rows", width);
    if (schema_parts::needs_journal(action))
        text += fact("keys", schema_parts::kJournalKeys, width);
    return text;
}

std::string statement_lines(const schema::Plan& plan, const Action& action, std::int64_t number,
                            std::size_t width) {
    std::string text = layout::hanging(fmt::format("       {:>4}   ", number), action.sql, width);
    if (action.locks.empty()) text += fact("lock", "none on a table", width);
    for (const schema::Lock& lock : action.locks)
        text += fact("lock", lock_text(plan, lock), width);
    text += fact("work", work_text(action), width);
    if (!action.effect.empty()) text += fact("effect", action.effect, width);
    return text + back_lines(action, width) + keys_lines(action, width);
}

std::string standing(const schema::Plan& plan, std::size_t width) {
    std::string text;
    for (const schema::Drift& each : plan.drift)
        text +=
            stated("drift", fmt::format("{:03} {}: {}", each.version, each.name, each.what), width);
    if (!plan.applied.empty())
        text += stated("applied", counted(std::ssize(plan.applied), "migration"), width);
    for (const std::int64_t version : plan.late)
        text += stated("late", fmt::format("{:03} comes after a higher one was applied", version),
                       width);
    for (const std::int64_t version : plan.begun)
        text += stated("begun", fmt::format("{:03} was left half-way by a run that ended", version),
                       width);
    return text;
}

std::string summary(const schema::Plan& plan) {
    const std::size_t obstacles = plan.obstacles().size();
    if (obstacles == 0 && plan.count(State::to_do) == 0 && plan.pending.empty())
        return "Nothing to do.\n";
    return fmt::format("{} to do, {} done, {} covered, {} in the way; {}\n",
                       counted(static_cast<std::int64_t>(plan.count(State::to_do)), "step"),
                       plan.count(State::done), plan.count(State::covered), obstacles,
                       counted(static_cast<std::int64_t>(plan.statements()), "statement"));
}

}  // namespace

std::string plan(const schema::Plan& plan, std::size_t width) {
    std::string text = standing(plan, width) + tables(plan.sizes, width);
    std::int64_t version = -1;
    std::int64_t number = 0;
    for (const PlannedStep& step : plan.steps) {
        if (step.version != version)
            text += "\n" + migration(step.version, step.migration,
                                     fmt::format("phase {}{}", step.phase,
                                                 std::ranges::find(plan.repairs, step.version) ==
                                                         plan.repairs.end()
                                                     ? ""
                                                     : ", applied; repair"));
        version = step.version;
        text += stated(name_of(step.assessment.state), step.step, width);
        if (!step.assessment.why.empty()) text += stated("", step.assessment.why, width);
        for (const Action& action : step.assessment.actions)
            text += statement_lines(plan, action, ++number, width);
    }
    return text + "\n" + summary(plan) + "Fingerprint " + plan.fingerprint + "\n";
}

std::string down(const schema::DownPlan& plan, bool verbose, std::size_t width) {
    std::string text;
    std::int64_t version = -1;
    for (const schema::Reversal& each : plan.reversals) {
        if (each.entry.version != version)
            text += "\n" + migration(each.entry.version, each.migration, "");
        version = each.entry.version;
        text +=
            stated(each.obstacle.empty() ? "take back" : "impossible", each.entry.object, width);
        if (!each.obstacle.empty()) text += stated("", each.obstacle, width);
        if (each.lost > 0)
            text +=
                stated("", fmt::format("loses {} {}", grouped(each.lost), each.entry.loss), width);
        if (each.entry.restores_rows())
            text += stated("",
                           "rows get their old values back" +
                               (each.kept > 0 ? "; " + grouped(each.kept) +
                                                    " that were changed since stay as they are"
                                              : ""),
                           width);
        if (verbose || !each.obstacle.empty())
            for (const std::string& sql : each.entry.undo) text += fact("sql", sql, width);
    }
    if (plan.reversals.empty()) text += "Nothing to take back.\n";
    return text + "\nFingerprint " + plan.fingerprint + "\n";
}

std::string rehearsal(const schema::Rehearsal& rehearsal, bool verbose, std::size_t width) {
    std::string text;
    for (const schema::RehearsalPhase& each : rehearsal.phases) {
        text += layout::hanging(fmt::format("  {:<10}{:<10}{:>10}  ", each.name,
                                            name_of(each.verdict), duration_text(each.seconds)),
                                each.says, width);
        for (const std::string& detail : each.details) text += stated("", detail, width);
    }
    if (verbose) text += tables(rehearsal.sample, width);
    text += rehearsal.passed() ? "\nThe rehearsal went well.\n" : "\nThe rehearsal failed.\n";
    return text + "Fingerprint " + rehearsal.fingerprint + "\n";
}

}  // namespace ingot::schema_lines
