// SPDX-License-Identifier: MIT
#include "pipeline/commands/commands.hpp"
#include "pipeline/profile.hpp"
#include "pipeline/schema_session.hpp"

namespace ingot {
namespace {

int run(const Options& options) {
    SchemaSession session = open_session(options, "verify");
    SchemaReport report = begin_report("verify", session);
    return run_reported(options, session, report, [&] {
        report.verification =
            schema::verify(session.pack, *session.target, *session.ledger, options.runs);
        if (report.verification->failures() > 0) report.exit = Exit::invalid;
        if (!report.verification->drift.empty()) report.exit = Exit::schema;
    });
}

}  // namespace

Command schema_verify_command() {
    return {.name = "verify",
            .says = "Prove every applied step from the catalog, and ask the pack's queries",
            .example = "Example:\n  ingot schema verify --pack P --postgres URL --runs 20\n"
                       "Exits with 3 when a proof fails or a critical threshold is passed\n",
            .options = {pack_options, target_options, runs_option, schema_output},
            .run = [](const Options& options) { return with_profile(options, "verify", run); }};
}

}  // namespace ingot
