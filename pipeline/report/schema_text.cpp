// SPDX-License-Identifier: MIT
#include "pipeline/report/figures.hpp"
#include "pipeline/report/printable.hpp"
#include "pipeline/report/schema_report.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace ingot {
namespace {

using schema::Action;
using schema::Answer;
using schema::PlannedStep;
using schema::State;

std::string locks_of(const Action& action) {
    std::string text;
    for (const schema::Lock& lock : action.locks)
        text += (text.empty() ? "" : ", ") + lock.level + (lock.on.empty() ? "" : " on " + lock.on);
    return text.empty() ? "no lock on a table" : text;
}

std::string statement_lines(const Action& action) {
    std::string text = fmt::format("        {}\n", printable(action.sql));
    text += fmt::format("          {}; {}{}\n", locks_of(action), name_of(action.effort),
                        action.transactional ? "" : "; alone, outside a transaction");
    for (const std::string& sql : action.undo)
        text += fmt::format("          back: {}\n", printable(sql));
    if (action.undo.empty() && !action.batches && action.irreversible)
        text += "          back: only from a backup\n";
    return text;
}

std::string step_lines(const PlannedStep& step, bool verbose) {
    const auto& assessment = step.assessment;
    std::string text =
        fmt::format("    {:<10} {}\n", name_of(assessment.state), printable(step.step));
    if (!assessment.why.empty())
        text += fmt::format("               {}\n", printable(assessment.why));
    if (verbose || assessment.state == State::to_do)
        for (const Action& action : assessment.actions) text += statement_lines(action);
    return text;
}

std::string heading(const SchemaReport& report) {
    return fmt::format(
        "Pack {}{} on {}, schema {}\n", report.pack,
        report.plan && !report.plan->variant.empty() ? " (" + report.plan->variant + ")" : "",
        printable(report.target), printable(report.schema));
}

std::string sizes(const std::vector<schema::TableSize>& tables) {
    std::string text;
    for (const schema::TableSize& each : tables)
        text += fmt::format("    {:<40} {:>12} rows {:>10}\n", printable(each.table),
                            grouped(each.rows), size_text(each.bytes));
    return text;
}

std::string plan_text(const schema::Plan& plan, bool verbose) {
    std::string text;
    for (const schema::Drift& drift : plan.drift)
        text += fmt::format("  drift      {:03} {}: {}\n", drift.version, printable(drift.name),
                            drift.what);
    if (!plan.applied.empty())
        text += fmt::format("  applied    {} migrations\n", plan.applied.size());
    for (const std::int64_t version : plan.late)
        text += fmt::format("  late       {:03} comes after a higher one was applied\n", version);
    for (const std::int64_t version : plan.begun)
        text += fmt::format("  begun      {:03} was left half-way by a run that ended\n", version);
    std::int64_t version = -1;
    for (const PlannedStep& step : plan.steps) {
        if (step.version != version)
            text += fmt::format("\n  {:03} {} (phase {})\n", step.version,
                                printable(step.migration), step.phase);
        version = step.version;
        text += step_lines(step, verbose);
    }
    if (!plan.sizes.empty()) text += "\n  Tables\n" + sizes(plan.sizes);
    const std::size_t obstacles = plan.obstacles().size();
    text += fmt::format("\n{} to do, {} done, {} covered, {} in the way; {} statements\n",
                        plan.count(State::to_do), plan.count(State::done),
                        plan.count(State::covered), obstacles, plan.statements());
    if (obstacles == 0 && plan.count(State::to_do) == 0 && plan.pending.empty())
        text += "Nothing to do.\n";
    text += "Fingerprint " + plan.fingerprint + "\n";
    return text;
}

std::string down_text(const schema::DownPlan& plan, bool verbose) {
    std::string text;
    std::int64_t version = -1;
    for (const schema::Reversal& each : plan.reversals) {
        if (each.entry.version != version)
            text += fmt::format("\n  {:03} {}\n", each.entry.version, printable(each.migration));
        version = each.entry.version;
        text += fmt::format("    {:<10} {}\n", each.obstacle.empty() ? "take back" : "impossible",
                            printable(each.entry.object));
        if (!each.obstacle.empty())
            text += fmt::format("               {}\n", printable(each.obstacle));
        if (each.lost > 0)
            text += fmt::format("               loses {} {}\n", grouped(each.lost),
                                printable(each.entry.loss));
        if (each.entry.restores_rows())
            text += fmt::format("               rows get their old values back{}\n",
                                each.kept > 0
                                    ? fmt::format("; {} that were changed since stay as they are",
                                                  grouped(each.kept))
                                    : "");
        if (verbose)
            for (const std::string& sql : each.entry.undo)
                text += fmt::format("        {}\n", printable(sql));
    }
    if (plan.reversals.empty()) text += "  Nothing to take back.\n";
    return text + "Fingerprint " + plan.fingerprint + "\n";
}

std::string answers_text(const std::vector<Answer>& answers) {
    std::string text;
    for (const Answer& each : answers) {
        const std::string time = each.median_ms > 0 ? fmt::format("{:.2f} ms", each.median_ms) : "";
        const std::string before =
            each.baseline_ms && *each.baseline_ms > 0 && each.median_ms > 0
                ? fmt::format(" ({:.2f} before, {:.1f} x)", *each.baseline_ms,
                              *each.baseline_ms / each.median_ms)
                : "";
        text += fmt::format("    {:<9} {:<40} {:>12} {}{}{}\n", name_of(each.verdict),
                            printable(each.name),
                            printable(each.value) + (each.unit.empty() ? "" : " " + each.unit),
                            time, before, each.why.empty() ? "" : "  " + printable(each.why));
    }
    return text;
}

std::string verification_text(const schema::Verification& found, bool verbose) {
    std::string text;
    for (const schema::AppliedMigration& each : found.applied)
        text += fmt::format("  applied    {:03} {} ({})\n", each.version, printable(each.name),
                            each.applied_at);
    for (const schema::Drift& drift : found.drift)
        text += fmt::format("  drift      {:03} {}: {}\n", drift.version, printable(drift.name),
                            drift.what);
    for (const schema::Proof& proof : found.proofs)
        if (verbose || proof.verdict != schema::Verdict::ok)
            text += fmt::format("    {:<9} {:03} {}{}\n", name_of(proof.verdict), proof.version,
                                printable(proof.step),
                                proof.why.empty() ? "" : ": " + printable(proof.why));
    if (!found.answers.empty()) text += "  Queries\n" + answers_text(found.answers);
    if (!found.pending.empty())
        text += fmt::format("  {} migrations are pending\n", found.pending.size());
    text += fmt::format("{} proofs, {} failures, {} warnings\n", found.proofs.size(),
                        found.failures(), found.warnings());
    return text;
}

std::string rehearsal_text(const schema::Rehearsal& rehearsal, bool verbose) {
    std::string text;
    for (const schema::RehearsalPhase& phase : rehearsal.phases) {
        text += fmt::format("  {:<10} {:<9} {:>8.2f} s  {}\n", phase.name, name_of(phase.verdict),
                            phase.seconds, printable(phase.says));
        for (const std::string& detail : phase.details)
            text += fmt::format("    {}\n", printable_lines(detail));
    }
    if (verbose) text += "  Copied\n" + sizes(rehearsal.sample);
    text += rehearsal.passed() ? "The rehearsal went well.\n" : "The rehearsal failed.\n";
    return text + "Fingerprint " + rehearsal.fingerprint + "\n";
}

std::string run_text(const SchemaReport& report) {
    const schema::RunResult& run = *report.run;
    if (run.log.empty()) return "Nothing to do.\n";
    std::string text = fmt::format("{} migrations, {} steps, {} skipped, {} rows in {:.2f} s\n",
                                   run.versions.size(), run.steps_done, run.steps_skipped,
                                   grouped(run.rows), report.seconds);
    if (!report.rows_after.empty()) text += "  Rows now\n" + sizes(report.rows_after);
    if (!report.smoke.empty()) text += "  Smoke queries\n" + answers_text(report.smoke);
    return text;
}

}  // namespace

std::string schema_text(const SchemaReport& report, bool verbose) {
    std::string text = heading(report);
    if (report.plan) text += plan_text(*report.plan, verbose);
    if (report.down) text += down_text(*report.down, verbose);
    if (report.run) text += run_text(report);
    if (report.verification) text += verification_text(*report.verification, verbose);
    if (report.rehearsal) text += rehearsal_text(*report.rehearsal, verbose);
    for (const std::string& note : report.notes) text += printable(note) + "\n";
    return text;
}

}  // namespace ingot
