// SPDX-License-Identifier: MIT
#include "pipeline/schema_guards.hpp"

#include "pipeline/hooks.hpp"
#include "pipeline/interrupt.hpp"
#include "pipeline/rehearsed.hpp"

#include "loaders/schema/engine/proofs.hpp"

#include <fmt/format.h>

#include <map>

namespace ingot {
namespace {

[[noreturn]] void refuse(const Options& options, const std::string& what) {
    throw RunError(Exit::pending, "--env " + options.env + ": nothing was changed, because " +
                                      what +
                                      " was not rehearsed for this database; try it with "
                                      "ingot schema rehearse");
}

}  // namespace

bool is_only_shown(const Options& options, SchemaReport& report) {
    if (options.dry_run)
        report.notes.push_back("Nothing was changed: --env " + options.env +
                               " only shows the plan unless --yes or --expect is given.");
    return options.dry_run;
}

void require_rehearsed_plan(const Options& options, const SchemaSession& session,
                            const schema::Plan& plan) {
    if (options.approval == "rehearsed" &&
        !is_rehearsed(plan.pack, schema::identity_of(*session.target), plan.fingerprint))
        refuse(options, "this plan");
}

void require_rehearsed_way_back(const Options& options, const SchemaSession& session,
                                const schema::DownPlan& plan) {
    if (options.approval == "rehearsed" &&
        !is_way_back_rehearsed(plan.pack, schema::identity_of(*session.target), plan.versions))
        refuse(options, "this way back");
}

void run_with_hooks(const Options& options, SchemaReport& report, const std::string& fingerprint,
                    const std::function<void()>& change) {
    const HookFacts facts{report.command, report.pack, fingerprint};
    run_before_hook(options, facts);
    const auto after = [&](int exit_code) {
        const std::string wrong = run_after_hook(options, facts, exit_code);
        if (wrong.empty()) return;
        report.notes.push_back(wrong);
        if (report.exit == Exit::done) report.exit = Exit::failed;
    };
    try {
        change();
    } catch (const RunError& error) {
        after(static_cast<int>(error.exit));
        throw;
    } catch (const Interrupted& interrupted) {
        after(128 + interrupted.signal);
        throw;
    }
    after(static_cast<int>(report.exit));
}

void note_missing_steps(SchemaSession& session, SchemaReport& report) {
    std::map<std::pair<std::int64_t, std::string>, std::int64_t> missing;
    for (const schema::StepProof& proof :
         schema::prove_steps(session.pack, *session.target, *session.ledger))
        if (!proof.holds) ++missing[{proof.migration->version, proof.migration->name}];
    for (const auto& [migration, steps] : missing)
        report.notes.push_back(
            fmt::format("{:03} {}: applied, but {} not there: ingot schema up "
                        "--repair",
                        migration.first, migration.second,
                        steps == 1 ? "1 step is" : std::to_string(steps) + " steps are"));
}

}  // namespace ingot
