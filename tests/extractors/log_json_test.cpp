// SPDX-License-Identifier: MIT
#include "tests/extractors/extract.hpp"

#include <gtest/gtest.h>

namespace ingot {
namespace {

using testing::extract;
using testing::Extracted;

std::string_view taken_by(std::string_view path, std::string_view bytes) {
    const Extracted out = extract(path, bytes);
    return out.extractor == nullptr ? "nobody" : out.extractor->name;
}

bool is_json_log(std::string_view path, std::string_view bytes) {
    return taken_by(path, bytes).starts_with("log_lines") || taken_by(path, bytes) == "log_stream";
}

TEST(LogJson, MapsTheFieldsOfALine) {
    const auto out = extract(
        "logs/errors.log",
        R"({"timestamp": "2026-02-03T02:22:10.050741Z", "level": "ERROR", "logger": "hive.store", "message": "Cannot save", "correlation_id": "0a1b", "agent_id": "mesh", "sessionId": "s1", "duration": 1.10})"
        "\n");
    EXPECT_EQ(out.extractor->name, "log_lines");
    EXPECT_EQ(
        out.rows("events"),
        R"(0.0 agent_id=mesh session_id=s1 event_type=log severity=error logger=hive.store message=Cannot save details={"timestamp": "2026-02-03T02:22:10.050741Z", "level": "ERROR", "logger": "hive.store", "message": "Cannot save", "correlation_id": "0a1b", "agent_id": "mesh", "sessionId": "s1", "duration": 1.10} timestamp=2026-02-03T02:22:10.050741Z timestamp_source=record correlation_id=0a1b)"
        "\n");
    EXPECT_TRUE(out.balanced());
}

TEST(LogJson, ReadsTimesInEveryForm) {
    const auto out = extract("logs/a.jsonl", R"({"ts":"2026-02-03T10:11:12.4573646+01:00"}
{"time":1767225600}
{"timestamp":1767225600123}
{"@timestamp":1767225600.5}
{"created_at":"1767225600"}
{"timestamp":null,"ts":"2026-01-01T00:00:00Z"}
)");
    EXPECT_EQ(
        out.column("events", "timestamp"),
        "2026-02-03T09:11:12.457364Z,2026-01-01T00:00:00.000000Z,2026-01-01T00:00:00.123000Z,"
        "2026-01-01T00:00:00.500000Z,2026-01-01T00:00:00.000000Z,2026-01-01T00:00:00.000000Z");
    EXPECT_EQ(out.column("events", "timestamp_raw"), "-,-,-,-,-,-");
}

TEST(LogJson, KeepsATimeAsWrittenWhenItHadNoZoneOrDoesNotParse) {
    const auto out = extract("logs/a.jsonl", R"({"timestamp":"2026-01-01 10:00:00,5"}
{"timestamp":"[01:32:20]"}
{"time":42}
{"timestamp":""}
)",
                             {.zone = Zone("+02:00")});
    EXPECT_EQ(out.column("events", "timestamp"), "2026-01-01T08:00:00.500000Z,-,-,-");
    EXPECT_EQ(out.column("events", "timestamp_raw"), "2026-01-01 10:00:00,5,[01:32:20],42,-");
    EXPECT_EQ(out.rejects(), "");
}

TEST(LogJson, KeepsATimeThatIsNoTextByteForByte) {
    const auto out = extract("logs/a.jsonl", R"({"timestamp":1e300}
{"timestamp":1.50}
{"time": [ 1 ]}
{"timestamp":1e400}
{"timestamp":null,"ts":-0.0}
)");
    EXPECT_EQ(out.column("events", "timestamp_raw"), "1e300,1.50,[ 1 ],1e400,-0.0");
    EXPECT_EQ(out.column("events", "timestamp"), "-,-,-,-,-");
    EXPECT_EQ(extract("history.jsonl", R"({"display":"a","timestamp":1e300})")
                  .column("events", "timestamp_raw"),
              "1e300");
    EXPECT_EQ(extract("agents/a.json", R"({"agent_id":"a","spawn_time":1e300})")
                  .column("events", "timestamp_raw"),
              "1e300");
    EXPECT_EQ(extract("agent_completions.jsonl", R"({"agent_id":"a","completion_time":1e300})")
                  .column("events", "timestamp_raw"),
              "1e300");
}

TEST(LogJson, NamesEventsBySeveralKeys) {
    const auto out = extract("logs/a.jsonl", R"({"event":"start","type":"input"}
{"type":"x"}
{"operation":"copy"}
{"event":{"deep":1},"hook_event_name":"Stop"}
{"x":1}
)");
    EXPECT_EQ(out.column("events", "event_type"), "start,x,copy,Stop,log");
}

TEST(LogJson, KnowsLevelsAsWordsAndNumbers) {
    const auto out = extract(
        "logs/a.jsonl",
        "{\"level\":\"WARN\"}\n{\"severity\":\"fatal\"}\n{\"level\":50}\n{\"level\":\"huh\"}\n");
    EXPECT_EQ(out.column("events", "severity"), "warning,critical,error,info");
}

TEST(LogJson, ReadsAnArrayOfHookCalls) {
    const auto out = extract("logs/pre_tool_use.json", R"([
  {"session_id": "s1", "hook_event_name": "PreToolUse", "tool_name": "Read"},
  {"session_id": "s1", "tool_name": "Bash"}
])");
    EXPECT_EQ(out.extractor->name, "log_stream");
    EXPECT_EQ(out.column("events", "event_type"), "PreToolUse,pre_tool_use");
    EXPECT_EQ(out.column("events", "session_id"), "s1,s1");
    EXPECT_EQ(out.column("events", "timestamp"), "-,-");
    EXPECT_EQ(out.column("events", "source_offset"), "4,82");
    EXPECT_TRUE(out.balanced());
}

