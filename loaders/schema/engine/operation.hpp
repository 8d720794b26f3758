// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/schema/engine/catalog.hpp"

namespace ingot::schema {

/// What a step has to do with the database as it is.
enum class State {
    done,       ///< What it makes is there.
    to_do,      ///< It has something to do, and can.
    covered,    ///< Another object serves the purpose.
    conflict,   ///< Its name is taken by something else, or the thing is there otherwise defined.
    impossible  ///< A table, column, enum label or right that it needs is missing.
};
std::string_view name_of(State state);

/// What a statement reads or writes while it holds its lock.
enum class Effort { catalog, scan, rewrite, build, rows };
std::string_view name_of(Effort effort);

struct Lock {
    std::string level = {};  ///< "AccessExclusive", "Share", … as pg_locks has it.
    std::string on = {};     ///< "table tasks", "index ix_a".
};

/// Rows that are changed in batches, each in a transaction of its own.
struct Batches {
    std::string table = {};
    std::string key = {};      ///< Its column with a unique, non-null value.
    std::string columns = {};  ///< That change; comma separated, quoted.
    std::vector<std::string> column_names = {};
    std::string where = {};  ///< Rows that are still to do; they no longer fit when they are done.
    /// A statement with two places: ${keys} for a list of keys, ${schema}.
    std::string update = {};
    std::int64_t size = 500;
    std::int64_t pause_ms = 10;
    bool journal = true;  ///< Keep the old values; false where the column itself is new.
};

/// One statement of a plan, with what a reviewer wants to know about it.
struct Action {
    std::string sql = {};
    std::string object = {};  ///< What it makes or changes: "index idx_a".
    std::string effect = {};  ///< In words: "idx_a on tasks (status) exists".
    std::vector<Lock> locks = {};
    Effort effort = Effort::catalog;
    bool transactional = true;           ///< False: must run alone, outside a transaction.
    bool cleanup = false;                ///< Removes what a failed run left: has no way back.
    std::vector<std::string> undo = {};  ///< Statements of the way back, in their order.
    bool undo_transactional = true;
    /// What the way back loses: a query for the number of rows, and what they are.
    std::string loss_query = {};
    std::string loss = {};
    bool irreversible = false;            ///< Only a backup brings back what was there.
    std::optional<Batches> batches = {};  ///< Then `sql` is one example of what runs.
    /// An INSERT whose rows the way back deletes: the journal keeps this column of each. In `undo`,
    /// ${JOURNAL_KEYS} stands for a query of these.
    std::string inserted_key = {};
};

/// What an operation finds in a catalog.
struct Assessment {
    State state = State::to_do;
    std::string why = {};  ///< One sentence.
    std::vector<Action> actions = {};
};

/// What an operation may ask: the schema as earlier steps will have made it, and the database as it is.
struct Context {
    const Catalog& catalog;
    Target& target;

    std::string quoted_relation(std::string_view name) const { return qualified(target, name); }
};

/// A declared change. It knows its statements, how the catalog proves it, and what it makes of a
/// catalog. Running it means: assess, run the actions, read the catalog again, assess: done.
class Operation {
public:
    Operation() = default;
    Operation(const Operation&) = delete;
    Operation& operator=(const Operation&) = delete;
    virtual ~Operation() = default;

    /// "create index idx_a on tasks (status)"
    virtual std::string title() const = 0;
    /// Tables that it changes, by the names before it.
    virtual std::vector<std::string> tables() const = 0;
    /// Only reads. After the operation has run, on a catalog read anew, this says done or covered.
    virtual Assessment assess(const Context& context) const = 0;
    /// Makes of the catalog what the operation makes of the database. Called when assess said to_do.
    virtual void apply(Catalog& catalog) const = 0;
    /// True: to assess it, the catalog is enough; no rows are read. So it may be assessed while others
    /// wait for the locks of the step before it.
    virtual bool reads_no_rows() const { return false; }
    /// False: nothing in the catalog tells whether it ran.
    virtual bool leaves_trace() const { return true; }
};

}  // namespace ingot::schema
