// SPDX-License-Identifier: MIT
#include "loaders/schema/engine/up.hpp"

#include "loaders/schema/engine/down.hpp"
#include "loaders/schema/engine/log_clock.hpp"
#include "loaders/schema/engine/migration_run.hpp"
#include "loaders/schema/engine/run_lock.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace ingot::schema {
namespace {

void log_failure(Ledger& ledger, const Migration& migration, const std::exception& error,
                 RunResult& result, Observer& observer) {
    LogEntry log{.version = migration.version,
                 .phase = migration.phase,
                 .step = migration.name,
                 .direction = "up",
                 .started_at = LogClock::now(),
                 .ended_at = LogClock::now(),
                 .status = dynamic_cast<const RunError*>(&error) ? "failed" : "interrupted",
                 .errors = 1,
                 .detail = error.what()};
    result.log.push_back(log);
    observer.step_ended(log);
    try {
        ledger.log(log);
    } catch (const RunError&) {  // the database that would keep it is what failed
    }
}

std::set<std::string> steps_of(const Plan& plan, std::int64_t version) {
    std::set<std::string> steps;
    for (const PlannedStep& step : plan.steps)
        if (step.version == version) steps.insert(step.step);
    return steps;
}

/// Those to be repaired and those to be applied, by version.
std::vector<std::int64_t> versions_of(const Plan& plan) {
    std::vector<std::int64_t> versions = plan.repairs;
    versions.insert(versions.end(), plan.pending.begin(), plan.pending.end());
    std::ranges::sort(versions);
    return versions;
}

}  // namespace

void require_no_obstacles(const Plan& plan, const RunSettings& settings) {
    const auto obstacles = plan.obstacles();
    if (obstacles.empty() || settings.skip_conflicts) return;
    std::string text = "nothing was changed, because of";
    for (const PlannedStep* step : obstacles)
        text += fmt::format("\n  {:03} {}, step {}: {}: {}", step->version, step->migration,
                            step->step, name_of(step->assessment.state), step->assessment.why);
    throw RunError(Exit::invalid, text);
}

RunResult up(const Pack& pack, Target& target, Ledger& ledger, const Selection& selection,
             const RunSettings& settings, Observer& observer) {
    RunResult result;
    const RunLock lock(target, ledger);
    const Plan plan = make_plan(pack, target, ledger, selection);
    require_no_drift(plan);
    require_no_obstacles(plan, settings);
    if (plan.pending.empty() && plan.repairs.empty()) return result;
    ledger.create();
    StatementRunner runner(target, settings, observer);
    std::vector<std::int64_t> begun;
    for (const std::int64_t version : versions_of(plan)) {
        const Migration& migration = *pack.migration(version);
        const bool is_repair = std::ranges::find(plan.repairs, version) != plan.repairs.end();
        if (!is_repair) begun.push_back(version);
        try {
            if (is_repair)
                repair_migration(migration, steps_of(plan, version), target, ledger, runner,
                                 settings, result);
            else
                run_migration(migration, target, ledger, runner, settings, result);
        } catch (const RunError& error) {
            runner.rollback();
            log_failure(ledger, migration, error, result, observer);
            if (settings.rollback_on_failure)
                take_back(pack, target, ledger, begun, runner, result);
            throw;
        } catch (const std::exception& error) {
            runner.rollback();
            log_failure(ledger, migration, error, result, observer);
            throw;
        }
    }
    return result;
}

}  // namespace ingot::schema
