// SPDX-License-Identifier: MIT
#include "pipeline/commands/commands.hpp"
#include "pipeline/profile.hpp"
#include "pipeline/report_files.hpp"
#include "pipeline/schema_session.hpp"

#include <fmt/format.h>

namespace ingot {
namespace {

int run(const Options& options) {
    SchemaSession session = open_session(options, "plan");
    SchemaReport report = begin_report("plan", session);
    const auto make = [&] {
        report.plan = schema::make_plan(session.pack, *session.target, *session.ledger,
                                        {options.to_version, options.phase, options.repair});
        if (!report.plan->obstacles().empty()) report.exit = Exit::invalid;
        if (!report.plan->drift.empty()) report.exit = Exit::schema;
    };
    if (!options.sql) return run_reported(options, session, report, make);
    make();
    fmt::print("{}", schema::sql_script(*report.plan));
    const Exit written = write_reports(options, schema_document(report));
    return static_cast<int>(gravest(report.exit, written));
}

}  // namespace

Command schema_plan_command() {
    return {.name = "plan",
            .says =
                "Show every statement of a migration with its lock and its way back; only reads",
            .example = "Examples:\n"
                       "  ingot schema plan --pack project-tracking-indexes --postgres URL\n"
                       "  ingot schema plan --pack P --postgres URL --sql > plan.sql\n"
                       "  ingot schema plan --pack P --postgres URL --report runbook.md\n"
                       "Exits with 3 when something is in the way, 6 when applied files changed\n",
            .options = {pack_options, target_options, version_options, repair_option, plan_options,
                        schema_output},
            .run = [](const Options& options) { return with_profile(options, "plan", run); }};
}

}  // namespace ingot
