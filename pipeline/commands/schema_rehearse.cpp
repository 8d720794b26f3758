// SPDX-License-Identifier: MIT
#include "pipeline/commands/commands.hpp"
#include "pipeline/interrupt.hpp"
#include "pipeline/profile.hpp"
#include "pipeline/rehearsed.hpp"
#include "pipeline/schema_session.hpp"

namespace ingot {
namespace {

/// The copy is nobody's: what happens there need not be shown while it happens.
class Interruptible : public schema::Observer {
public:
    void check_interrupt() override { ingot::check_interrupt(); }
};

void record(SchemaReport& report) {
    schema::Rehearsal& rehearsal = *report.rehearsal;
    if (!rehearsal.passed()) {
        report.exit = Exit::invalid;
        return;
    }
    if (rehearsal.versions.empty()) return;
    record_rehearsal({.pack = report.pack,
                      .identity = rehearsal.identity,
                      .fingerprint = rehearsal.fingerprint,
                      .versions = {rehearsal.versions.begin(), rehearsal.versions.end()}});
    rehearsal.recorded = true;
    report.notes.push_back("Now: ingot schema up --expect " + rehearsal.fingerprint);
}

int run(const Options& options) {
    SchemaSession session = open_session(options, "rehearse");
    SchemaReport report = begin_report("rehearse", session);
    session.target->while_waiting = check_interrupt;
    return run_reported(options, session, report, [&] {
        Interruptible observer;
        report.rehearsal = schema::rehearse(
            session.pack, *session.target, *session.ledger, {options.to_version, options.phase},
            {.place = options.postgres ? *options.postgres : options.sqlite,
             .ledger_schema = options.pg_schema,
             .rows = options.sample},
            run_settings(options), observer);
        record(report);
    });
}

}  // namespace

Command schema_rehearse_command() {
    return {
        .name = "rehearse",
        .says = "Try a pack on a scratch copy: up, verify, down, compare, up again; the "
                "database itself is only read",
        .example =
            "Examples:\n"
            "  ingot schema rehearse --pack P --postgres URL\n"
            "  ingot schema rehearse --pack P --postgres URL --sample all --phase 1\n"
            "  ingot schema up --pack P --postgres URL --env production --expect FINGERPRINT\n"
            "                                 production wants a plan that was rehearsed\n"
            "Exits with 3 when something failed, 6 when applied files changed\n",
        .options = {pack_options, target_options, version_options, rehearse_options, schema_output},
        .run = [](const Options& options) { return with_profile(options, "rehearse", run); }};
}

}  // namespace ingot