TEST(LogJson, FindsTheSessionInAHooksInput) {
    const auto out = extract("logs/a.jsonl", R"({"event":"Stop","data":{"session_id":"s1"}}
{"input_data":{"session_id":"s2"}}
{"session_id":"s3","data":{"session_id":"s4"}}
{"data":[1]}
)");
    EXPECT_EQ(out.column("events", "session_id"), "s1,s2,s3,-");
}

TEST(LogJson, CountsAnEmptyArrayAsBlank) {
    const auto out = extract("logs/stop.json", "[]");
    EXPECT_EQ(out.extractor->name, "log_stream");
    EXPECT_EQ(out.account(), "0/0/2/0");
}

TEST(LogJson, ReadsPrettyDocumentsOneAfterAnother) {
    const auto out =
        extract("logs/events.jsonl",
                "{\n  \"id\": 1,\n  \"event_type\": \"a\"\n}\n{\n  \"event_type\": \"b\"\n}\n");
    EXPECT_EQ(out.extractor->name, "log_stream");
    EXPECT_EQ(out.column("events", "event_type"), "a,b");
}

TEST(LogJson, KeepsValuesThatAreNoObjects) {
    const auto out =
        extract("logs/a.jsonl", "{\"a\":1}\n{\"b\":2}\n{\"c\":3}\n[1,2]\n\"just text\"\n");
    EXPECT_EQ(out.column("events", "details"), "{\"a\":1},{\"b\":2},{\"c\":3},[1,2],\"just text\"");
    EXPECT_EQ(out.column("events", "event_type"), "log,log,log,log,log");
    EXPECT_EQ(out.column("events", "message"), "just text");
}

TEST(LogJson, TakesConflictMarksForEvents) {
    const auto lines =
        extract("logs/a.log", "<<<<<<< HEAD\n{\"a\":1}\n=======\n{\"a\":2}\n>>>>>>> x\n");
    EXPECT_EQ(lines.extractor->name, "log_lines");
    EXPECT_EQ(lines.column("events", "event_type"),
              "conflict_marker,log,conflict_marker,log,conflict_marker");
    EXPECT_EQ(lines.column("events", "message"), "<<<<<<< HEAD,,=======,,>>>>>>> x");
    EXPECT_EQ(lines.rejects(), "");
    const auto stream = extract("logs/a.log", "<<<<<<< HEAD\n{\n\"a\":1\n}\n=======\n{\n}\n");
    EXPECT_EQ(stream.extractor->name, "log_stream");
    EXPECT_EQ(stream.column("events", "severity"), "warning,info,warning,info");
    EXPECT_TRUE(stream.balanced());
}

TEST(LogJson, KeepsTheNeighboursOfABrokenLine) {
    const auto out = extract(
        "logs/a.log", "{\"message\":\"a\"}\n{\"mess\n{\"timestamp\":1767225600,\"message\":\"b\"}{"
                      "\"timestamp\":1767225601,\"message\":\"c\"}\nhello\n{\"message\":\"d\"}\n");
    EXPECT_EQ(out.column("events", "message"), "a,b,c,d");
    EXPECT_EQ(out.rejects(), "bad_json@16+7 line 2, bad_json@100+6 line 4");
    EXPECT_TRUE(out.balanced());
}

