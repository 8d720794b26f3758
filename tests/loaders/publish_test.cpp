// SPDX-License-Identifier: MIT
#include "loaders/ddl.hpp"
#include "pipeline/model/time.hpp"
#include "pipeline/tables/performance_metric.hpp"
#include "tests/loaders/publish_fixture.hpp"

#include <algorithm>

namespace ingot::testing {
namespace {

/// A first publication, and one of the same.
class Publish : public PublishTest {};

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
              "ingot schema version " + std::to_string(kSchemaVersion));
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

}  // namespace
}  // namespace ingot::testing
