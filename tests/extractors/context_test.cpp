// SPDX-License-Identifier: MIT
#include "tests/extractors/extract.hpp"

#include <gtest/gtest.h>

namespace ingot {
namespace {

using testing::extract;
using testing::Extracted;

std::string taker(std::string_view path, std::string_view bytes = "{}") {
    const Extracted out = extract(path, bytes);
    return out.extractor == nullptr ? "" : std::string(out.extractor->name);
}

TEST(Context, StatesWhatAFileSaysOfItsSession) {
    const Extracted out =
        extract("context/session.json",
                R"({"session_id": "ctx-1", "agent_id": "planner", "usage_percent": 91.25,)"
                R"( "token_count": 182500, "max_tokens": 200000,)"
                R"( "created_at": "2026-03-01T08:00:00Z", "is_active": true})");
    EXPECT_EQ(out.column("entity_statements", "entity_id"), "ctx-1,ctx-1");
    EXPECT_EQ(out.column("entity_statements", "said_at"), "-,2026-03-01T08:00:00.000000Z");
    const std::string said = out.column("entity_statements", "attributes");
    EXPECT_EQ(said.substr(0, said.find(",{") + 1), "{\"kind\":\"context\"},");
    EXPECT_NE(said.find("\"agent_id\":\"planner\""), std::string::npos);
    EXPECT_NE(said.find("\"usage_percent\":91.25,\"token_count\":182500,\"max_tokens\":200000"),
              std::string::npos);
    EXPECT_NE(said.find("\"context_data\":{\"session_id\": \"ctx-1\""), std::string::npos);
    EXPECT_NE(said.find("\"is_active\":true"), std::string::npos);
}

TEST(Context, NamesASessionByItsFileWhereItHasNoId) {
    const Extracted out = extract("context/teams/patterns.json", R"([{"p": 1.10}])");
    EXPECT_EQ(out.rows("entity_statements"),
              "0.0 entity=context_sessions entity_id=context/teams/patterns "
              "attributes={\"kind\":\"context\",\"context_data\":[{\"p\": 1.10}]}\n");
    EXPECT_EQ(extract("context/a.json", R"({"session_id": " "})")
                  .column("entity_statements", "entity_id"),
              "context/a");
    EXPECT_EQ(
        extract("context/a.json", R"({"id": "own"})").column("entity_statements", "entity_id"),
        "own");
}

TEST(Context, LeavesOutValuesOfAnotherType) {
    const Extracted out = extract(
        "context/x.json", R"({"session_id": "c", "usage_percent": "lots", "token_count": [],)"
                          R"( "is_active": "yes", "created_at": "soon"})");
    EXPECT_EQ(out.rejects(), "");
    const std::string said = out.column("entity_statements", "attributes");
    EXPECT_EQ(said.substr(0, 45), R"({"kind":"context","context_data":{"session_id)");
    EXPECT_EQ(said.substr(said.size() - 2), "}}");
}

TEST(Context, KeepsMarkdownAsFrontMatterAndBody) {
    const Extracted out =
        extract("context/progress.md",
                "---\ncreated: 2026-03-01T08:00:00Z\nversion: 1.20\n---\n# Progress\n\"x\"\n");
    EXPECT_EQ(out.rows("entity_statements"),
              "0.0 entity=context_sessions entity_id=context/progress "
              "said_at=2026-03-01T08:00:00.000000Z attributes="
              R"({"kind":"context","title":"Progress","context_data":{"front_matter":)"
              R"({"created":"2026-03-01T08:00:00Z","version":1.20},)"
              R"("body":"# Progress\n\"x\"\n"},"created_at":"2026-03-01T08:00:00.000000Z"})"
              "\n");
    EXPECT_EQ(extract("context/free.md", "no\r\n").column("entity_statements", "attributes"),
              R"({"kind":"context","context_data":{"front_matter":null,"body":"no\r\n"}})");
}

TEST(Context, ReadsTextYamlAndToml) {
    EXPECT_EQ(extract("context/notes.txt", "plain\n").column("entity_statements", "attributes"),
              R"({"kind":"context","context_data":"plain\n"})");
    EXPECT_EQ(extract("context/p.yml", "a: 1.10\n").column("entity_statements", "attributes"),
              R"({"kind":"context","context_data":{"a":1.10}})");
    EXPECT_EQ(extract("context/p.toml", "a = 1.10\n").column("entity_statements", "attributes"),
              R"({"kind":"context","context_data":{"a":1.10}})");
    EXPECT_EQ(extract("context/p.toml", "a = \n").rejects(), "bad_toml@0+5 line 1");
}

TEST(Context, TellsJsonByItsContent) {
    const Extracted out = extract("context/deep.md", R"({"session_id": "j", "level": 1})");
    EXPECT_EQ(out.column("entity_statements", "entity_id"), "j");
    EXPECT_EQ(out.column("entity_statements", "attributes"),
              R"({"kind":"context","context_data":{"session_id": "j", "level": 1}})");
}

TEST(Context, JoinsDocumentsWithoutAnIdOfTheirOwn) {
    const Extracted out = extract("context/p.yaml", "a: 1\n---\nsession_id: own\n---\nb: 2\n");
    EXPECT_EQ(out.rows("entity_statements"),
              "0.0 entity=context_sessions entity_id=context/p "
              "attributes={\"kind\":\"context\",\"context_data\":[{\"a\":1},{\"b\":2}]}\n"
              "5.0 entity=context_sessions entity_id=own "
              "attributes={\"kind\":\"context\",\"context_data\":{\"session_id\":\"own\"}}\n");
    EXPECT_TRUE(out.balanced());
}

TEST(Context, AddsTheEventsThatItStates) {
    const Extracted out = extract(
        "context/s.json", R"({"session_id": "c", "events": [{"event_type": "consolidation",)"
                          R"( "timestamp": "2026-03-01T09:00:00Z", "n": 1.0},)"
                          R"( {"type": "coffee"}, 5, {"event": "Compact", "session_id": "d"}]})");
    EXPECT_EQ(out.rows("context_events"),
              "0.0 session_id=c event_type=consolidation details={\"event_type\": "
              "\"consolidation\", \"timestamp\": \"2026-03-01T09:00:00Z\", \"n\": 1.0} "
              "timestamp=2026-03-01T09:00:00.000000Z\n"
              "0.1 session_id=d event_type=compression details={\"event\": \"Compact\", "
              "\"session_id\": \"d\"}\n");
    EXPECT_EQ(
        extract("context/wake.json", R"({"type": "wake"})").column("context_events", "session_id"),
        "context/wake");
}

TEST(Context, RejectsABrokenFile) {
    const Extracted out = extract("context/broken.json", R"({"session_id": "ctx-3", "broken": )");
    EXPECT_EQ(out.rejects(), "bad_json@0+34 line 1");
    EXPECT_EQ(out.rows("entity_statements"), "");
    EXPECT_TRUE(out.balanced());
}

TEST(Context, RepairsTextThatIsNotUtf8) {
    const Extracted out = extract("context/a.txt", "caf\xE9");
    EXPECT_EQ(out.column("entity_statements", "attributes"),
              "{\"kind\":\"context\",\"context_data\":\"caf\xEF\xBF\xBD\"}");
    EXPECT_EQ(out.batch->tally.repaired, 1);
}

TEST(Context, LeavesCodeAndOtherPlacesAlone) {
    EXPECT_EQ(taker("context/manager.py"), "");
    EXPECT_EQ(taker("context/run.sh"), "");
    EXPECT_EQ(taker("context/.gitkeep"), "");
    EXPECT_EQ(taker("lib/.claude/context/a.md"), "context");
    EXPECT_EQ(taker("commands/context/prime.md"), "document");
    EXPECT_EQ(taker("config/context/a.json"), "config");
}

TEST(Context, SaysNothingOfAnEmptyFile) {
    EXPECT_EQ(extract("context/a.md", "").batch->tally.records, 0);
    EXPECT_EQ(extract("context/a.json", "\n").account(), "0/0/1/0");
}

TEST(Context, ReadsUtf16) {
    const Extracted out = extract("context/a.md", std::string("\xFF\xFE#\0 \0\xE9\0\n\0", 10));
    EXPECT_EQ(out.column("entity_statements", "attributes"),
              "{\"kind\":\"context\",\"title\":\"é\",\"context_data\":{\"front_matter\":null,"
              "\"body\":\"# é\\n\"}}");
    EXPECT_EQ(out.account(), "10/0/0/0");
}

TEST(ContextLines, KeepsEventsOfAContextAndOthers) {
    const Extracted out =
        extract("context/log.jsonl",
                "{\"event\":\"sleep\",\"ts\":\"2026-03-02T10:00:00Z\"}\n"
                "{\"timestamp\":\"2026-03-02T11:00:00Z\",\"reflection\":1.10}\r\n\n[1]\n");
    EXPECT_EQ(out.extractor->name, "context_lines");
    EXPECT_EQ(out.rows("context_events"), "0.0 session_id=context/log event_type=sleep "
                                          "details={\"event\":\"sleep\",\"ts\":\"2026-03-02T10:00:"
                                          "00Z\"} timestamp=2026-03-02T10:00:00.000000Z\n");
    EXPECT_EQ(out.column("events", "details"),
              "{\"timestamp\":\"2026-03-02T11:00:00Z\",\"reflection\":1.10},[1]");
    EXPECT_EQ(out.column("entity_statements", "entity_id"), "context/log");
    EXPECT_EQ(out.account(), "106/0/1/0");
}

TEST(ContextLines, StatesWhatALineSaysOfItsSession) {
    const Extracted out = extract(
        "context/usage.jsonl",
        "{\"session_id\":\"s1\",\"usage_percent\":\"75.5\"}\n{\"session_id\":\"s2\",\"note\":1}\n");
    EXPECT_EQ(out.column("entity_statements", "entity_id"), "context/usage,s1");
    EXPECT_EQ(out.column("events", "session_id"), "s1,s2");
}

TEST(ContextLines, RejectsABrokenLine) {
    const Extracted out =
        extract("context/a.jsonl", "{\"a\":1}\n{\"b\": oops}\n{\"c\":3}\n{\"cut\":");
    EXPECT_EQ(out.rejects(), "bad_json@8+12 line 2");
    EXPECT_EQ(out.account(), "16/12/0/7");
}

TEST(ContextLines, LeavesDocumentsOverSeveralLinesToTheOther) {
    const Extracted out = extract("context/a.jsonl",
                                  "{\n  \"session_id\": \"x\"\n}\n{\n  \"session_id\": \"y\"\n}\n");
    EXPECT_EQ(out.extractor->name, "context");
    EXPECT_EQ(out.column("entity_statements", "entity_id"), "x,y");
}

}  // namespace
}  // namespace ingot
