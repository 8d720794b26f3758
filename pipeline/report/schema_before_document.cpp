// SPDX-License-Identifier: MIT
#include "pipeline/report/schema_document.hpp"

#include <fmt/format.h>

namespace ingot::schema_parts {
namespace {

using document::Code;
using document::Item;
using document::Items;
using document::Mark;
using document::Paragraph;
using document::Section;

Item check(std::string title, std::string language, std::string text) {
    Item item{.label = "", .title = std::move(title)};
    if (!text.empty()) item.body.push_back({Code{std::move(language), std::move(text)}});
    return item;
}

std::string backup_command(const SchemaReport& report) {
    if (report.dialect == Dialect::sqlite)
        return "sqlite3 \"$DATABASE_FILE\" \".backup before.db\"";
    std::string command = "pg_dump --format=custom --file=before.dump";
    for (const schema::TableSize& each : report.plan->sizes)
        command += " --table=" + shell_word(schema::identifier(report.schema) + "." +
                                            schema::identifier(each.table));
    return command + " \"$DATABASE_URL\"";
}

}  // namespace

void add_state(const schema::Plan& plan, Document& out) {
    Section section{.id = "state", .title = "Where it stands"};
    Items list{.heads = {}, .items = {}};
    for (const schema::Drift& each : plan.drift)
        list.items.push_back({.mark = Mark::bad,
                              .label = "drift",
                              .title = migration_name(each.version, each.name) + ": " + each.what});
    for (const std::int64_t version : plan.late)
        list.items.push_back(
            {.mark = Mark::warn,
             .label = "late",
             .title = fmt::format("{:03} comes after a higher one was applied", version)});
    for (const std::int64_t version : plan.begun)
        list.items.push_back(
            {.mark = Mark::warn,
             .label = "begun",
             .title = fmt::format("{:03} was left half-way by a run that ended", version)});
    for (const schema::AppliedMigration& each : plan.applied)
        list.items.push_back(
            {.mark = Mark::ok,
             .label = "applied",
             .title = migration_name(each.version, each.name) + ", " + each.applied_at});
    if (list.items.empty()) return;
    section.blocks.push_back({std::move(list)});
    out.sections.push_back(std::move(section));
}

void add_prerequisites(const SchemaReport& report, Document& out) {
    const bool postgres = report.dialect == Dialect::postgres;
    const std::string& fingerprint = report.plan->fingerprint;
    Items list{.heads = {}, .items = {}, .is_checklist = true};
    list.items.push_back(
        check("The plan is still this one: its fingerprint is " + fingerprint + ".", "sh",
              command_line(report, "plan")));
    list.items.push_back(check("It was rehearsed on a scratch copy; the database is only read.",
                               "sh", command_line(report, "rehearse")));
    list.items.push_back(check("The times of the queries before it are kept.", "sh",
                               command_line(report, "baseline")));
    list.items.push_back(check("There is a backup. Ingot makes one of the tables below and proves "
                               "it before its first change; by hand:",
                               "sh", backup_command(report)));
    if (postgres) {
        list.items.push_back(check("No transaction is older than a minute: the first statement "
                                   "would wait behind it.",
                                   "sql",
                                   "SELECT pid, usename, state, now() - xact_start AS age, query\n"
                                   "  FROM pg_stat_activity\n WHERE xact_start < now() - interval "
                                   "'1 minute';"));
        list.items.push_back(check(
            "Waiting for a lock is limited. Ingot does so with --lock-timeout "
            "and tries again; by hand:",
            "sql",
            "SET lock_timeout = '2s';\nSET search_path = " + schema::identifier(report.schema) +
                ", pg_temp;"));
    }
    Section section{.id = "before", .title = "Before you begin"};
    section.blocks.push_back({std::move(list)});
    section.blocks.push_back({Paragraph{"Then run it. What follows is what this does, in order:"}});
    section.blocks.push_back({Code{"sh", command_line(report, "up --expect " + fingerprint)}});
    out.sections.push_back(std::move(section));
}

}  // namespace ingot::schema_parts
