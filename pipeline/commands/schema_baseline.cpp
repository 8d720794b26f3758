// SPDX-License-Identifier: MIT
#include "pipeline/commands/commands.hpp"
#include "pipeline/profile.hpp"
#include "pipeline/schema_session.hpp"

namespace ingot {
namespace {

int run(const Options& options) {
    SchemaSession session = open_session(options, "baseline");
    SchemaReport report = begin_report("baseline", session);
    return run_reported(options, session, report, [&] {
        schema::Verification found;
        found.answers =
            schema::store_baseline(session.pack, *session.target, *session.ledger, options.runs);
        report.verification = std::move(found);
        const schema::Catalog catalog = schema::read_catalog(*session.target);
        for (const std::string& name : session.pack.tables())
            if (const schema::Relation* table = catalog.table(name))
                report.rows_after.push_back({name, table->rows, table->bytes});
        report.notes.emplace_back("Kept; ingot schema verify compares with it.");
    });
}

}  // namespace

Command schema_baseline_command() {
    return {.name = "baseline",
            .says =
                "Keep the times of the pack's queries and the sizes of its tables before a change",
            .example = "Example:\n  ingot schema baseline --pack P --postgres URL --runs 20\n",
            .options = {pack_options, target_options, runs_option, schema_output},
            .run = [](const Options& options) { return with_profile(options, "baseline", run); }};
}

}  // namespace ingot
