// SPDX-License-Identifier: MIT
#include "pipeline/model/errors.hpp"
#include "pipeline/tables/agent.hpp"
#include "tests/loaders/publish_fixture.hpp"

namespace ingot::testing {
namespace {

/// What SQLite's history says about sources, and what PostgreSQL keeps of it.
class PublishHistory : public PublishTest {
protected:
    PublishHistory() {
        store.put("a.log", [](Batch& batch) {
            add_event(batch, 0, "a one");
            add_event(batch, 100, "a two");
        });
        store.put("b.log", [](Batch& batch) { add_event(batch, 0, "b"); });
        store.archive("a.log", 0, "first");
    }

    std::string messages() const {
        return pg("SELECT string_agg(message, ', ' ORDER BY message) FROM events");
    }
};

TEST_F(PublishHistory, CarriesVersionsAndSegments) {
    publish();
    store.begin_run();
    store.put("a.log", [](Batch& batch) { add_event(batch, 0, "a new"); });
    store.archive("a.log", 0, "second");
    const PublishedWorkspace done = publish();
    EXPECT_EQ(counts(done, "source_versions"), "1 0 0 ?");
    EXPECT_EQ(counts(done, "source_segments"), "1 0 0 ?");
    EXPECT_EQ(counts(done, "import_runs"), "1 0 0 ?");
    EXPECT_EQ(differences(store), "");
}

TEST_F(PublishHistory, ReplacesASegmentWhoseBytesChanged) {
    publish();
    store.begin_run();
    store.append("a.log", 100, [](Batch& batch) { add_event(batch, 100, "a two and more"); });
    store.archive("a.log", 0, "first and more");
    store.archive("a.log", 1, "next");
    EXPECT_EQ(counts(publish(), "source_segments"), "1 1 0 ?");
    EXPECT_EQ(differences(store), "");
}

TEST_F(PublishHistory, KeepsTheRowsOfAVanishedSource) {
    publish();
    store.begin_run();
    store.touch("b.log", "missing_since = '2025-07-16T02:22:10.050741Z'");
    const PublishedWorkspace done = publish();
    EXPECT_EQ(counts(done, "events"), "0 0 0 3");
    EXPECT_EQ(pg("SELECT missing_since::text FROM sources WHERE path = 'b.log'"),
              "2025-07-16 02:22:10.050741+00");
}

TEST_F(PublishHistory, RemovesAPrunedSource) {
    publish();
    store.begin_run();
    store.remove("a.log", "pruned");
    const PublishedWorkspace done = publish();
    EXPECT_EQ(counts(done, "events"), "0 0 2 1");
    EXPECT_EQ(done.sources_removed, 1);
    EXPECT_EQ(differences(store), "");
    EXPECT_EQ(pg("SELECT count(*) FROM source_segments"), "1");  // undo needs it
}

TEST_F(PublishHistory, RemovesTheHistoryThatPruningRemoved) {
    publish();
    store.begin_run();
    const std::string run = store.run_id;
    store.remove("a.log", "pruned");
    store.sql("DELETE FROM source_segments; DELETE FROM source_versions WHERE path = 'a.log' AND "
              "run_id <> '" +
              run + "'");
    publish();
    EXPECT_EQ(differences(store), "");
    EXPECT_EQ(pg("SELECT count(*) FROM source_segments"), "0");
}

TEST_F(PublishHistory, NeverRemovesASourceThatSqliteDoesNotKnow) {
    publish();
    TestStore fresh("store two");
    fresh.put("b.log", [](Batch& batch) { add_event(batch, 0, "b"); });
    fresh.put("c.log", [](Batch& batch) { add_event(batch, 0, "c"); });
    EXPECT_THROW(publish(fresh), RunError);
    options.adopt = true;
    const PublishedWorkspace done = publish(fresh);
    EXPECT_EQ(messages(), "a one, a two, b, c");
    EXPECT_EQ(done.sources_missing, 1);
    EXPECT_EQ(counts(done, "events"), "1 0 0 3");
    EXPECT_EQ(pg("SELECT missing_since::text FROM sources WHERE path = 'a.log'"),
              "2025-06-15 15:06:40+00");
    EXPECT_EQ(pg("SELECT store_id FROM workspaces"), "store two");
    EXPECT_EQ(pg("SELECT count(*) FROM source_segments"), "1");
    options.adopt = false;
    const std::string before = next_transaction();
    EXPECT_FALSE(publish(fresh).is_changed);
    EXPECT_EQ(next_transaction(), before);
    EXPECT_THROW(publish(), RunError);
}

TEST_F(PublishHistory, KeepsEntitiesThatUnknownSourcesStillName) {
    Agent agent{};
    agent.agent_id = "old";
    agent.agent_type = agent.status = "unknown";
    store.entity(agent);
    agent.agent_id = "stated";
    store.entity(agent);
    store.put("a.log", [&](Batch& batch) {
        add_event(batch, 0, "a", "old");
        batch.state(0, agent);
    });
    publish();
    TestStore fresh("store two");
    fresh.put("b.log", [](Batch& batch) { add_event(batch, 0, "b"); });
    options.adopt = true;
    const PublishedWorkspace done = publish(fresh);
    EXPECT_EQ(pg("SELECT string_agg(agent_id, ' ' ORDER BY agent_id) FROM agents"), "old stated");
    EXPECT_EQ(counts(done, "agents"), "0 0 0 2");
}

TEST_F(PublishHistory, SaysWhichFilePublishes) {
    publish();
    TestStore other("store two");
    other.put("b.log", [](Batch&) {});
    const std::string before = next_transaction();
    try {
        publish(other);
        FAIL();
    } catch (const RunError& error) {
        EXPECT_EQ(error.exit, Exit::failed);
        for (const char* part : {"store one", "store two", "--adopt"})
            EXPECT_NE(std::string(error.what()).find(part), std::string::npos) << error.what();
    }
    EXPECT_EQ(next_transaction(), before);
}

TEST_F(PublishHistory, CountsTheRowsOfARotatedLogAsUpdated) {
    store.touch("a.log", "inode = 7");
    publish();
    store.begin_run();
    store.rename("a.log", "a.log.1");
    store.put("a.log", [](Batch& batch) { add_event(batch, 0, "a fresh"); });
    store.touch("a.log", "inode = 8");
    const PublishedWorkspace done = publish();
    EXPECT_EQ(counts(done, "events"), "1 2 0 1");
    EXPECT_EQ(differences(store), "");
}

TEST_F(PublishHistory, CountsTheRowsOfARenamedLogAsUpdated) {
    store.touch("a.log", "inode = 7");
    publish();
    store.begin_run();
    store.rename("a.log", "old/a.log.1");
    store.remove("a.log", "renamed");
    const PublishedWorkspace done = publish();
    EXPECT_EQ(counts(done, "events"), "0 2 0 1");
    EXPECT_EQ(done.sources_removed, 1);
    EXPECT_EQ(differences(store), "");
}

TEST_F(PublishHistory, TakesBackWhatAnUndoneRunBrought) {
    publish();
    store.begin_run();
    const std::string run = store.run_id;
    store.append("a.log", 100, [](Batch& batch) {
        add_event(batch, 100, "a two");
        add_event(batch, 200, "a three");
    });
    store.archive("a.log", 1, "more");
    store.put("c.log", [](Batch& batch) { add_event(batch, 0, "c"); });
    store.archive("c.log", 0, "all of c");
    publish();
    store.sql("UPDATE import_runs SET status = 'undone' WHERE run_id = '" + run +
              "'; DELETE FROM source_versions WHERE run_id = '" + run +
              "'; DELETE FROM source_segments WHERE segment_no = 1 OR source_id = " +
              std::to_string(store.id_of("c.log")));
    for (const char* table : {"events", "source_tables", "sources"})
        store.sql("DELETE FROM " + std::string(table) +
                  " WHERE source_id = " + std::to_string(store.id_of("c.log")));
    store.sql("UPDATE sources SET first_run_id = 'run-101'");
    store.append("a.log", 100, [](Batch& batch) { add_event(batch, 100, "a two"); });
    store.sql("DELETE FROM source_versions WHERE run_id = '" + run + "'");
    const PublishedWorkspace done = publish();
    EXPECT_EQ(messages(), "a one, a two, b");
    EXPECT_EQ(done.sources_removed, 1);
    EXPECT_EQ(differences(store), "");
}

TEST_F(PublishHistory, WaitsForTheEndOfAnImport) {
    store.sql("UPDATE import_runs SET status = 'running'");
    EXPECT_THROW(publish(), RunError);
    store.sql("UPDATE import_runs SET status = 'interrupted'");
    store.touch("a.log", "size_bytes = -1");
    EXPECT_THROW(publish(), RunError);
    store.touch("a.log", "size_bytes = 200");
    publish();
    EXPECT_EQ(differences(store), "");
}

TEST_F(PublishHistory, DoesNotMindRunIds) {
    publish();
    store.touch("a.log", "first_run_id = 'x', last_run_id = 'y'");
    EXPECT_FALSE(publish().is_changed);
}

}  // namespace
}  // namespace ingot::testing