constexpr std::string_view kSpliced =
    "{\"timestamp\":\"2026-01-01T00:00:00Z\",\"message\":\"ok\",\"level\":\"INFO\"}\n"
    "{\"timestamp\":\"2026-01-01T00:00:01Z\",\"mess"
    "{\"timestamp\":\"2026-01-01T00:00:02Z\",\"message\":\"good2\",\"level\":\"INFO\"}\n";

TEST(LogJson, LoadsTheGoodRecordsOfALogThatIsHalfBroken) {
    for (const char* path :
         {"logs/e.jsonl", "logs/e.log", "logs/e.json", "logs_backup/e", "e.log", "e.log.1"}) {
        const auto out = extract(path, kSpliced);
        EXPECT_EQ(out.column("events", "message"), "ok,good2") << path;
        EXPECT_EQ(out.rejects(), "bad_json@67+41 line 2") << path;
        EXPECT_TRUE(out.balanced()) << path;
    }
}

TEST(LogJson, LoadsALogOfManyBrokenLines) {
    std::string text;
    for (int i = 0; i < 100; ++i) text += kSpliced;
    const auto out = extract("logs/e.jsonl", text);
    EXPECT_EQ(out.batch->tally.records, 300);
    EXPECT_EQ(out.batch->tally.rejected, 100);
    EXPECT_TRUE(out.balanced());
}

TEST(LogJson, LoadsALogOfOneSplicedLine) {
    const auto out = extract("logs/e.jsonl", kSpliced.substr(kSpliced.find('\n') + 1));
    EXPECT_EQ(out.column("events", "message"), "good2");
    EXPECT_EQ(out.rejects(), "bad_json@0+41 line 1");
}

TEST(LogJson, WaitsForALogsOnlyLineOrRejectsIt) {
    const std::string line = R"({"timestamp":"2026-01-01T00:00:01Z","mess)";
    for (const char* path : {"logs/e.jsonl", "logs/e.log", "logs/e.json"}) {
        EXPECT_EQ(extract(path, line).account(), "0/0/0/41") << path;
        EXPECT_EQ(extract(path, line + "\n").rejects(), "bad_json@0+42 line 1") << path;
    }
}

TEST(LogJson, LoadsTheGoodDocumentsAmongBrokenOnes) {
    const std::string good = "{\n  \"event\": \"a\",\n  \"data\": {\n    \"x\": 1\n  }\n}\n";
    const std::string broken = "{\n  \"event\": \"b\",\n  \"data\": {\n    \"x\": 1\n";
    for (const std::string& text :
         {good + broken, broken + good, broken + good + broken, broken + broken + good}) {
        const auto out = extract("logs/events.jsonl", text);
        EXPECT_EQ(out.extractor->name, "log_stream");
        EXPECT_EQ(out.column("events", "event_type"), "a") << text;
        EXPECT_EQ(out.batch->tally.rejected, text.size() > 120 ? 2 : 1) << text;
        EXPECT_TRUE(out.balanced());
    }
}

TEST(LogJson, LoadsTheRecordBehindWhatIsNoJson) {
    const std::string good = R"({"timestamp":"2026-01-01T00:00:05Z","message":"good5"})"
                             "\n";
    for (const std::string& text :
         {"garbage " + good, good + "garbage " + good + "garbage " + good}) {
        const auto out = extract("logs/a.jsonl", text);
        EXPECT_EQ(out.batch->tally.rejected, text.size() > 100 ? 2 : 1) << text;
        EXPECT_TRUE(out.balanced());
    }
    const auto out =
        extract("logs/a.jsonl", good + "garbage {\"a\":1}\n" + "x\"y {\"a\":{\"b\":2}}\n");
    EXPECT_EQ(out.column("events", "details"),
              good.substr(0, good.size() - 1) + ",{\"a\":1},{\"a\":{\"b\":2}}");
    EXPECT_EQ(out.rejects(), "bad_json@55+8 line 2, bad_json@71+4 line 3");
}

