// SPDX-License-Identifier: MIT
#include "pipeline/report/schema_document.hpp"

#include "pipeline/report/figures.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace ingot {
namespace {

using document::Case;
using document::Mark;
using schema::State;

std::string plan_title(const SchemaReport& report) {
    const schema::Plan& plan = *report.plan;
    if (!plan.drift.empty()) return "Applied migrations were changed";
    if (!plan.obstacles().empty()) return "The plan cannot run: something is in the way";
    if (plan.statements() == 0 && plan.pending.empty()) return "Nothing to do";
    return "Runbook: " + counted(std::ssize(plan.pending), "migration") + ", " +
           counted(static_cast<std::int64_t>(plan.statements()), "statement");
}

std::string run_title(const SchemaReport& report) {
    if (report.run->log.empty()) return "Nothing to do";
    if (report.run->versions.empty()) return counted(report.run->steps_done, "step") + " done";
    const std::string migrations = counted(std::ssize(report.run->versions), "migration");
    return migrations + (report.command == "down" ? " taken back" : " applied");
}

std::string verification_title(const schema::Verification& found) {
    if (found.failures() > 0)
        return counted(static_cast<std::int64_t>(found.failures()), "failure");
    if (found.warnings() > 0)
        return counted(static_cast<std::int64_t>(found.warnings()), "warning");
    return "All as it should be";
}

std::string title_of(const SchemaReport& report) {
    if (!report.error.empty()) return "ingot schema " + report.command + " failed";
    if (report.run) return run_title(report);
    if (report.rehearsal)
        return report.rehearsal->passed() ? "The rehearsal went well" : "The rehearsal failed";
    if (report.plan) return plan_title(report);
    if (report.down)
        return report.down->obstacles().empty() ? "What would go back" : "Something cannot go back";
    if (report.command == "baseline") return "Baseline kept";
    if (report.verification) return verification_title(*report.verification);
    if (!report.refreshed.empty())
        return counted(std::ssize(report.refreshed), "materialized view") + " renewed";
    return "Nothing to do";
}

Mark verdict_of(const SchemaReport& report) {
    if (report.exit != Exit::done && report.exit != Exit::pending) return Mark::bad;
    if (!report.error.empty()) return Mark::bad;
    const bool warns = report.exit == Exit::pending ||
                       (report.verification && report.verification->warnings() > 0);
    return warns ? Mark::warn : Mark::ok;
}

std::string fingerprint_of(const SchemaReport& report) {
    if (report.plan) return report.plan->fingerprint;
    if (report.rehearsal) return report.rehearsal->fingerprint;
    return report.down ? report.down->fingerprint : "";
}

std::vector<document::Fact> facts_of(const SchemaReport& report) {
    std::vector<document::Fact> facts{
        {"Pack", document::code(report.pack)},
        {"Names", document::words(report.about.variant)},
        {"Database", document::code(report.target)},
        {"Schema", document::code(report.schema)},
        {"Fingerprint", document::code(fingerprint_of(report))},
        {"Made", document::words(format_time(report.started_at))},
        {"Took", document::milliseconds(report.seconds * 1000, "")},
    };
    for (const std::string& note : report.notes) facts.push_back({"Note", document::words(note)});
    return facts;
}

/// How the command itself ended; a report without any other case has this one.
Case command_case(const SchemaReport& report) {
    Case one{.suite = "schema " + report.command,
             .name = report.command + " of " + report.pack,
             .seconds = report.seconds};
    if (!report.error.empty()) {
        one.outcome = Case::Outcome::error;
        one.message = report.error;
    } else if (report.exit == Exit::pending) {
        one.outcome = Case::Outcome::failed;
        one.message = "migrations are pending";
    }
    return one;
}

}  // namespace

namespace schema_parts {

std::string command_line(const SchemaReport& report, const std::string& words) {
    return "ingot schema " + words + report.about.options +
           (report.dialect == Dialect::sqlite ? " --sqlite \"$DATABASE_FILE\""
                                              : " --postgres \"$DATABASE_URL\"");
}

bool needs_journal(const schema::Action& action) {
    return std::ranges::any_of(action.undo, [](const std::string& sql) {
        return sql.find("${JOURNAL_KEYS}") != std::string::npos;
    });
}

std::string migration_name(std::int64_t version, const std::string& name) {
    return fmt::format("{:03} {}", version, name);
}

}  // namespace schema_parts

document::Document schema_document(const SchemaReport& report) {
    document::Document out{.verdict = verdict_of(report),
                           .title = title_of(report),
                           .command = "schema " + report.command,
                           .subject = report.pack + " on " + report.target,
                           .lede = report.about.says,
                           .error = report.error,
                           .facts = facts_of(report),
                           .cases = {command_case(report)},
                           .started_at = report.started_at,
                           .seconds = report.seconds,
                           .exit_code = static_cast<int>(report.exit),
                           .json = schema_json(report)};
    if (report.plan && !report.run) schema_parts::add_plan(report, out);
    if (report.down && !report.run) schema_parts::add_down(report, out);
    if (report.run) schema_parts::add_run(report, out);
    if (report.verification) schema_parts::add_verification(report, out);
    if (report.rehearsal) schema_parts::add_rehearsal(report, out);
    schema_parts::add_answers(report, report.smoke, "/smoke", "smoke", "Smoke queries", out);
    schema_parts::add_tables(report.rows_after, "/tables", "As they are now.", out);
    schema_parts::add_refreshed(report, out);
    return out;
}

}  // namespace ingot
