// SPDX-License-Identifier: MIT
#include "loaders/schema/engine/plan.hpp"

#include "loaders/schema/engine/proofs.hpp"
#include "loaders/schema/engine/words.hpp"

#include "pipeline/model/hash.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace ingot::schema {
namespace {

/// By version: steps of applied migrations that are not there, also those taken back alone.
std::map<std::int64_t, std::set<std::string>> missing_steps(const Pack& pack, Target& target,
                                                            Ledger& ledger) {
    std::map<std::int64_t, std::set<std::string>> missing;
    for (const StepProof& proof : prove_steps(pack, target, ledger))
        if (!proof.holds || proof.taken_back)
            missing[proof.migration->version].insert(proof.step->name);
    return missing;
}

/// All steps, or `only` these.
void plan_steps(Plan& plan, const Migration& migration, const std::set<std::string>* only,
                Catalog& catalog, Target& target) {
    for (const Step& step : migration.steps) {
        if (only != nullptr && !only->contains(step.name)) continue;
        Assessment assessment = step.operation->assess({catalog, target});
        if (assessment.state == State::to_do) step.operation->apply(catalog);
        if (plan.dialect == Dialect::sqlite)  // has one lock, for all of it
            for (Action& action : assessment.actions)
                action.locks = {{.level = "Reserved", .on = "the database file"}};
        plan.steps.push_back({migration.version, migration.phase, migration.name, step.name,
                              std::move(assessment), step.ignored, migration.together});
    }
}

std::string fingerprint_of(const Plan& plan) {
    std::string text = plan.pack + "\n" + plan.variant + "\n" + plan.schema + "\n";
    for (const PlannedStep& step : plan.steps) {
        text += fmt::format("{} {} {}\n", step.version, step.step, name_of(step.assessment.state));
        for (const Action& action : step.assessment.actions) text += action.sql + "\n";
    }
    return to_hex(hash128(text)).substr(0, 16);
}

std::vector<TableSize> sizes_of(const std::set<std::string>& tables, const Catalog& catalog) {
    std::vector<TableSize> sizes;
    for (const std::string& table : tables)
        if (const Relation* relation = catalog.table(table))
            sizes.push_back({table, relation->rows, relation->bytes});
    return sizes;
}

/// Rows in batches become one loop, for a statement need not fill all rows at once.
std::string fill_loop(const Batches& batches, const std::string& statement) {
    return fmt::format("DO $ingot$\nBEGIN\n    WHILE EXISTS (SELECT 1 FROM {} WHERE {}) LOOP\n{};\n"
                       "        IF NOT FOUND THEN\n            RAISE EXCEPTION 'no row was "
                       "filled';\n        END IF;\n    END LOOP;\nEND\n$ingot$",
                       identifier(batches.table), batches.where, statement);
}

/// Each line of the text is one.
std::string comment(std::string text) {
    for (std::size_t at = 0; (at = text.find('\n', at)) != std::string::npos; at += 4)
        text.replace(at, 1, "\n-- ");
    return "-- " + text + "\n";
}

/// Where the linter would find what is so on purpose.
std::string ignore_comments(const PlannedStep& step, const Action& action) {
    std::string text;
    if (action.sql.find(" CONCURRENTLY ") != std::string::npos)
        text += "-- ingot:ignore concurrently-in-batch psql sends statements singly\n";
    for (const std::string& rule : step.ignored) text += "-- ingot:ignore " + rule + "\n";
    return text;
}

/// The one table that the step locks, for no longer than a moment; empty: there is none. `up` puts such
/// steps in a row into one transaction.
std::string brief_table(const PlannedStep& step) {
    std::string table;
    for (const Action& action : step.assessment.actions) {
        if (!action.transactional || action.effort != Effort::catalog) return "";
        for (const Lock& lock : action.locks) {
            if (!lock.on.starts_with("table ") || (!table.empty() && lock.on != table)) return "";
            table = lock.on;
        }
    }
    return table;
}

/// Whether a transaction that is open goes on with `next`, as in a run of `up`.
bool go_together(const PlannedStep& step, const PlannedStep& next) {
    if (step.version != next.version) return false;
    return next.together || (!brief_table(next).empty() && brief_table(next) == brief_table(step));
}

/// Ends the script before its first change: what comes behind counts on what is in the way.
std::string refusal(const std::vector<const PlannedStep*>& obstacles, bool postgres) {
    const std::string text = fmt::format(
        "nothing was changed: {} in the way, listed at the beginning of the script",
        obstacles.size() == 1 ? "1 step of the plan is"
                              : fmt::format("{} steps of the plan are", obstacles.size()));
    std::string script = "\n-- In the way:\n";
    for (const PlannedStep* step : obstacles)
        script +=
            comment(fmt::format("{:03} {}, step {}: {}: {}", step->version, step->migration,
                                step->step, name_of(step->assessment.state), step->assessment.why));
    return script + (postgres
                         ? "DO $ingot$ BEGIN RAISE EXCEPTION " + literal(text) + "; END $ingot$;\n"
                         : "SELECT * FROM " + fmt::format("\"{}\";\n", text));
}

std::string beginning(const Plan& plan, bool postgres) {
    std::string script = fmt::format("-- Pack {}, plan {}.\n", plan.pack, plan.fingerprint);
    if (postgres)
        script += "-- Run it with: psql -f FILE. Ingot's ledger does not learn of it.\n"
                  "-- ingot:ignore client-command psql stops at the first error\n"
                  "\\set ON_ERROR_STOP on\nSET lock_timeout = '2s';\nSET search_path = " +
                  identifier(plan.schema) + ", pg_temp;\n";
    else
        script += "-- Run it with: sqlite3 DATABASE < FILE. Ingot's ledger does not learn of it.\n"
                  "-- ingot:ignore client-command sqlite3 stops at the first error\n.bail on\n";
    const auto obstacles = plan.obstacles();
    return obstacles.empty() ? script : script + refusal(obstacles, postgres);
}

}  // namespace

