// SPDX-License-Identifier: MIT
#include "loaders/ddl.hpp"
#include "loaders/publish_schema.hpp"
#include "pipeline/model/errors.hpp"
#include "pipeline/tables/agent.hpp"
#include "tests/loaders/publish_fixture.hpp"

#include <atomic>
#include <chrono>
#include <stdexcept>
#include <thread>

#include <sys/wait.h>
#include <unistd.h>

namespace ingot::testing {
namespace {

using namespace std::chrono_literals;

/// Ends the server's side of a connection, as a crash or a dead network would.
void terminate(pqxx::transaction_base& work) {
    ask("SELECT pg_terminate_backend(" + std::to_string(work.conn().backendpid()) + ", 5000)");
}

/// A first publication is there; a second one, of changed events, is about to fail.
class PublishFailures : public PublishTest {
protected:
    PublishFailures() {
        store.put("a.log", [](Batch& batch) { add_event(batch, 0, "old"); });
        publish();
        pool.first_delay = 1ms;
        store.begin_run();
        store.put("a.log", [](Batch& batch) {
            add_event(batch, 0, "new");
            add_event(batch, 100, "newer");
        });
    }

    /// Nothing of the second publication is there, and the next one succeeds.
    void expect_healed() {
        EXPECT_EQ(messages(), "old");
        options.before_commit = [](pqxx::transaction_base&, std::int64_t) {};
        options.check_interrupt = [] {};
        EXPECT_EQ(counts(publish(), "events"), "1 1 0 0");
        EXPECT_EQ(differences(store), "");
    }

