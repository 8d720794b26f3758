// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/schema/engine/migration_ledger.hpp"
#include "loaders/schema/engine/pack.hpp"

namespace ingot::schema {

/// Which migrations of a pack are meant.
struct Selection {
    std::optional<std::int64_t> to;     ///< Up to this version.
    std::optional<std::int64_t> phase;  ///< Of this phase alone.
    bool repair = false;  ///< Steps of applied migrations, too, that are not there any more.

    bool takes(const Migration& migration) const {
        return (!to || migration.version <= *to) && (!phase || migration.phase == *phase);
    }
};

struct PlannedStep {
    std::int64_t version = 0;
    std::int64_t phase = 0;
    std::string migration;
    std::string step;
    Assessment assessment;
    std::vector<std::string> ignored = {};  ///< As the pack's step has it.
    bool together = true;                   ///< As its migration has it.
};

/// A table that the plan touches.
struct TableSize {
    std::string table;
    std::int64_t rows = 0;
    std::int64_t bytes = 0;
};

/// An applied migration whose file is another one now, or is gone.
struct Drift {
    std::int64_t version = 0;
    std::string name;
    std::string what;
};

/// What would happen, in order. Making it only reads.
struct Plan {
    std::string pack;
    std::string variant;
    std::string target;  ///< The database, without a password.
    std::string schema;
    Dialect dialect = Dialect::postgres;
    std::vector<AppliedMigration> applied;
    std::vector<PlannedStep> steps;     ///< Of pending migrations; those to repair.
    std::vector<std::int64_t> pending;  ///< Their versions.
    std::vector<std::int64_t> late;     ///< Those of them below an applied one.
    std::vector<std::int64_t> begun;    ///< Those of them that a run left half-way.
    std::vector<std::int64_t> repairs =
        {};  ///< Applied versions with steps that are to be repaired.
    std::vector<Drift> drift;
    std::vector<TableSize> sizes;
    std::string fingerprint;  ///< Of states and statements; the same as long as the plan is.

    std::size_t count(State state) const;
    /// Conflicts and what is impossible.
    std::vector<const PlannedStep*> obstacles() const;
    std::size_t statements() const;
};

/// Assesses every step on the schema as the steps before it will have made it.
Plan make_plan(const Pack& pack, Target& target, Ledger& ledger, const Selection& selection);

/// Applied migrations whose file is another one now, or is gone.
std::vector<Drift> drift_of(const Pack& pack, const std::vector<AppliedMigration>& applied);

/// Throws RunError with Exit::schema when applied migrations were changed.
void require_no_drift(const Plan& plan);

/// An action's SQL for another program than this one: what Ingot fills in batch by batch is a loop.
std::string runnable_sql(const Action& action, Dialect dialect);

/// The plan as an SQL script for psql or sqlite3, with comments.
std::string sql_script(const Plan& plan);

}  // namespace ingot::schema
