// SPDX-License-Identifier: MIT
#include "pipeline/report/schema_document.hpp"

#include <fmt/format.h>

namespace ingot::schema_parts {
namespace {

using document::Case;
using document::Cell;
using document::Grid;
using document::Item;
using document::Items;
using document::Mark;
using document::Section;
using schema::Verdict;

Mark mark_of(Verdict verdict) {
    switch (verdict) {
        case Verdict::ok: return Mark::ok;
        case Verdict::warning: return Mark::warn;
        case Verdict::critical: return Mark::bad;
        case Verdict::failed: return Mark::bad;
    }
    return Mark::bad;
}

Case case_of(std::string suite, std::string name, Verdict verdict, const std::string& why) {
    Case one{.suite = std::move(suite), .name = std::move(name)};
    if (verdict >= Verdict::critical) one.outcome = Case::Outcome::failed;
    if (one.outcome != Case::Outcome::passed)
        one.message = std::string(name_of(verdict)) + (why.empty() ? "" : ": " + why);
    return one;
}

void add_proofs(const schema::Verification& found, Document& out) {
    if (found.proofs.empty()) return;
    Grid grid{.head = {"migration", "step", "", "proof"}, .rows = {}};
    for (const schema::Proof& each : found.proofs) {
        const std::string migration = migration_name(each.version, each.migration);
        grid.rows.push_back(
            {document::words(migration), document::words(each.step),
             document::words(std::string(name_of(each.verdict)), mark_of(each.verdict)),
             document::words(each.why)});
        out.cases.push_back(case_of(migration, each.step, each.verdict, each.why));
    }
    Section section{.id = "proofs", .title = "Proofs", .note = "Read from the catalog just now."};
    section.blocks.push_back({std::move(grid)});
    out.sections.push_back(std::move(section));
}

void add_migrations(const SchemaReport& report, Document& out) {
    const schema::Verification& found = *report.verification;
    Items list{.heads = {}, .items = {}};
    for (const schema::Drift& each : found.drift) {
        const std::string name = migration_name(each.version, each.name);
        list.items.push_back(
            {.mark = Mark::bad, .label = "drift", .title = name + ": " + each.what});
        out.cases.push_back({.suite = name,
                             .name = "is as it was applied",
                             .outcome = Case::Outcome::failed,
                             .message = each.what});
    }
    for (const schema::AppliedMigration& each : found.applied)
        list.items.push_back(
            {.mark = Mark::ok,
             .label = "applied",
             .title = migration_name(each.version, each.name) + ", " + each.applied_at});
    for (const std::int64_t version : found.pending) {
        const PackFacts::Migration* facts = report.about.migration(version);
        list.items.push_back(
            {.label = "pending",
             .title = migration_name(version, facts == nullptr ? "" : facts->name)});
    }
    if (list.items.empty()) return;
    Section section{.id = "migrations", .title = "Migrations"};
    section.blocks.push_back({std::move(list)});
    out.sections.push_back(std::move(section));
}

Cell time_cell(const std::optional<double>& milliseconds, const std::string& pointer) {
    const bool measured = milliseconds && *milliseconds > 0;
    return measured ? document::milliseconds(*milliseconds, pointer) : document::words("");
}

}  // namespace

void add_verification(const SchemaReport& report, Document& out) {
    add_migrations(report, out);
    add_proofs(*report.verification, out);
    add_answers(report, report.verification->answers, "/verification/answers", "queries", "Queries",
                out);
}

void add_rehearsal(const SchemaReport& report, Document& out) {
    const auto& phases = report.rehearsal->phases;
    Items list{.heads = {"took"}, .items = {}};
    for (std::size_t i = 0; i < phases.size(); ++i) {
        const schema::RehearsalPhase& each = phases[i];
        Item item{.mark = mark_of(each.verdict),
                  .label = each.name,
                  .title = each.says,
                  .columns = {document::milliseconds(
                      each.seconds * 1000, fmt::format("/rehearsal/phases/{}/milliseconds", i))}};
        for (const std::string& detail : each.details)
            item.body.push_back({document::Paragraph{detail}});
        item.is_open = item.mark != Mark::ok;
        list.items.push_back(std::move(item));
        out.cases.push_back(case_of("rehearsal", each.name, each.verdict, each.says));
        out.cases.back().seconds = each.seconds;
    }
    Section section{.id = "phases",
                    .title = "What was tried",
                    .note = "On a scratch copy; the database itself was only read."};
    section.blocks.push_back({std::move(list)});
    out.sections.push_back(std::move(section));
    add_tables(report.rehearsal->sample, "/rehearsal/sample", "As many rows as were copied.", out);
}

void add_answers(const SchemaReport& report, const std::vector<schema::Answer>& answers,
                 const std::string& pointer, const std::string& id, const std::string& title,
                 Document& out) {
    if (answers.empty()) return;
    Grid grid{.head = {"query", "", "answer", "median", "before", "limits", "remarks"}, .rows = {}};
    for (std::size_t i = 0; i < answers.size(); ++i) {
        const schema::Answer& each = answers[i];
        const std::string at = fmt::format("{}/{}", pointer, i);
        const schema::Query* query = report.about.query(each.name);
        const bool measured = each.median_ms > 0;
        grid.rows.push_back(
            {document::words(each.name),
             document::words(std::string(name_of(each.verdict)), mark_of(each.verdict)),
             document::words(value_words(report.about, each)),
             time_cell(each.median_ms, at + "/median_ms"),
             measured ? time_cell(each.baseline_ms, at + "/baseline_ms") : document::words(""),
             document::words(query == nullptr ? "" : threshold_words(*query)),
             document::words(each.why)});
        out.cases.push_back(case_of(title, each.name, each.verdict, each.why));
    }
    Section section{.id = id, .title = title};
    section.blocks.push_back({std::move(grid)});
    out.sections.push_back(std::move(section));
}

}  // namespace ingot::schema_parts