    std::string messages() const {
        return pg("SELECT string_agg(message, ', ' ORDER BY message) FROM events");
    }
};

TEST_F(PublishFailures, RollsBackWhenARuleSaysNo) {
    options.before_commit = [](pqxx::transaction_base& work, std::int64_t) {
        EXPECT_EQ(work.exec1("SELECT count(*) FROM events")[0].as<int>(),
                  2);  // it sees what is about to be
        throw ValidationFailed("no");
    };
    EXPECT_THROW(publish(), ValidationFailed);
    expect_healed();
}

TEST_F(PublishFailures, RollsBackWhenTheRowsAreNotWhatWasExtracted) {
    store.sql("UPDATE events SET message = 'tampered' WHERE source_offset = 100");
    try {
        publish();
        FAIL();
    } catch (const ValidationFailed& error) {
        EXPECT_NE(std::string(error.what()).find("table events, a.log"), std::string::npos)
            << error.what();
    }
    EXPECT_EQ(messages(), "old");
    store.sql("UPDATE events SET message = 'newer' WHERE source_offset = 100");
    expect_healed();
}

TEST_F(PublishFailures, RollsBackWhenRowsAreMissing) {
    store.sql("DELETE FROM events WHERE source_offset = 100");
    EXPECT_THROW(publish(), ValidationFailed);
    EXPECT_EQ(messages(), "old");
}

TEST_F(PublishFailures, RollsBackWhenAParentIsMissing) {
    store.put("a.log", [](Batch& batch) { add_event(batch, 0, "orphan", "nobody"); });
    EXPECT_THROW(publish(), ValidationFailed);
    EXPECT_EQ(messages(), "old");
}

TEST_F(PublishFailures, RollsBackWhenInterrupted) {
    struct Stop {};
    int calls = 0;
    options.check_interrupt = [&] {
        if (++calls == 3) throw Stop{};
    };
    EXPECT_THROW(publish(), Stop);
    expect_healed();
}

TEST_F(PublishFailures, IsNotToldApartByWhereItIsInterrupted) {
    struct Stop {};
    int last_call = 0;
    for (bool interrupted = true; interrupted;) {
        int calls = 0;
        ++last_call;
        options.check_interrupt = [&] {
            if (++calls == last_call) throw Stop{};
        };
        try {
            publish();
            interrupted = false;
        } catch (const Stop&) {
            ASSERT_EQ(messages(), "old") << last_call;
        }
    }
    EXPECT_GT(last_call, 5);
    EXPECT_EQ(differences(store), "");
}

TEST_F(PublishFailures, StartsAgainWhenTheConnectionIsLost) {
    int tries = 0;
    options.before_commit = [&](pqxx::transaction_base& work, std::int64_t) {
        if (++tries < 3) terminate(work);
    };
    EXPECT_EQ(counts(publish(), "events"), "1 1 0 0");
    EXPECT_EQ(tries, 3);
    EXPECT_EQ(differences(store), "");
}

TEST_F(PublishFailures, StartsAgainWhenTheConnectionIsLostWhileCopying) {
    int tries = 0;
    options.progress = [&](const PublishProgress& progress) {
        if (progress.step != "copy" || progress.rows > 0 || ++tries > 1) return;
        ask("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name = "
            "'ingot' AND pid <> "
            "pg_backend_pid() AND xact_start IS NOT NULL");
    };
    EXPECT_EQ(counts(publish(), "events"), "1 1 0 0");
    EXPECT_GT(tries, 1);
    EXPECT_EQ(differences(store), "");
}

TEST_F(PublishFailures, StartsAgainWhenTheCommitIsLost) {
    change("CREATE SEQUENCE commits");  // counts transactions that are rolled back too
    change("CREATE FUNCTION lose() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF "
           "nextval('commits') = 1 THEN PERFORM "
           "pg_terminate_backend(pg_backend_pid()); END IF; RETURN NULL; END $$");
    change("CREATE CONSTRAINT TRIGGER lose AFTER INSERT ON import_runs DEFERRABLE INITIALLY "
           "DEFERRED FOR EACH ROW EXECUTE "
           "FUNCTION lose()");
    EXPECT_EQ(counts(publish(), "events"), "1 1 0 0");
    EXPECT_EQ(pg("SELECT last_value FROM commits"), "2");
    EXPECT_EQ(differences(store), "");
}

TEST_F(PublishFailures, GivesUpAfterThreeLostConnections) {
    int tries = 0;
    options.before_commit = [&](pqxx::transaction_base& work, std::int64_t) {
        ++tries;
        terminate(work);
    };
    EXPECT_THROW(publish(), DatabaseUnreachable);
    EXPECT_EQ(tries, 3);
    expect_healed();
}

TEST_F(PublishFailures, LeavesTheOldStateWhenItIsKilled) {
    // Nothing of a connection may be shared with the child.
    Pool childs_pool(cluster_url(), schema);
    const pid_t child = fork();
    if (child == 0) {
        options.before_commit = [](pqxx::transaction_base&, std::int64_t) { _exit(9); };
        ingot::publish(store.db, childs_pool, options);
        _exit(0);
    }
    int status = 0;
    waitpid(child, &status, 0);
    EXPECT_EQ(WEXITSTATUS(status), 9);
    for (int i = 0;
         i < 100 && ask("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'") != "0"; ++i)
        std::this_thread::sleep_for(20ms);
    expect_healed();
}

TEST_F(PublishFailures, RefusesAWorkspaceThatIsBeingLoaded) {
    options.before_commit = [&](pqxx::transaction_base&, std::int64_t) {
        PublishOptions second = options;
        second.before_commit = [](pqxx::transaction_base&, std::int64_t) { FAIL(); };
        EXPECT_THROW(ingot::publish(store.db, pool, second), Locked);
    };
    publish();
    EXPECT_EQ(differences(store), "");
}

TEST_F(PublishFailures, LoadsAnotherWorkspaceMeanwhile) {
    TestStore other("store two", "other");
    other.put("a.log", [](Batch& batch) { add_event(batch, 0, "of another"); });
    options.before_commit = [&](pqxx::transaction_base&, std::int64_t) {
        PublishOptions second = options;
        second.before_commit = [](pqxx::transaction_base&, std::int64_t) {};
        ingot::publish(other.db, pool, second);
        EXPECT_EQ(messages(), "of another, old");
    };
    publish();
    EXPECT_EQ(messages(), "new, newer, of another");
}

TEST_F(PublishFailures, TakesNoLockInADryRun) {
    options.before_commit = [&](pqxx::transaction_base&, std::int64_t) {
        PublishOptions second = options;
        second.dry_run = true;
        EXPECT_EQ(counts(ingot::publish(store.db, pool, second).workspaces.at(0), "events"),
                  "1 1 0 0");
    };
    publish();
}

TEST_F(PublishFailures, WaitsWhileTheSchemaIsChanged) {
    Connection migration(cluster_url(), schema);
    migration.execute("SELECT pg_advisory_lock(" + std::to_string(schema_lock_key(schema)) + ")");
    std::atomic<bool> is_done = false;
    std::thread publisher([&] {
        publish();
        is_done = true;
    });
    std::this_thread::sleep_for(300ms);
    EXPECT_FALSE(is_done);
    migration.execute("SELECT pg_advisory_unlock_all()");
    publisher.join();
    EXPECT_EQ(differences(store), "");
}

TEST_F(PublishFailures, RefusesASchemaThatItDoesNotKnow) {
    change("COMMENT ON SCHEMA \"" + schema + "\" IS 'ingot schema version 99'");
    EXPECT_THROW(publish(), SchemaTooNew);
    change("COMMENT ON SCHEMA \"" + schema + "\" IS 'ingot schema version 0'");
    EXPECT_THROW(publish(), RunError);
    change("COMMENT ON SCHEMA \"" + schema + "\" IS 'ingot schema version " +
           std::to_string(kSchemaVersion) + "'");
    change("DROP TABLE git_state");
    EXPECT_THROW(publish(), SchemaTooNew);
}

TEST_F(PublishFailures, SaysWhatPostgresRefuses) {
    change("ALTER TABLE events ADD CONSTRAINT odd CHECK (length(message) < 4) NOT VALID");
    try {
        publish();
        FAIL();
    } catch (const ValidationFailed& error) {
        EXPECT_NE(std::string(error.what()).find("odd"), std::string::npos);
    }
    change("ALTER TABLE events DROP CONSTRAINT odd");
    expect_healed();
}

}  // namespace
}  // namespace ingot::testing
