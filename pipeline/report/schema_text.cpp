// SPDX-License-Identifier: MIT
#include "pipeline/report/schema_text.hpp"

#include "pipeline/report/figures.hpp"
#include "pipeline/report/printable.hpp"
#include "pipeline/report/text_layout.hpp"

#include <fmt/format.h>

namespace ingot {
namespace schema_lines {
namespace {

std::string time_text(double milliseconds) {
    return milliseconds > 0 ? milliseconds_text(milliseconds) : "";
}

/// "1.20 ms before: 3.4 times as fast".
std::string comparison(const schema::Answer& answer) {
    if (!answer.baseline_ms || *answer.baseline_ms <= 0 || answer.median_ms <= 0) return "";
    const double ratio = *answer.baseline_ms / answer.median_ms;
    const std::string before = milliseconds_text(*answer.baseline_ms) + " before: ";
    if (ratio >= 1.05) return fmt::format("{}{:.1f} times as fast", before, ratio);
    if (ratio <= 0.95) return fmt::format("{}{:.1f} times as slow", before, 1 / ratio);
    return before + "as fast";
}

std::string proofs(const schema::Verification& found, bool verbose, std::size_t width) {
    std::string text;
    for (const schema::Proof& each : found.proofs)
        if (verbose || each.verdict != schema::Verdict::ok)
            text += stated(name_of(each.verdict),
                           fmt::format("{:03} {}{}", each.version, each.step,
                                       each.why.empty() ? "" : ": " + each.why),
                           width);
    return text;
}

}  // namespace

std::string stated(std::string_view state, const std::string& text, std::size_t width) {
    return layout::hanging(fmt::format("  {:<12}", state), text, width);
}

std::string migration(std::int64_t version, const std::string& name, const std::string& more) {
    return fmt::format("{:03} {}{}{}\n", version, printable(name), more.empty() ? "" : ", ", more);
}

std::string tables(const std::vector<schema::TableSize>& all, std::size_t width) {
    if (all.empty()) return "";
    std::vector<std::vector<std::string>> rows;
    for (const schema::TableSize& each : all)
        rows.push_back({each.table, counted(each.rows, "row"), size_text(each.bytes)});
    return "\nTables\n" + layout::grid(rows, "lrr", 2, width);
}

std::string answers(const PackFacts& about, const std::vector<schema::Answer>& all,
                    std::size_t width) {
    std::vector<std::vector<std::string>> rows;
    for (const schema::Answer& each : all) {
        const std::string compared = comparison(each);
        rows.push_back({fmt::format("{:<10}", name_of(each.verdict)), each.name,
                        value_words(about, each), time_text(each.median_ms),
                        compared + (compared.empty() || each.why.empty() ? "" : "; ") + each.why});
    }
    return layout::grid(rows, "llrrl", 2, width);
}

std::string verification(const SchemaReport& report, bool verbose, std::size_t width) {
    const schema::Verification& found = *report.verification;
    std::string text;
    for (const schema::Drift& each : found.drift)
        text +=
            stated("drift", fmt::format("{:03} {}: {}", each.version, each.name, each.what), width);
    for (const schema::AppliedMigration& each : found.applied)
        text +=
            stated("applied", fmt::format("{:03} {}, {}", each.version, each.name, each.applied_at),
                   width);
    for (const std::int64_t version : found.pending) {
        const PackFacts::Migration* facts = report.about.migration(version);
        text +=
            stated("pending", fmt::format("{:03} {}", version, facts == nullptr ? "" : facts->name),
                   width);
    }
    text += proofs(found, verbose, width);
    if (!found.answers.empty()) text += "\nQueries\n" + answers(report.about, found.answers, width);
    text += "\n";
    if (!found.proofs.empty()) text += counted(std::ssize(found.proofs), "proof") + ", ";
    return text + fmt::format("{}, {}, {}\n",
                              found.answers.size() == 1
                                  ? "1 query"
                                  : grouped(std::ssize(found.answers)) + " queries",
                              counted(static_cast<std::int64_t>(found.failures()), "failure"),
                              counted(static_cast<std::int64_t>(found.warnings()), "warning"));
}

}  // namespace schema_lines

namespace {

std::string heading(const SchemaReport& report, std::size_t width) {
    const std::string variant =
        report.about.variant.empty() ? "" : " (" + report.about.variant + ")";
    return layout::hanging("",
                           fmt::format("Pack {}{} on {}, schema {}", report.pack, variant,
                                       report.target, report.schema),
                           width);
}

std::string run_text(const SchemaReport& report) {
    const schema::RunResult& run = *report.run;
    if (run.log.empty()) return "Nothing to do.\n";
    const std::string migrations =
        run.versions.empty() ? ""
                             : counted(std::ssize(run.versions), "migration") +
                                   (report.command == "down" ? " taken back: " : " applied: ");
    return fmt::format("{}{} done, {} skipped, {} changed, in {}\n", migrations,
                       counted(run.steps_done, "step"), run.steps_skipped, counted(run.rows, "row"),
                       duration_text(report.seconds));
}

std::string refreshed_text(const SchemaReport& report, std::size_t width) {
    std::vector<std::vector<std::string>> rows;
    for (const RefreshedView& each : report.refreshed)
        rows.push_back({"refreshed", each.view, duration_text(each.seconds),
                        each.concurrent ? "while it could be read" : "readers waited"});
    return layout::grid(rows, "llrl", 2, width);
}

}  // namespace

std::string schema_text(const SchemaReport& report, bool verbose, std::size_t width) {
    std::string text = heading(report, width);
    const bool shows_plan = !report.run && !report.plan_is_shown;
    if (report.plan && shows_plan) text += schema_lines::plan(*report.plan, width);
    if (report.down && shows_plan) text += schema_lines::down(*report.down, verbose, width);
    if (report.rehearsal) text += schema_lines::rehearsal(*report.rehearsal, verbose, width);
    if (report.run) text += run_text(report);
    if (report.verification) text += schema_lines::verification(report, verbose, width);
    text += refreshed_text(report, width) + schema_lines::tables(report.rows_after, width);
    if (!report.smoke.empty())
        text += "\nSmoke queries\n" + schema_lines::answers(report.about, report.smoke, width);
    for (const std::string& note : report.notes) text += layout::hanging("", note, width);
    return text;
}

}  // namespace ingot
