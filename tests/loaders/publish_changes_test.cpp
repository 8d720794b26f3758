// SPDX-License-Identifier: MIT
#include "tests/loaders/publish_fixture.hpp"

#include <algorithm>

namespace ingot::testing {
namespace {

/// A publication of what changed since the last one.
class PublishChanges : public PublishTest {};

TEST_F(PublishChanges, ReplacesExactlyTheRowsOfAChangedSource) {
    fill();
    publish();
    store.begin_run();
    store.put("logs/a.log", [](Batch& batch) {
        add_event(batch, 0, "one", "a1");
        add_event(batch, 100, "TWO");
        add_event(batch, 150, "new");
    });
    const PublishedWorkspace done = publish();
    EXPECT_EQ(counts(done, "events"), "1 1 1 1");
    EXPECT_EQ(done.sources_changed, 1);
    EXPECT_EQ(counts(done, "configurations"), "0 0 0 1");
    EXPECT_EQ(differences(store), "");
    EXPECT_EQ(pg("SELECT string_agg(message, ' ' ORDER BY source_offset) FROM events"),
              "one TWO new");
}

TEST_F(PublishChanges, WritesOnlyTheTailOfASourceThatGrew) {
    fill();
    publish();
    change("UPDATE events SET severity = 'mark' WHERE source_offset = 0");  // not read, so it stays
    store.begin_run();
    store.append("logs/a.log", 200, [](Batch& batch) {
        add_event(batch, 200, "three and more", "a1");
        add_event(batch, 300, "four");
    });
    const PublishedWorkspace done = publish();
    EXPECT_EQ(counts(done, "events"), "1 1 0 2");
    EXPECT_EQ(done.sources_appended, 1);
    EXPECT_EQ(pg("SELECT string_agg(message, ' ' ORDER BY source_offset) FROM events"),
              "one two three and more four");
    EXPECT_EQ(pg("SELECT severity FROM events WHERE source_offset = 0"), "mark");
}

TEST_F(PublishChanges, CatchesUpWithSeveralAppendsAtOnce) {
    fill();
    publish();
    for (std::int64_t offset = 200; offset < 600; offset += 100) {
        store.begin_run();
        store.append("logs/a.log", offset, [&](Batch& batch) {
            add_event(batch, offset, "again");
            add_event(batch, offset + 100, "more");
        });
    }
    EXPECT_EQ(counts(publish(), "events"), "4 1 0 2");
    EXPECT_EQ(differences(store), "");
}

TEST_F(PublishChanges, LoadsASourceWholeWhenItsOlderRowsAreNotWhatTheLedgerSays) {
    fill();
    publish();
    change("UPDATE source_tables SET checksum = repeat('0', 32) WHERE table_name = 'events'");
    change("UPDATE events SET message = 'wrong' WHERE source_offset = 0");
    store.begin_run();
    store.append("logs/a.log", 200, [](Batch& batch) { add_event(batch, 200, "three", "a1"); });
    EXPECT_EQ(counts(publish(), "events"), "0 1 0 2");
    EXPECT_EQ(differences(store), "");
}

TEST_F(PublishChanges, LoadsASourceWholeWhenItsRowsDependOnTheFileTime) {
    fill();
    store.touch("logs/a.log", "uses_file_time = 1, modified_ns = 1");
    publish();
    store.begin_run();
    store.append("logs/a.log", 200, [](Batch& batch) { add_event(batch, 200, "other"); });
    store.touch("logs/a.log", "uses_file_time = 1, modified_ns = 2");
    const PublishedWorkspace done = publish();
    EXPECT_EQ(done.sources_appended, 0);
    EXPECT_EQ(done.sources_changed, 1);
    EXPECT_EQ(differences(store), "");
}

TEST_F(PublishChanges, UpdatesALedgerRowWithoutTouchingItsRows) {
    fill();
    publish();
    const std::string before = pg("SELECT sum(xmin::text::bigint) FROM events");
    store.begin_run();
    store.touch("logs/a.log", "modified_ns = 77, mode = 33188");
    const PublishedWorkspace done = publish();
    EXPECT_EQ(counts(done, "events"), "0 0 0 3");
    EXPECT_EQ(counts(done, "sources"), "0 1 0 ?");
    EXPECT_EQ(pg("SELECT sum(xmin::text::bigint) FROM events"), before);
    EXPECT_EQ(differences(store), "");
}

TEST_F(PublishChanges, HandlesManySourcesInGroups) {
    const auto write = [&](std::string_view message) {
        for (int i = 0; i < 600; ++i)
            store.put("logs/" + std::to_string(i) + ".log", [&](Batch& batch) {
                add_event(batch, 0, i % 2 == 0 ? message : "same");
                add_event(batch, 100, "same");
            });
    };
    store.sql("BEGIN");
    write("before");
    store.sql("COMMIT");
    publish();
    store.begin_run();
    store.sql("BEGIN");
    write("after");
    store.sql("COMMIT");
    EXPECT_EQ(counts(publish(), "events"), "0 300 0 900");
    EXPECT_EQ(differences(store), "");
}

TEST_F(PublishChanges, CountsWithoutWritingInADryRun) {
    fill();
    options.dry_run = true;
    const PublishedWorkspace first = publish();
    EXPECT_EQ(counts(first, "events"), "3 0 0 0");
    EXPECT_NE(std::ranges::find(last.ddl, "CREATE TABLE events"), last.ddl.end());
    EXPECT_EQ(ask("SELECT count(*) FROM pg_namespace WHERE nspname = '" + schema + "'"), "0");
    options.dry_run = false;
    publish();
    store.begin_run();
    store.put("logs/a.log", [](Batch& batch) { add_event(batch, 0, "changed"); });
    store.sql("UPDATE agents SET status = 'crashed'");
    options.dry_run = true;
    const std::string before = next_transaction();
    const PublishedWorkspace second = publish();
    EXPECT_EQ(counts(second, "events"), "0 1 2 0");
    EXPECT_EQ(counts(second, "agents"), "0 2 0 0");
    EXPECT_TRUE(second.is_changed);
    EXPECT_EQ(next_transaction(), before);
    options.dry_run = false;
    EXPECT_EQ(counts(publish(), "events"), "0 1 2 0");
}

TEST_F(PublishChanges, BringsARunsReportLater) {
    fill();
    publish();
    store.sql("UPDATE import_runs SET report = '{\"tables\": []}'");
    publish_runs(store.db, pool, store.workspace_id);
    EXPECT_EQ(pg("SELECT report::text FROM import_runs"), "{\"tables\": []}");
    const std::string before = next_transaction();
    publish_runs(store.db, pool, store.workspace_id);
    EXPECT_FALSE(publish().is_changed);
    EXPECT_EQ(next_transaction(), before);
}

}  // namespace
}  // namespace ingot::testing