TEST(LogJson, KeepsNoPartOfABrokenRecord) {
    const auto out =
        extract("logs/a.jsonl",
                "{\"a\":1}\n{}\n{\"a\":2,\"b\":{\"c\":3}\nx [1,{\"c\":3}]\nx {\"c\":3} y\n");
    EXPECT_EQ(out.column("events", "details"), "{\"a\":1},{}");
    EXPECT_EQ(out.batch->tally.rejected, 3);
}

TEST(LogJson, LoadsTheRecordsBehindAGapOfNuls) {
    const auto out = extract("logs/a.jsonl", std::string(100, '\0') + std::string(kSpliced));
    EXPECT_EQ(out.column("events", "message"), "ok,good2");
    EXPECT_EQ(out.rejects(), "bad_json@0+100 line 1, bad_json@167+41 line 2");
    EXPECT_EQ(taken_by("logs/a.jsonl", std::string(100'000, '\0') + "{}\n"), "log_lines");
    EXPECT_EQ(taken_by("logs/a.json", std::string(100'000, '\0') + "[{}]\n"), "log_stream");
}

TEST(LogJson, LeavesTextLogsToOthers) {
    EXPECT_FALSE(is_json_log("logs/a.log", "[ERROR] 2026-01-01 x\n"));
    EXPECT_FALSE(is_json_log("logs/a.log", "[2026-01-01 10:00:00] x\n"));
    EXPECT_FALSE(is_json_log("logs/a.log", "{\"a\":1}\n2026-01-01 x\n2026-01-01 y\n"));
    EXPECT_FALSE(is_json_log("logs/a.log", "{ curly } text\n"));
    EXPECT_FALSE(is_json_log("logs/a.log", ""));
}

TEST(LogJson, FindsLinesBehindARecordThatWasCutOff) {
    EXPECT_EQ(taken_by("logs/a.log", "sage\":\"x\"}\n{\"message\":\"a\"}\n{\"message\":\"b\"}\n"),
              "log_lines");
}

TEST(LogJson, TakesEventsOutsideOfLogsOnlyWhenTheyAreEvident) {
    EXPECT_EQ(taken_by("timeline.jsonl", R"({"ts":"2026-02-23T16:36:42Z","event":"end"})"),
              "log_lines");
    EXPECT_EQ(taken_by("crisis.json",
                       "{\"timestamp\":1,\"level\":\"a\"}\n{\"timestamp\":2,\"level\":\"b\"}\n"),
              "log_lines");
    EXPECT_EQ(taken_by("alerts.json", R"([{"timestamp":"x","message":"a"}])"), "log_stream");
    EXPECT_EQ(taken_by("beat.json", R"({"timestamp":"x","event":"heartbeat"})"), "log_lines");
    EXPECT_FALSE(is_json_log("state.json", R"({"timestamp":"x","message":"saved"})"));
    EXPECT_FALSE(is_json_log("talk.jsonl", R"({"timestamp":"x","role":"user","message":"hi"})"));
    EXPECT_FALSE(is_json_log("data.jsonl", R"({"timestamp":"x","value":1})"));
    EXPECT_FALSE(is_json_log("checkpoints/a.json", R"([{"timestamp":"x","message":"a"}])"));
    EXPECT_FALSE(is_json_log("script.py", R"({"timestamp":"x","event":"a"})"));
}

TEST(LogJson, KnowsALogByItsName) {
    EXPECT_EQ(taken_by("errors.log.1", "{\"a\":1}\n"), "log_lines");
    EXPECT_EQ(taken_by("deep/logs_backup/x.json", "{\n\"a\":1}\n"), "log_stream");
    EXPECT_FALSE(is_json_log("x.logic", "{\"a\":1}\n"));
}

TEST(LogJson, WaitsForAnUnfinishedEnd) {
    EXPECT_EQ(extract("logs/a.log", "{\"a\":1}\n{\"b\"").account(), "8/0/0/4");
    EXPECT_EQ(extract("logs/a.json", "[\n{\"a\":1},\n{\"b\"").account(), "7/0/4/4");
}

TEST(LogJson, SurvivesHostileInput) {
    std::string deep(100000, '[');
    for (const std::string& text :
         {"{\"a\":" + deep, "[{" + deep, "{\"a\":1}\n" + std::string(100000, '{'),
          std::string("{\"a\":\"\xff\"}\n{\"b\":\"") + std::string(1, '\0') + "\"}\n"})
        EXPECT_TRUE(extract("logs/a.log", text).balanced());
}

}  // namespace
}  // namespace ingot
