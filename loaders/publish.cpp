// SPDX-License-Identifier: MIT
#include "loaders/publish.hpp"

#include "loaders/conninfo.hpp"
#include "loaders/publication.hpp"

#include "pipeline/model/bookkeeping.hpp"
#include "pipeline/model/errors.hpp"

#include <algorithm>

namespace ingot {
namespace {

constexpr int kAttempts = 3;

/// One state of the SQLite file from the first row read to the last.
class ReadSnapshot {
public:
    explicit ReadSnapshot(SQLite::Database& db) {
        if (sqlite3_get_autocommit(db.getHandle()) != 0) transaction_.emplace(db);
    }

private:
    std::optional<SQLite::Transaction> transaction_;  // ends with a rollback: nothing was written
};

std::vector<std::int64_t> workspaces_of(SQLite::Database& store) {
    std::vector<std::int64_t> ids;
    RowStatement select(store, "SELECT workspace_id FROM workspaces ORDER BY name");
    while (select.step()) ids.push_back(select.integer(0));
    return ids;
}

/// A deadlock or a serialisation failure: nothing is wrong, another try will do.
bool may_be_repeated(const pqxx::failure& error) {
    const auto* sql = dynamic_cast<const pqxx::sql_error*>(&error);
    return sql != nullptr && sql->sqlstate().starts_with("40");
}

/// Classes 22 and 23: a value or a row that PostgreSQL refuses.
[[noreturn]] void give_up(const pqxx::failure& error, const Pool& pool) {
    const auto* sql = dynamic_cast<const pqxx::sql_error*>(&error);
    const std::string text = "publishing into the schema " + pool.schema() + " at " +
                             redacted(pool.conninfo()) +
                             " failed, nothing was written: " + error.what();
    const std::string sqlstate = sql == nullptr ? "" : sql->sqlstate();
    if (sqlstate.starts_with("22") || sqlstate.starts_with("23")) throw ValidationFailed(text);
    throw RunError(Exit::failed, text);
}

/// Publishes one workspace, as often as it takes.
class Attempts {
public:
    Attempts(SQLite::Database& store, Pool& pool, const PublishOptions& options,
             std::int64_t workspace_id)
        : store_(store), pool_(pool), options_(options), workspace_id_(workspace_id) {}

    Published run() {
        for (int failures = 0;;) {
            const Pool::Lease lease = pool_.acquire();
            lease->check_interrupt = options_.check_interrupt;
            Publication publication(store_, *lease, pool_.schema(), options_, workspace_id_,
                                    allow_append_);
            try {
                if (std::optional<Published> done = publication.run())
                    return final_result(std::move(*done));
            } catch (const AppendMismatch&) {
                allow_append_ = false;  // cannot happen again
            } catch (const pqxx::in_doubt_error&) {
                in_doubt_ = publication.result();
                note_failure(++failures, "the connection was lost during the commit");
            } catch (const pqxx::failure& error) {
                if (!lease->is_lost(error) && !may_be_repeated(error)) give_up(error, pool_);
                note_failure(++failures, error.what());
            }
        }
    }

private:
    /// What was written by a commit whose answer was lost shows as "nothing to do" afterwards.
    Published final_result(Published done) {
        return in_doubt_ && !done.workspace.is_changed ? std::move(*in_doubt_) : std::move(done);
    }
    void note_failure(int failures, const std::string& reason) const {
        if (failures == kAttempts)
            throw DatabaseUnreachable("gave up publishing to PostgreSQL at " +
                                      redacted(pool_.conninfo()) + " after " +
                                      std::to_string(failures) + " tries: " + reason +
                                      "; nothing was lost, try again when it is stable");
    }

    SQLite::Database& store_;
    Pool& pool_;
    const PublishOptions& options_;
    std::int64_t workspace_id_;
    bool allow_append_ = true;
    std::optional<Published> in_doubt_;
};

}  // namespace

PublishResult publish(SQLite::Database& store, Pool& pool, const PublishOptions& options) {
    const ReadSnapshot snapshot(store);
    PublishResult result;
    for (const std::int64_t id :
         options.workspaces.empty() ? workspaces_of(store) : options.workspaces) {
        Published published = Attempts(store, pool, options, id).run();
        result.workspaces.push_back(std::move(published.workspace));
        std::ranges::move(published.ddl, std::back_inserter(result.ddl));
    }
    return result;
}

void publish_runs(SQLite::Database& store, Pool& pool, std::int64_t workspace_id) {
    const ReadSnapshot snapshot(store);
    const Pool::Lease lease = pool.acquire();
    try {
        pqxx::work work(*lease);
        const Ends ends{.sqlite = store, .postgres = *lease, .workspace_id = workspace_id};
        const RowPlan plan = plan_runs(ends);
        if (!plan.any()) return;
        write_rows(ends, plan, table_of<ImportRun>());
        work.commit();
    } catch (const pqxx::failure& error) {
        if (lease->is_lost(error)) throw DatabaseUnreachable(error.what());
        give_up(error, pool);
    }
}

}  // namespace ingot