std::vector<Drift> drift_of(const Pack& pack, const std::vector<AppliedMigration>& applied) {
    std::vector<Drift> drift;
    for (const AppliedMigration& each : applied) {
        const auto file = std::ranges::find(pack.migrations, each.version, &Migration::version);
        if (file == pack.migrations.end())
            drift.push_back({each.version, each.name, "the pack no longer has it"});
        else if (file->checksum != each.checksum)
            drift.push_back({each.version, each.name,
                             "its file was changed after it was applied on " + each.applied_at +
                                 "; put the change into a new migration"});
    }
    return drift;
}

std::size_t Plan::count(State state) const {
    return static_cast<std::size_t>(std::ranges::count_if(
        steps, [&](const PlannedStep& step) { return step.assessment.state == state; }));
}

std::vector<const PlannedStep*> Plan::obstacles() const {
    std::vector<const PlannedStep*> found;
    for (const PlannedStep& step : steps)
        if (step.assessment.state == State::conflict || step.assessment.state == State::impossible)
            found.push_back(&step);
    return found;
}

std::size_t Plan::statements() const {
    std::size_t count = 0;
    for (const PlannedStep& step : steps) count += step.assessment.actions.size();
    return count;
}

Plan make_plan(const Pack& pack, Target& target, Ledger& ledger, const Selection& selection) {
    Plan plan{.pack = pack.name,
              .variant = pack.variant,
              .target = target.name(),
              .schema = target.schema(),
              .dialect = target.dialect(),
              .applied = ledger.applied(),
              .steps = {},
              .pending = {},
              .late = {},
              .begun = ledger.open_versions(),
              .repairs = {},
              .drift = {},
              .sizes = {},
              .fingerprint = {}};
    plan.drift = drift_of(pack, plan.applied);
    Catalog catalog = read_catalog(target);
    const std::set<std::string> tables = pack.tables();
    plan.sizes = sizes_of(tables, catalog);
    const std::int64_t newest = plan.applied.empty() ? 0 : plan.applied.back().version;
    std::erase_if(plan.begun, [&](std::int64_t version) {
        return std::ranges::find(plan.applied, version, &AppliedMigration::version) !=
               plan.applied.end();
    });
    std::map<std::int64_t, std::set<std::string>> missing;
    if (selection.repair) missing = missing_steps(pack, target, ledger);
    for (const Migration& migration : pack.migrations) {
        const bool is_applied = std::ranges::find(plan.applied, migration.version,
                                                  &AppliedMigration::version) != plan.applied.end();
        if (!selection.takes(migration)) continue;
        const auto repair = missing.find(migration.version);
        if (is_applied && repair == missing.end()) continue;
        (is_applied ? plan.repairs : plan.pending).push_back(migration.version);
        if (!is_applied && migration.version < newest) plan.late.push_back(migration.version);
        plan_steps(plan, migration, is_applied ? &repair->second : nullptr, catalog, target);
    }
    plan.fingerprint = fingerprint_of(plan);
    return plan;
}

void require_no_drift(const Plan& plan) {
    if (plan.drift.empty()) return;
    std::string text = "the pack " + plan.pack + " is not the one that was applied:";
    for (const Drift& drift : plan.drift)
        text += fmt::format("\n  {:03} {}: {}", drift.version, drift.name, drift.what);
    throw RunError(Exit::schema, text);
}

std::string runnable_sql(const Action& action, Dialect dialect) {
    if (!action.batches) return action.sql;
    const Batches& batches = *action.batches;
    const std::string statement =
        replaced(action.sql, "KEYS",
                 "SELECT " + identifier(batches.key) + " FROM " + identifier(batches.table) +
                     " WHERE " + batches.where);
    return dialect == Dialect::postgres ? fill_loop(batches, statement) : statement;
}

std::string sql_script(const Plan& plan) {
    const bool postgres = plan.dialect == Dialect::postgres;
    std::string script = beginning(plan, postgres);
    bool open = false;
    const auto close = [&] {
        if (open) script += "COMMIT;\n";
        open = false;
    };
    const PlannedStep* before = nullptr;
    for (const PlannedStep& step : plan.steps) {
        if (before == nullptr || !go_together(*before, step)) close();
        before = &step;
        script += fmt::format(
            "\n{}{}", comment(fmt::format("{:03} {}: {}", step.version, step.migration, step.step)),
            comment(std::string(name_of(step.assessment.state)) +
                    (step.assessment.why.empty() ? "" : ": ") + step.assessment.why));
        for (const Action& action : step.assessment.actions) {
            const bool alone = !action.transactional;
            if (alone) close();
            if (!alone && !open) script += postgres ? "BEGIN;\n" : "BEGIN IMMEDIATE;\n";
            if (!alone) open = true;
            script += ignore_comments(step, action) + runnable_sql(action, plan.dialect) + ";\n";
        }
    }
    close();
    return script;
}

}  // namespace ingot::schema
