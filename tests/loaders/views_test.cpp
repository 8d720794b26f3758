// SPDX-License-Identifier: MIT
#include "loaders/ddl.hpp"
#include "pipeline/tables/configuration.hpp"
#include "pipeline/tables/context_session.hpp"
#include "pipeline/tables/message.hpp"
#include "pipeline/tables/message_usage.hpp"
#include "pipeline/tables/tool_result.hpp"
#include "pipeline/tables/tool_use.hpp"
#include "tests/loaders/publish_fixture.hpp"

namespace ingot::testing {
namespace {

/// The same views over the same rows in both databases.
class Views : public PublishTest {
protected:
    Views() {
        for (const std::string& view : create_views(Dialect::sqlite)) store.sql(view);
        session("s1", 50.0);
        session("s2", 80.0);
    }

    void session(std::string_view id, std::optional<double> percent) {
        ContextSession made{};
        made.session_id = id;
        made.kind = "transcript";
        made.usage_percent = percent;
        made.message_count = 0;
        store.entity(made);
    }

    /// The first cell of a query, which has to be the same in both databases.
    std::string both(const std::string& sql) {
        if (!is_published_) publish();
        is_published_ = true;
        SQLite::Statement query(store.db, sql);
        const std::string ours = query.executeStep() ? query.getColumn(0).getString() : "";
        EXPECT_EQ(pg(sql), ours) << sql;
        return ours;
    }

private:
    bool is_published_ = false;
};

void add_message(Batch& batch, std::int64_t offset, OptionalText uuid, std::string_view text) {
    Message message{};
    message.session_id = "s1";
    message.uuid = uuid;
    message.record_type = "user";
    message.text = text;
    message.raw = {"{}"};
    batch.add(offset, message);
}

void add_use(Batch& batch, std::int64_t offset, std::string_view session, std::string_view id,
             std::string_view name) {
    batch.add(offset, ToolUse{.session_id = session,
                              .message_uuid = "u",
                              .tool_use_id = id,
                              .name = name,
                              .input = {"{}"},
                              .timestamp = {}});
}

void add_result(Batch& batch, std::int64_t offset, std::string_view session, std::string_view id,
                std::string_view uuid, bool is_error) {
    batch.add(offset, ToolResult{.session_id = session,
                                 .message_uuid = uuid,
                                 .tool_use_id = id,
                                 .is_error = is_error,
                                 .result_bytes = 10,
                                 .timestamp = {}});
}

TEST_F(Views, CountAMessageOnceThatSeveralTranscriptsHold) {
    store.put("b.jsonl", [](Batch& batch) {
        add_message(batch, 0, "u1", "copy");
        add_message(batch, 1, "u2", "of b");
        add_message(batch, 2, {}, "no uuid");
    });
    store.put("a.jsonl", [](Batch& batch) {
        add_message(batch, 5, "u1", "first");
        add_message(batch, 6, "u1", "again");
        add_message(batch, 7, {}, "no uuid");
    });
    EXPECT_EQ(both("SELECT count(*) FROM messages_unique"), "4");
    EXPECT_EQ(both("SELECT text FROM messages_unique WHERE uuid = 'u1'"), "first");
    EXPECT_EQ(both("SELECT text FROM messages_unique WHERE uuid = 'u2'"), "of b");
}

TEST_F(Views, PairToolUsesWithTheResultOfTheSameFile) {
    const auto fill = [](std::string_view session, std::string_view uuid) {
        return [=](Batch& batch) {
            add_use(batch, 0, session, "t1", "Read");
            add_use(batch, 1, session, "t2", "Bash");
            add_result(batch, 2, session, "t1", uuid, true);
        };
    };
    store.put("a.jsonl", fill("s1", "result in a"));
    store.put("b.jsonl", fill("s2", "result in b"));
    store.put("c.jsonl", [](Batch& batch) { add_use(batch, 0, "s2", "t1", "Read"); });
    EXPECT_EQ(both("SELECT count(*) FROM tool_calls"), "5");
    EXPECT_EQ(
        both(
            "SELECT result_message_uuid FROM tool_calls WHERE session_id = 's1' AND name = 'Read'"),
        "result in a");
    EXPECT_EQ(both("SELECT count(*) FROM tool_calls WHERE session_id = 's2' AND "
                   "result_message_uuid = 'result in b'"),
              "1");
    EXPECT_EQ(both("SELECT count(*) FROM tool_calls WHERE session_id = 's2' AND "
                   "result_message_uuid = 'result in a'"),
              "1");
    EXPECT_EQ(both("SELECT count(*) FROM tool_calls WHERE result_message_uuid IS NULL AND "
                   "finished_at IS NULL"),
              "2");
    EXPECT_EQ(both("SELECT calls || ' ' || errors || ' ' || without_result || ' ' || result_bytes "
                   "FROM tool_usage WHERE "
                   "session_id = 's2' AND name = 'Read'"),
              "2 2 0 20");
    EXPECT_EQ(both("SELECT tool_calls || ' ' || tool_errors || ' ' || subsessions FROM "
                   "session_overview WHERE session_id = 's1'"),
              "2 1 0");
}

TEST_F(Views, SumTokensPerSessionModelAndDay) {
    for (const auto& [id, session, day] : {std::tuple{"m1", "s1", "2025-01-01"},
                                           {"m2", "s1", "2025-01-01"},
                                           {"m3", "s1", "2025-01-02"},
                                           {"m4", "s2", "2025-01-01"}})
        store.entity(MessageUsage{.message_id = id,
                                  .session_id = session,
                                  .model = "m",
                                  .day = day,
                                  .input_tokens = 5,
                                  .output_tokens = 7,
                                  .cache_creation_tokens = {},
                                  .cache_read_tokens = 1},
                     {});
    store.put("a.jsonl", [](Batch&) {});
    EXPECT_EQ(both("SELECT count(*) FROM token_usage"), "3");
    EXPECT_EQ(both("SELECT messages || ' ' || input_tokens || ' ' || output_tokens || ' ' || "
                   "cache_read_tokens FROM token_usage "
                   "WHERE session_id = 's1' AND day = '2025-01-01'"),
              "2 10 14 2");
    EXPECT_EQ(both("SELECT output_tokens FROM session_overview WHERE session_id = 's1'"), "21");
}

TEST_F(Views, SayWhatIsDueByTheUsualThresholds) {
    session("s3", 95.0);
    ContextSession counted{};
    counted.session_id = "s4";
    counted.kind = "context";
    counted.token_count = 170'000;
    counted.max_tokens = 200'000;
    counted.message_count = 0;
    store.entity(counted);
    session("s5", {});
    store.put("a.json", [](Batch&) {});
    EXPECT_EQ(both("SELECT coalesce(action, 'none') FROM context_pressure WHERE session_id = 's1'"),
              "none");
    EXPECT_EQ(both("SELECT action FROM context_pressure WHERE session_id = 's2'"),
              "consolidation_light");
    EXPECT_EQ(both("SELECT action FROM context_pressure WHERE session_id = 's3'"),
              "sleep_emergency");
    EXPECT_EQ(both("SELECT action FROM context_pressure WHERE session_id = 's4'"),
              "consolidation_critical");
    EXPECT_EQ(both("SELECT count(*) FROM context_pressure"), "4");
}

TEST_F(Views, SayWhatIsDueByTheWorkspacesOwnThresholds) {
    store.put("config/context_thresholds.json", [](Batch& batch) {
        const auto add = [&](std::string_view key, std::string_view value) {
            batch.add(0, Configuration{.agent_id = {},
                                       .category = "config",
                                       .key = key,
                                       .value = {value},
                                       .updated_at = {},
                                       .updated_by = {}});
        };
        add("thresholds.consolidation_light", "40");
        add("thresholds.warn.percent", "70.5");
        add("thresholds.warn.action", "\"notify\"");
        add("thresholds.odd", "\"soon\"");
        add("thresholds.odder", "[80]");
        add("monitoring.interval", "1");
    });
    EXPECT_EQ(both("SELECT action FROM context_pressure WHERE session_id = 's1'"),
              "consolidation_light");
    EXPECT_EQ(both("SELECT action FROM context_pressure WHERE session_id = 's2'"), "notify");
    EXPECT_EQ(both("SELECT count(*) FROM context_thresholds"), "2");
    EXPECT_EQ(both("SELECT percent FROM context_thresholds WHERE action = 'notify'"), "70.5");
}

}  // namespace
}  // namespace ingot::testing
