// SPDX-License-Identifier: MIT
#include "pipeline/commands/commands.hpp"
#include "pipeline/profile.hpp"
#include "pipeline/schema_guards.hpp"
#include "pipeline/schema_session.hpp"

namespace ingot {
namespace {

/// Applied and pending migrations, and the pack's alerts; of proofs only what fails.
int run(const Options& options) {
    SchemaSession session = open_session(options, "status");
    SchemaReport report = begin_report("status", session);
    return run_reported(options, session, report, [&] {
        const schema::Plan plan =
            schema::make_plan(session.pack, *session.target, *session.ledger, {});
        schema::Verification found;
        found.applied = plan.applied;
        found.drift = plan.drift;
        found.pending = plan.pending;
        found.answers = schema::ask_queries(session.pack.queries, *session.target, *session.ledger,
                                            options.runs, false);
        for (const std::int64_t version : plan.begun)
            report.notes.push_back("migration " + std::to_string(version) +
                                   " was left half-way; ingot schema up finishes it");
        for (const std::int64_t version : plan.late)
            report.notes.push_back("migration " + std::to_string(version) +
                                   " is late: a higher one was applied before it");
        note_missing_steps(session, report);
        if (options.exit_code && !plan.pending.empty()) report.exit = Exit::pending;
        if (found.failures() > 0) report.exit = Exit::invalid;
        if (!plan.drift.empty()) report.exit = Exit::schema;
        report.verification = std::move(found);
    });
}

}  // namespace

Command schema_status_command() {
    return {.name = "status",
            .says = "Show what is applied, what is pending, and the pack's alerts",
            .example = "Example:\n  ingot schema status --pack P --postgres URL --exit-code\n",
            .options = {pack_options, target_options, runs_option, status_options, schema_output},
            .run = [](const Options& options) { return with_profile(options, "status", run); }};
}

}  // namespace ingot
