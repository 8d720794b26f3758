// SPDX-License-Identifier: MIT
#include "pipeline/model/errors.hpp"
#include "pipeline/model/time.hpp"
#include "pipeline/tables/agent.hpp"
#include "pipeline/tables/configuration.hpp"
#include "pipeline/tables/context_session.hpp"
#include "pipeline/tables/event.hpp"
#include "pipeline/tables/memory_snapshot.hpp"
#include "pipeline/tables/performance_metric.hpp"
#include "pipeline/tables/project.hpp"
#include "pipeline/tables/project_task.hpp"
#include "pipeline/tables/task.hpp"
#include "tests/loaders/publish_fixture.hpp"

#include <algorithm>

namespace ingot::testing {
namespace {

Agent agent(std::string_view id) {
    Agent made{};
    made.agent_id = id;
    made.agent_type = "worker";
    made.status = "idle";
    return made;
}

Task task(std::string_view id, OptionalText parent = {}) {
    Task made{};
    made.task_id = id;
    made.title = id;
    made.status = "pending";
    made.parent_task_id = parent;
    return made;
}

void three_events(Batch& batch) {
    add_event(batch, 0, "one", "a1");
    add_event(batch, 100, "two");
    add_event(batch, 200, "three", "a1");
}

class Publish : public PublishTest {
protected:
    void fill() {
        store.entity(agent("a1"));
        store.entity(agent("a2"));
        store.put("logs/a.log", three_events);
        store.put("config/b.json", [](Batch& batch) {
            batch.add(0, Configuration{.agent_id = {},
                                       .category = "config",
                                       .key = "a.b",
                                       .value = {"1.10"},
                                       .updated_at = {},
                                       .updated_by = {}});
            batch.state(0, agent("a2"), Timestamp{5});
            batch.reject(100, "{broken", Reason::bad_json, "unexpected end");
        });
        store.archive("logs/a.log", 0, "payload");
    }
};

TEST_F(Publish, MakesTheSchemaAndCopiesEveryTable) {
    fill();
    const PublishedWorkspace done = publish();
    EXPECT_TRUE(done.is_changed);
    EXPECT_EQ(counts(done, "events"), "3 0 0 0");
    EXPECT_EQ(counts(done, "agents"), "2 0 0 0");
    EXPECT_EQ(counts(done, "rejects"), "1 0 0 0");
    EXPECT_EQ(done.sources_new, 2);
    EXPECT_GT(done.bytes, 0);
    EXPECT_EQ(differences(store), "");
    EXPECT_EQ(pg("SELECT message FROM events ORDER BY source_offset DESC"), "three");
    EXPECT_EQ(pg("SELECT raw::text FROM rejects"), "\\x7b62726f6b656e");
    EXPECT_EQ(pg("SELECT payload::text FROM source_segments"), "\\x7061796c6f6164");
}

TEST_F(Publish, SaysWhatItMadeAndMarksTheVersion) {
    fill();
    publish();
    EXPECT_EQ(last.ddl.front(), "CREATE SCHEMA " + schema);
    EXPECT_NE(std::ranges::find(last.ddl, "CREATE TABLE events"), last.ddl.end());
    EXPECT_NE(std::ranges::find(last.ddl, "CREATE INDEX idx_events_agent_id"), last.ddl.end());
    EXPECT_NE(
        std::ranges::find(last.ddl, "ALTER TABLE events VALIDATE CONSTRAINT fk_events_agent_id"),
        last.ddl.end());
    EXPECT_EQ(pg("SELECT obj_description(quote_ident(current_schema())::regnamespace)"),
              "ingot schema version 1");
    EXPECT_EQ(pg("SELECT count(*) FROM pg_constraint WHERE NOT convalidated AND connamespace = "
                 "quote_ident(current_schema())::regnamespace"),
              "0");
    EXPECT_EQ(pg("SELECT indexdef ~ 'gin' FROM pg_indexes WHERE indexname = "
                 "'idx_agents_configuration_gin' AND schemaname = current_schema()"),
              "t");
}

TEST_F(Publish, WritesNothingWhenNothingDiffers) {
    fill();
    publish();
    const std::string before = next_transaction();
    const PublishedWorkspace done = publish();
    EXPECT_EQ(next_transaction(), before);
    EXPECT_FALSE(done.is_changed);
    EXPECT_EQ(counts(done, "events"), "0 0 0 3");
    EXPECT_EQ(counts(done, "agents"), "0 0 0 ?");
    EXPECT_TRUE(last.ddl.empty());
}

TEST_F(Publish, ReplacesExactlyTheRowsOfAChangedSource) {
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

TEST_F(Publish, WritesOnlyTheTailOfASourceThatGrew) {
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

TEST_F(Publish, CatchesUpWithSeveralAppendsAtOnce) {
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

TEST_F(Publish, LoadsASourceWholeWhenItsOlderRowsAreNotWhatTheLedgerSays) {
    fill();
    publish();
    change("UPDATE source_tables SET checksum = repeat('0', 32) WHERE table_name = 'events'");
    change("UPDATE events SET message = 'wrong' WHERE source_offset = 0");
    store.begin_run();
    store.append("logs/a.log", 200, [](Batch& batch) { add_event(batch, 200, "three", "a1"); });
    EXPECT_EQ(counts(publish(), "events"), "0 1 0 2");
    EXPECT_EQ(differences(store), "");
}

TEST_F(Publish, LoadsASourceWholeWhenItsRowsDependOnTheFileTime) {
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

TEST_F(Publish, UpdatesALedgerRowWithoutTouchingItsRows) {
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

TEST_F(Publish, InsertsUpdatesAndDeletesEntities) {
    fill();
    publish();
    store.begin_run();
    Agent changed = agent("a1");
    changed.status = "crashed";
    store.entity(changed);
    store.entity(agent("a3"));
    store.sql("DELETE FROM agents WHERE agent_id = 'a2'");
    store.put("config/b.json", [](Batch&) {});
    const PublishedWorkspace done = publish();
    EXPECT_EQ(counts(done, "agents"), "1 1 1 0");
    EXPECT_EQ(counts(done, "configurations"), "0 0 1 0");
    EXPECT_EQ(
        pg("SELECT string_agg(agent_id || ' ' || status, ', ' ORDER BY agent_id) FROM agents"),
        "a1 crashed, a3 idle");
    EXPECT_EQ(differences(store), "");
}

TEST_F(Publish, KeepsForeignKeysWhileParentsMove) {
    store.entity(task("parent"));
    store.entity(task("child", "parent"));
    store.entity(task("grandchild", "child"));
    store.put("a.json", [](Batch&) {});
    publish();
    store.begin_run();
    store.sql("DELETE FROM tasks");
    store.entity(task("child", "z-new"));  // its parent comes later in the order of the key
    store.entity(task("z-new"));
    store.put("a.json", [](Batch& batch) { add_event(batch, 0, "x"); });
    EXPECT_EQ(counts(publish(), "tasks"), "1 1 2 0");
    EXPECT_EQ(differences(store), "");
}

TEST_F(Publish, CarriesEntitiesThatReferToEachOther) {
    store.entity(agent("a"));
    Project project{};
    project.project_id = "p";
    project.name = "p";
    store.entity(project);
    ContextSession session{};
    session.session_id = "s2";
    session.agent_id = "a";
    session.project_id = "p";
    session.kind = "subagent";
    session.parent_session_id = "s9";
    session.message_count = 0;
    store.entity(session);
    session.session_id = "s9";
    session.parent_session_id = {};
    store.entity(session);
    store.entity(task("t"));
    store.entity(ProjectTask{"p", "t"});
    store.put("a.json", [](Batch& batch) {
        Event event{};
        event.event_type = "log";
        event.severity = "info";
        event.timestamp_source = "record";
        event.session_id = "s2";
        batch.add(0, event);
    });
    publish();
    EXPECT_EQ(differences(store), "");
    store.begin_run();
    store.sql("DELETE FROM project_tasks; DELETE FROM tasks; DELETE FROM events; DELETE FROM "
              "context_sessions; DELETE FROM projects");
    store.put("a.json", [](Batch&) {});
    publish();
    EXPECT_EQ(differences(store), "");
    EXPECT_EQ(pg("SELECT count(*) FROM context_sessions"), "0");
}

TEST_F(Publish, KeepsHostileValuesAsTheyAre) {
    const std::string huge(3'000'000, 'h');
    const std::string json = R"({"a":"\u0000\ud800","a":1.10,"b":1e400000})";
    store.entity(agent("tab\there \"quoted\" 'single' \\N \xC3\xA4"));
    store.put("odd \\ \" ' \t name.json", [&](Batch& batch) {
        add_event(batch, 0, huge);
        add_event(batch, 1, "\\N\t\\.\n\r\xEF\xBF\xBD");
        batch.add(2, PerformanceMetric{.agent_id = {},
                                       .task_id = {},
                                       .metric_type = "m",
                                       .value = 1e308,
                                       .unit = {},
                                       .context = Json{json},
                                       .recorded_at =
                                           parse_canonical_time("0001-01-01T00:00:00.000000Z")});
        batch.add(3, PerformanceMetric{.agent_id = {},
                                       .task_id = {},
                                       .metric_type = "",
                                       .value = -0.0,
                                       .unit = {},
                                       .context = {},
                                       .recorded_at =
                                           parse_canonical_time("9999-12-31T23:59:59.999999Z")});
        batch.reject(4, std::string_view("\0\xFF\\", 3), Reason::bad_utf8, "detail");
    });
    publish();
    EXPECT_EQ(differences(store), "");
    EXPECT_EQ(pg("SELECT context::text FROM performance_metrics WHERE context IS NOT NULL"), json);
    EXPECT_EQ(pg("SELECT recorded_at::text FROM performance_metrics ORDER BY recorded_at"),
              "0001-01-01 00:00:00+00");
    EXPECT_EQ(pg("SELECT encode(raw, 'hex') FROM rejects"), "00ff5c");
    EXPECT_FALSE(publish().is_changed);
}

TEST_F(Publish, HandlesManySourcesInGroups) {
    const auto write = [&](std::string_view message) {
        for (int i = 0; i < 1'300; ++i)
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
    EXPECT_EQ(counts(publish(), "events"), "0 650 0 1950");
    EXPECT_EQ(differences(store), "");
}

TEST_F(Publish, HandlesAnEmptyWorkspace) {
    const PublishedWorkspace done = publish();
    EXPECT_TRUE(done.is_changed);
    EXPECT_EQ(differences(store), "");
    EXPECT_FALSE(publish().is_changed);
}

TEST_F(Publish, KeepsWorkspacesApart) {
    fill();
    store.use_workspace("other");
    store.begin_run();
    store.entity(agent("a1"));
    store.put("logs/a.log", three_events);
    publish();
    ASSERT_EQ(last.workspaces.size(), 2U);
    EXPECT_EQ(differences(store), "");
    store.begin_run();
    store.put("logs/a.log", [](Batch&) {});
    const PublishResult only = [&] {
        options.workspaces = {store.workspace_id};
        return ingot::publish(store.db, pool, options);
    }();
    ASSERT_EQ(only.workspaces.size(), 1U);
    EXPECT_EQ(counts(only.workspaces[0], "events"), "0 0 3 0");
    EXPECT_EQ(pg("SELECT count(*) FROM events"), "3");
}

TEST_F(Publish, ReportsItsProgress) {
    fill();
    std::string steps;
    std::int64_t copied = 0;
    options.progress = [&](const PublishProgress& progress) {
        if (!steps.ends_with(progress.step))
            steps += (steps.empty() ? "" : " ") + std::string(progress.step);
        if (progress.step == "copy") copied = progress.rows;
        if (progress.step == "copy") {
            EXPECT_LE(progress.rows, progress.total_rows);
        }
    };
    publish();
    EXPECT_EQ(steps, "compare copy verify index");
    EXPECT_EQ(copied, 6);
}

TEST_F(Publish, CountsWithoutWritingInADryRun) {
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

TEST_F(Publish, PublishesSomeTablesAndTheirParents) {
    fill();
    options.only_tables = {"events"};
    const PublishedWorkspace part = publish();
    EXPECT_EQ(counts(part, "events"), "3 0 0 0");
    EXPECT_EQ(
        pg("SELECT (SELECT count(*) FROM agents) || ' ' || (SELECT count(*) FROM configurations)"),
        "2 0");
    EXPECT_FALSE(publish().is_changed);
    options.only_tables.clear();
    EXPECT_EQ(counts(publish(), "configurations"), "1 0 0 0");
    EXPECT_EQ(differences(store), "");
}

TEST_F(Publish, CatchesUpAfterAPartOfTheTablesRanAhead) {
    fill();
    publish();
    store.begin_run();
    store.append("logs/a.log", 200, [](Batch& batch) {
        add_event(batch, 200, "three");
        batch.add(200, Configuration{.agent_id = {},
                                     .category = "c",
                                     .key = "k",
                                     .value = {"1"},
                                     .updated_at = {},
                                     .updated_by = {}});
        add_event(batch, 300, "four");
    });
    store.sql("DELETE FROM agents WHERE agent_id = 'a2'");
    options.only_tables = {"events"};
    EXPECT_EQ(counts(publish(), "events"), "1 1 0 2");
    EXPECT_EQ(pg("SELECT count(*) FROM agents"), "2");  // a statement not asked for still names it
    options.only_tables.clear();
    store.put("config/b.json", [](Batch&) {});
    EXPECT_EQ(counts(publish(), "configurations"), "1 0 1 0");
    EXPECT_EQ(differences(store), "");
    options.only_tables = {"no_such_table"};
    EXPECT_THROW(publish(), UsageError);
}

TEST_F(Publish, BringsARunsReportLater) {
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
