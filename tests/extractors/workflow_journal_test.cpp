// SPDX-License-Identifier: MIT
#include "tests/extractors/extract.hpp"

#include <gtest/gtest.h>

namespace ingot::testing {
namespace {

constexpr std::string_view kJournal = "projects/-a/s1/subagents/workflows/wf_1/journal.jsonl";

TEST(WorkflowJournal, TellsWhenAgentsStartAndWhatTheyGive) {
    const auto x = extract(kJournal, R"({"type":"started","key":"k","agentId":"b"}
{"type":"result","key":"k","agentId":"b","result":"done"}
{"type":"result","key":"k2","agentId":"c","result":{"ok":1}}
)");
    EXPECT_EQ(x.rows("events"),
              "0.0 agent_id=b session_id=s1 event_type=workflow_started severity=info logger=wf_1 "
              "message= "
              "details={\"type\":\"started\",\"key\":\"k\",\"agentId\":\"b\"} "
              "timestamp_source=record correlation_id=k\n"
              "43.0 agent_id=b session_id=s1 event_type=workflow_result severity=info logger=wf_1 "
              "message=done "
              "details={\"type\":\"result\",\"key\":\"k\",\"agentId\":\"b\",\"result\":\"done\"} "
              "timestamp_source=record correlation_id=k\n"
              "101.0 agent_id=c session_id=s1 event_type=workflow_result severity=info logger=wf_1 "
              "message= "
              "details={\"type\":\"result\",\"key\":\"k2\",\"agentId\":\"c\",\"result\":{\"ok\":1}}"
              " timestamp_source=record correlation_id=k2\n");
    EXPECT_TRUE(x.balanced());
}

TEST(WorkflowJournal, RejectsEntriesWithoutAType) {
    const auto x = extract(
        kJournal,
        "{\"agentId\":\"b\"}\n{\"type\":\"started\",\"agentId\":7}\n{\"type\":\"started\"}\n");
    EXPECT_EQ(x.rejects(), "missing_field@0+16 line 1, wrong_type@16+31 line 2");
    EXPECT_EQ(x.column("events", "event_type"), "workflow_started");
}

TEST(WorkflowJournal, IsNoTranscript) {
    EXPECT_EQ(extract(kJournal, "").extractor->name, "workflow_journal");
    EXPECT_EQ(extract("projects/-a/s1/subagents/journal.jsonl", "").extractor->name, "transcript");
}

}  // namespace
}  // namespace ingot::testing
