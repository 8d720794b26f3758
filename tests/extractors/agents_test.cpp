// SPDX-License-Identifier: MIT
#include "tests/extractors/extract.hpp"

#include <gtest/gtest.h>

namespace ingot {
namespace {

using testing::extract;

constexpr std::string_view kBuilder =
    R"({"agent_id":"builder-2","agent_type":"integration","priority":"1.1","task":"Retry",)"
    R"("worktree_path":"/srv/w","spawn_time":"2026-01-02T09:15:00","status":"completed",)"
    R"("completion_time":"2026-01-03T10:41:00Z"})";

TEST(Agents, StatesTheAgentAndItsTask) {
    const auto out = extract("agents/builder-Jan-02-0915.json", kBuilder);
    EXPECT_EQ(out.extractor->name, "agents");
    EXPECT_EQ(out.column("entity_statements", "entity"), "agents,tasks");
    EXPECT_EQ(out.column("entity_statements", "entity_id"), "builder-2,agents/builder-Jan-02-0915");
    EXPECT_EQ(
        out.column("entity_statements", "attributes"),
        R"({"agent_type":"integration","status":"idle","source_status":"completed","worktree_path":"/srv/w",)"
        R"("created_at":"2026-01-02T09:15:00.000000Z","last_activity":"2026-01-03T10:41:00.000000Z","configuration":)" +
            std::string(kBuilder) +
            R"(},{"agent_id":"builder-2","title":"Retry","status":"completed","source_status":"completed","priority":"1.1",)"
            R"("created_at":"2026-01-02T09:15:00.000000Z","started_at":"2026-01-02T09:15:00.000000Z","completed_at":"2026-01-03T10:41:00.000000Z"})");
    EXPECT_TRUE(out.balanced());
}

TEST(Agents, GivesEventsForWhatIsDated) {
    const auto out = extract("agents/builder-Jan-02-0915.json", kBuilder);
    EXPECT_EQ(out.column("events", "event_type"), "spawn,completion");
    EXPECT_EQ(out.column("events", "timestamp"),
              "2026-01-02T09:15:00.000000Z,2026-01-03T10:41:00.000000Z");
    EXPECT_EQ(out.column("events", "timestamp_raw"), "2026-01-02T09:15:00,-");
    EXPECT_EQ(extract("agents/a.json", R"({"agent_id":"a"})").rows("events"), "");
}

TEST(Agents, CallsAnAgentWithoutIdLikeItsFile) {
    EXPECT_EQ(extract("agents/a.json", R"({"agent_id":" ","status":"sleeping"})")
                  .column("entity_statements", "entity_id"),
              "a");
    EXPECT_EQ(extract("agents/a.json", R"([{"name":"b"},{"status":"idle"}])")
                  .column("entity_statements", "entity_id"),
              "b,a#1");
}

TEST(Agents, KeepsAnAgentWhoseTimeCannotBeRead) {
    const auto out = extract("agents/odd.json",
                             R"({"agent_id":"odd","status":"meditating","spawn_time":"some day"})");
    EXPECT_EQ(out.rows("events"), "0.0 agent_id=odd event_type=spawn severity=info message= "
                                  "timestamp_raw=some day timestamp_source=record\n");
    EXPECT_NE(out.column("entity_statements", "attributes")
                  .find(R"("status":"unknown","source_status":"meditating")"),
              std::string::npos);
}

TEST(Agents, NamesTheTaskByItsIdWhereThereIsOne) {
    const auto id = [](std::string_view task) {
        return extract("agents/a.json", R"({"agent_id":"a",)" + std::string(task) + "}")
            .column("entity_statements", "entity_id");
    };
    EXPECT_EQ(id(R"("current_task_id":"T-1")"), "a,T-1");
    EXPECT_EQ(id(R"("task_id":5)"), "a,agents/a.json#5");
    EXPECT_EQ(id(R"("task_id":"")"), "a");
}

TEST(Agents, ReadsAListUnderAKey) {
    const auto out = extract("agents/x.json", R"({"agents":[{"agent_id":"a"},{"status":"idle"}]})");
    EXPECT_EQ(out.column("entity_statements", "entity_id"), "a,x#1");
    EXPECT_EQ(out.column("entity_statements", "attributes"),
              R"({"configuration":{"agent_id":"a"}},)"
              R"({"status":"idle","source_status":"idle","configuration":{"status":"idle"}})");
    EXPECT_EQ(out.account(), "47/0/0/0");
}

TEST(Agents, RejectsWhatIsNoAgent) {
    EXPECT_EQ(extract("agents/a.json", "{\"agent_id\":\"caf\xe9\"}").rejects(),
              "bad_utf8@0+19 line 1");
    EXPECT_EQ(extract("agents/a.json", "{\"x\":1}").rejects(), "missing_field@0+7 line 1");
    EXPECT_EQ(extract("agents/a.json", R"({"agents":[{"x":1}]})").rejects(),
              "missing_field@0+20 line 1");
    EXPECT_EQ(extract("agents/a.json", R"({"agents":{"x":1}})").rejects(),
              "missing_field@0+18 line 1");
    EXPECT_EQ(extract("agents/a.json", "hello").rejects(), "bad_json@0+5 line 1");
    EXPECT_EQ(extract("agents/a.json", std::string(9, '\0')).rejects(), "bad_json@0+9 line 1");
    EXPECT_EQ(extract("plugins/p/agents/a.json", "{\"x\":1}").extractor, nullptr);
    EXPECT_EQ(extract("agents/a.json", "").extractor, nullptr);
}

TEST(Agents, RejectsABrokenFile) {
    const auto out = extract("agents/a.json", "{\"agent_id\": \"a\",");
    EXPECT_EQ(out.rejects(), "bad_json@0+17 line 1");
    EXPECT_TRUE(out.balanced());
}

TEST(Completions, GiveEventAgentAndTask) {
    const auto out = extract(
        "agent_completions.jsonl",
        R"({"agent_id":"b","completion_time":"2026-01-03T10:41:00.5","summary":{"task_description":"Retry"},"overall_status":"completed_with_issues"})"
        "\n");
    EXPECT_EQ(out.extractor->name, "completions");
    EXPECT_EQ(out.column("events", "event_type") + out.column("events", "message"),
              "completionRetry");
    EXPECT_EQ(out.column("events", "timestamp"), "2026-01-03T10:41:00.500000Z");
    EXPECT_EQ(out.column("entity_statements", "entity_id"), "b,b#2026-01-03T10:41:00.5");
    EXPECT_EQ(
        out.column("entity_statements", "attributes"),
        R"({"status":"idle","source_status":"completed_with_issues","last_activity":"2026-01-03T10:41:00.500000Z"},)"
        R"({"agent_id":"b","title":"Retry","status":"completed","source_status":"completed_with_issues",)"
        R"("completed_at":"2026-01-03T10:41:00.500000Z"})");
    EXPECT_TRUE(out.balanced());
}

TEST(Completions, KeepTheEventOfNobody) {
    const auto out =
        extract("agent_completions.jsonl",
                "{\"completion_time\":\"2026-01-03T10:41:00Z\",\"overall_status\":\"done\"}\n");
    EXPECT_EQ(out.column("events", "event_type"), "completion");
    EXPECT_EQ(out.rows("entity_statements"), "");
}

TEST(Completions, RejectWhatNamesNoAgentOrTime) {
    const auto out =
        extract("agent_completions.jsonl", "{\"agent_id\":\"a\",\"overall_status\":\"done\"}\n{"
                                           "\"completion_time\":\"2026-01-03\"}\n");
    EXPECT_EQ(out.rejects(), "missing_field@0+41 line 1, missing_field@41+33 line 2");
    EXPECT_EQ(out.rows("events"), "");
    EXPECT_TRUE(out.balanced());
}

TEST(Completions, AreKnownByTheirNameWhenTheyAreBroken) {
    const std::string torn = R"({"agent_id":"a","x":[1,)";
    EXPECT_EQ(extract("agent_completions.jsonl", torn).account(), "0/0/0/23");
    EXPECT_EQ(extract("agent_completions.jsonl", torn + "\n").rejects(), "bad_json@0+24 line 1");
    EXPECT_EQ(extract("other.jsonl", torn + "\n").extractor, nullptr);
}

}  // namespace
}  // namespace ingot
