// SPDX-License-Identifier: MIT
#include "loaders/schema/engine/restore_ledger.hpp"
#include "pipeline/commands/commands.hpp"
#include "pipeline/interrupt.hpp"
#include "pipeline/report/printable.hpp"
#include "pipeline/report/restore_report.hpp"
#include "pipeline/report_files.hpp"
#include "pipeline/schema_session.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <iostream>

#include <unistd.h>

namespace ingot {
namespace {

void print_list(const char* title, const std::vector<std::string>& lines) {
    if (lines.empty()) return;
    fmt::print("{}\n", title);
    for (const std::string& line : lines) fmt::print("  {}\n", printable(line));
}

void print_plan(const schema::BackupInfo& info, const schema::RestorePlan& plan) {
    fmt::print("Backup of {}, {} tables, {}\n", info.time, info.tables.size(),
               printable(info.server));
    print_list("Will be done:", plan.lines);
    print_list("Will be lost:", plan.losses);
    print_list("Stands in the way:", plan.obstacles);
    std::fflush(stdout);
}

bool is_confirmed(const Options& options) {
    if (options.yes) return true;
    if (isatty(STDIN_FILENO) == 0)
        throw UsageError("this is no terminal to ask on; say --yes to restore");
    fmt::print(stderr, "Restore? [y/N] ");
    std::string answer;
    std::getline(std::cin, answer);
    return answer == "y" || answer == "Y" || answer == "yes";
}

void restore(const Options& options, schema::Target& target, RestoreReport& report) {
    const schema::BackupInfo& info = report.info;
    std::vector<std::int64_t>& versions = report.versions;
    schema::RestoreSettings settings;
    settings.before_commit = [&](schema::Target& session) {
        versions = schema::record_restore(session, options.pg_schema, info);
    };
    report.restored = schema::do_restore(target, info, settings);
    const schema::Restored& restored = *report.restored;
    fmt::print("Restored: rows and definitions are those of {}\n", info.time);
    for (const std::int64_t version : versions)
        fmt::print("{} {} is no longer applied\n", printable(info.pack), version);
    print_list("Different from the backup and left as it is:", restored.differences);
    if (!restored.copy.empty()) fmt::print("The state before is in {}\n", printable(restored.copy));
}

Outcome look_and_restore(const Options& options) {
    const std::unique_ptr<schema::Target> target = open_target(options);
    target->while_waiting = check_interrupt;
    RestoreReport report{
        .info = schema::read_backup(options.files.at(0)), .plan = {}, .database = target->name()};
    report.plan = schema::plan_restore(*target, report.info);
    print_plan(report.info, report.plan);
    if (!report.plan.obstacles.empty()) {
        fmt::print(stderr, "ingot: cannot restore; nothing was changed\n");
        return {restore_document(report), Exit::failed};
    }
    if (options.dry_run) return {restore_document(report), Exit::done};
    if (!is_confirmed(options)) throw RunError(Exit::failed, "not confirmed; nothing was changed");
    restore(options, *target, report);
    return {restore_document(report), Exit::done};
}

int run(const Options& options) {
    return with_report(options, "schema restore", [&] { return look_and_restore(options); });
}

}  // namespace

Command schema_restore_command() {
    return {
        .name = "restore",
        .says = "Bring back the tables of a backup that `ingot schema up` made, exactly, in one "
                "transaction",
        .example = "Examples:\n"
                   "  ingot schema restore backup --postgres postgres://localhost/app -n\n"
                   "                                 what would happen, and what would be lost\n"
                   "  ingot schema restore backup --sqlite app.db --yes\n",
        .options = {restore_options, target_options, report_files},
        .run = run};
}

}  // namespace ingot
