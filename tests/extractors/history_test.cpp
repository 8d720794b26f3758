// SPDX-License-Identifier: MIT
#include "tests/extractors/extract.hpp"

#include <gtest/gtest.h>

namespace ingot {
namespace {

using testing::extract;

TEST(History, GivesAPromptPerLine) {
    const auto out = extract(
        "history.jsonl",
        R"({"display":"run it","pastedContents":{},"timestamp":1777715647120,"project":"/srv/a","sessionId":"s1"})"
        "\n");
    EXPECT_EQ(out.extractor->name, "history");
    EXPECT_EQ(out.column("events", "event_type"), "prompt");
    EXPECT_EQ(out.column("events", "message"), "run it");
    EXPECT_EQ(out.column("events", "session_id"), "s1");
    EXPECT_EQ(out.column("events", "timestamp"), "2026-05-02T09:54:07.120000Z");
    EXPECT_TRUE(out.balanced());
}

TEST(History, KeepsTheLineVerbatim) {
    const auto out =
        extract("history.jsonl", "{\"display\": \"a\",  \"timestamp\": 1.777715647120e12}\n");
    EXPECT_EQ(out.column("events", "details"),
              "{\"display\": \"a\",  \"timestamp\": 1.777715647120e12}");
    EXPECT_EQ(out.column("events", "timestamp"), "2026-05-02T09:54:07.120000Z");
}

TEST(History, StatesTheProjectOfASession) {
    const auto out =
        extract("history.jsonl", R"({"display":"a","project":"/srv/a.b","sessionId":"s1"})");
    EXPECT_EQ(out.column("entity_statements", "entity"), "projects,context_sessions");
    EXPECT_EQ(out.column("entity_statements", "entity_id"), "-srv-a-b,s1");
    EXPECT_EQ(out.column("entity_statements", "attributes"),
              R"({"path":"/srv/a.b"},{"project_id":"-srv-a-b"})");
}

TEST(History, StatesTheProjectAloneWithoutASession) {
    const auto out = extract("history.jsonl", R"({"display":"a","project":"/srv/a"})");
    EXPECT_EQ(out.column("entity_statements", "entity_id"), "-srv-a");
    EXPECT_EQ(out.column("entity_statements", "attributes"), R"({"path":"/srv/a"})");
    EXPECT_EQ(out.column("events", "session_id"), "-");
}

TEST(History, KeepsEqualLinesApart) {
    const auto out = extract("history.jsonl", "{\"display\":\"a\"}\n{\"display\":\"a\"}\n");
    EXPECT_EQ(out.column("events", "source_offset"), "0,16");
}

TEST(History, TakesCopiesThatWereSetAside) {
    EXPECT_EQ(extract("history.jsonl.bak_20260102", "{\"display\":\"a\"}\n").extractor->name,
              "history");
    EXPECT_EQ(extract("history.jsonl", "").extractor->name, "history");
}

TEST(History, RejectsWhatIsNoPrompt) {
    const auto out = extract("history.jsonl",
                             "{\"display\":\"a\"}\n{\"display\":1}\n{\"timestamp\":1}\n{\"displ\n");
    EXPECT_EQ(out.rejects(),
              "wrong_type@16+14 line 2, missing_field@30+16 line 3, bad_json@46+8 line 4");
    EXPECT_EQ(out.column("events", "message"), "a");
    EXPECT_TRUE(out.balanced());
}

TEST(History, IsKnownByItsNameWhenItIsBroken) {
    const std::string torn = R"({"agent_id":"a","x":[1,)";
    EXPECT_EQ(extract("history.jsonl", torn).account(), "0/0/0/23");
    EXPECT_EQ(extract("history.jsonl", torn + "\n").rejects(), "bad_json@0+24 line 1");
    EXPECT_EQ(extract("history.jsonl", "{\"a\":1}\n").rejects(), "missing_field@0+8 line 1");
}

TEST(History, WaitsForAnUnfinishedLine) {
    EXPECT_EQ(extract("history.jsonl", "{\"display\":\"a\"}\n{\"displ").account(), "16/0/0/7");
}

}  // namespace
}  // namespace ingot
