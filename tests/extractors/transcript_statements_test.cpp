// SPDX-License-Identifier: MIT
#include "tests/extractors/extract.hpp"

#include <gtest/gtest.h>

namespace ingot::testing {
namespace {

constexpr std::string_view kMain = "projects/-srv-kiosk/s1.jsonl";

/// Statements that records make, without those of the path: "entity id attributes" a line.
std::string said_by_records(std::string_view path, std::string_view bytes) {
    const auto rows = [&](std::string_view text) {
        return extract(path, text).rows("entity_statements");
    };
    const std::string by_path = rows("");
    const std::string all = rows(bytes);
    EXPECT_TRUE(all.starts_with(by_path));
    return all.substr(by_path.size());
}

TEST(TranscriptStatements, SayWhatTheMainFilesPathSaysAlsoWhenItIsEmpty) {
    const auto x = extract(kMain, "");
    EXPECT_EQ(x.rows("entity_statements"),
              "0.0 entity=context_sessions entity_id=s1 "
              "attributes={\"project_id\":\"-srv-kiosk\",\"kind\":\"transcript\"}\n"
              "0.1 entity=projects entity_id=-srv-kiosk attributes={}\n");
    EXPECT_EQ(x.account(), "0/0/0/0");
}

TEST(TranscriptStatements, SayWhatTheAgentFilesPathSays) {
    EXPECT_EQ(extract("projects/-a/s1/subagents/agent-b.jsonl", "").rows("entity_statements"),
              "0.0 entity=context_sessions entity_id=s1/b "
              "attributes={\"agent_id\":\"b\",\"project_id\":\"-a\","
              "\"kind\":\"subagent\",\"parent_session_id\":\"s1\"}\n"
              "0.1 entity=agents entity_id=b attributes={}\n"
              "0.2 entity=projects entity_id=-a attributes={}\n");
}

TEST(TranscriptStatements, LeaveTheSessionOfARootAgentToItsRecords) {
    EXPECT_EQ(extract("projects/-a/agent-b.jsonl", "").rows("entity_statements"),
              "0.0 entity=agents entity_id=b attributes={}\n"
              "0.1 entity=projects entity_id=-a attributes={}\n");
    EXPECT_EQ(said_by_records("projects/-a/agent-b.jsonl",
                              "{\"type\":\"x\",\"sessionId\":\"s1\",\"timestamp\":\"2026-01-01T00:"
                              "00:00Z\"}\n{\"type\":\"x\"}\n"),
              "0.2 entity=context_sessions entity_id=s1/b said_at=2026-01-01T00:00:00.000000Z "
              "attributes={\"agent_id\":\"b\",\"project_id\":\"-a\",\"kind\":\"subagent\",\"parent_"
              "session_id\":\"s1\"}\n"
              "65.0 entity=context_sessions entity_id=agent-b "
              "attributes={\"agent_id\":\"b\",\"project_id\":\"-a\",\"kind\":\"subagent\"}\n");
}

TEST(TranscriptStatements, StandAlsoWhenEveryLineIsRejected) {
    const auto x = extract("projects/-a/0b6c1f1e-0000-4000-8000-00000000a001.jsonl", "garbage\n");
    EXPECT_EQ(x.column("entity_statements", "entity_id"),
              "0b6c1f1e-0000-4000-8000-00000000a001,-a");
}

TEST(TranscriptStatements, ComeFromTheFirstPieceOnly) {
    const auto x = extract(kMain, "{\"type\":\"x\"}\n");
    Batch later(*x.source, std::string_view(*x.bytes).substr(0, 13), 100);
    x.extractor->extract({.source = *x.source,
                          .settings = *x.settings,
                          .bytes = std::string_view(*x.bytes).substr(0, 13),
                          .offset = 100,
                          .first = false,
                          .last = true,
                          .state = {},
                          .database = {}},
                         later);
    ASSERT_EQ(later.tables().size(), 1U);
    EXPECT_EQ(later.tables()[0].table->name, "messages");
}

TEST(TranscriptStatements, TellTheTitle) {
    const auto title = [](std::string_view record) { return said_by_records(kMain, record); };
    const std::string said =
        "0.2 entity=context_sessions entity_id=s1 attributes={\"title\":\"T\"}\n";
    EXPECT_EQ(title(R"({"type":"summary","summary":"T","leafUuid":"u"})"), said);
    EXPECT_EQ(title(R"({"type":"ai-title","aiTitle":"T","sessionId":"s1"})"), said);
    EXPECT_EQ(title(R"({"type":"custom-title","customTitle":"T","sessionId":"s1"})"), said);
    EXPECT_EQ(title(R"({"type":"custom-title","customTitle":" ","sessionId":"s1"})"), "");
    EXPECT_EQ(title(R"({"type":"user","summary":"T","message":{}})"), "");
}

TEST(TranscriptStatements, TellTheProjectsPathWhereAThreadStartsInIt) {
    const auto said = [](std::string_view path, std::string_view parent, std::string_view cwd) {
        return said_by_records(path, R"({"type":"user","parentUuid":)" + std::string(parent) +
                                         R"(,"cwd":")" + std::string(cwd) + R"(","message":{}})");
    };
    EXPECT_EQ(said(kMain, "null", "/srv/kiosk"),
              "0.2 entity=projects entity_id=-srv-kiosk attributes={\"path\":\"/srv/kiosk\"}\n");
    EXPECT_EQ(said(kMain, "null", "/srv/other"), "");
    EXPECT_EQ(said(kMain, "\"u\"", "/srv/kiosk"), "");
    EXPECT_EQ(said("projects/G--Arbeit-K-se/s1.jsonl", "null", R"(G:\\Arbeit\\Käse)"),
              "0.2 entity=projects entity_id=G--Arbeit-K-se "
              "attributes={\"path\":\"G:\\\\Arbeit\\\\Käse\"}\n");
}

TEST(TranscriptStatements, KnowNoProjectWithoutAFolderThatNamesIt) {
    const auto x = extract("samples/s1.jsonl",
                           R"({"type":"user","parentUuid":null,"cwd":"/srv/kiosk","message":{}})");
    EXPECT_EQ(x.rows("entity_statements"),
              "0.0 entity=context_sessions entity_id=s1 attributes={\"kind\":\"transcript\"}\n");
}

TEST(TranscriptStatements, TellWhereASessionWasForked) {
    const auto said = [](std::string_view record) { return said_by_records(kMain, record); };
    EXPECT_EQ(
        said(
            R"({"type":"user","parentUuid":null,"forkedFrom":{"sessionId":"s0","messageUuid":"u"},"message":{}})"),
        "0.2 entity=context_sessions entity_id=s1 attributes={\"parent_session_id\":\"s0\"}\n");
    EXPECT_EQ(
        said(R"({"type":"user","parentUuid":"u","forkedFrom":{"sessionId":"s0"},"message":{}})"),
        "");
    EXPECT_EQ(
        said(R"({"type":"user","parentUuid":null,"forkedFrom":{"sessionId":"s1"},"message":{}})"),
        "");
    EXPECT_EQ(said(R"({"type":"user","parentUuid":null,"forkedFrom":"s0","message":{}})"), "");
}

TEST(TranscriptStatements, TellOfPullRequests) {
    const auto said = [](std::string_view record) { return said_by_records(kMain, record); };
    EXPECT_EQ(
        said(
            R"({"type":"pr-link","sessionId":"s1","prNumber":31,"prUrl":"https://git.example/k/pull/31","timestamp":"2026-01-01T00:00:00Z"})"),
        "0.2 entity=pull_requests entity_id=https://git.example/k/pull/31 "
        "said_at=2026-01-01T00:00:00.000000Z "
        "attributes={\"pr_number\":31}\n");
    EXPECT_EQ(said(R"({"type":"pr-link","sessionId":"s1","prNumber":31})"),
              "0.2 entity=pull_requests entity_id=projects/-srv-kiosk/s1.jsonl#31 "
              "attributes={\"pr_number\":31}\n");
    EXPECT_EQ(said(R"({"type":"pr-link","sessionId":"s1"})"), "");
}

}  // namespace
}  // namespace ingot::testing
