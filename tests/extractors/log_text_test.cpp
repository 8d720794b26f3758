// SPDX-License-Identifier: MIT
#include "tests/extractors/extract.hpp"

#include <gtest/gtest.h>

#include <string>

namespace ingot {
namespace {

using testing::extract;
using testing::Extracted;

std::string events(const std::string& text) { return extract("logs/a.log", text).rows("events"); }

std::string column(const std::string& text, std::string_view name) {
    return extract("logs/a.log", text).column("events", name);
}

// The formats, one test each.

TEST(LogText, ReadsColumnsOfLevelLoggerAndContext) {
    EXPECT_EQ(events("2026-03-01 10:00:00 WARNING  shop.cart                                       "
                     "    low stock\n"),
              "0.0 event_type=log severity=warning logger=shop.cart message=low stock "
              "timestamp=2026-03-01T10:00:00.000000Z timestamp_raw=2026-03-01 10:00:00 "
              "timestamp_source=record\n");
    EXPECT_EQ(
        events("2026-03-01 10:00:00 INFO     shop.checkout.payments [corr=0a1b2c3d, task=t-7, "
               "agent=cashier] paid\n"),
        "0.0 agent_id=cashier event_type=log severity=info logger=shop.checkout.payments "
        "message=paid "
        "details={\"task\":\"t-7\"} timestamp=2026-03-01T10:00:00.000000Z "
        "timestamp_raw=2026-03-01 10:00:00 timestamp_source=record correlation_id=0a1b2c3d\n");
}

TEST(LogText, KeepsBlanksThatTheMessageBeginsWith) {
    const std::string columns = "2026-03-01 10:00:00 INFO     shop.cart" + std::string(43, ' ');
    EXPECT_EQ(column(columns + "   indented\n", "message"), "   indented");
    EXPECT_EQ(column(columns + "\n  next line\n", "message"), "\n  next line");
}

TEST(LogText, TakesALevelWithoutColumnsForALevelAndAMessage) {
    EXPECT_EQ(column("2026-03-01 10:00:00 INFO Served 3 items\n", "message"), "Served 3 items");
    EXPECT_EQ(column("2026-03-01 10:00:00 INFO Served 3 items\n", "logger"), "-");
    EXPECT_EQ(column("2026-03-01 10:00:00 INFO     done\n", "message"), "done");
}

TEST(LogText, ReadsLoggerAndLevelBetweenDashes) {
    const std::string line = "2026-03-01 10:00:00,250 - shop.cli - ERROR - bad - worse\n";
    EXPECT_EQ(events(line),
              "0.0 event_type=log severity=error logger=shop.cli message=bad - worse "
              "timestamp=2026-03-01T10:00:00.250000Z timestamp_raw=2026-03-01 10:00:00,250 "
              "timestamp_source=record\n");
}

TEST(LogText, ReadsALevelBetweenDashes) {
    EXPECT_EQ(events("2026-03-01 10:00:00,250 - CRITICAL - out of paper\n"),
              "0.0 event_type=log severity=critical message=out of paper "
              "timestamp=2026-03-01T10:00:00.250000Z timestamp_raw=2026-03-01 10:00:00,250 "
              "timestamp_source=record\n");
}

TEST(LogText, ReadsALevelInBrackets) {
    const std::string line = "2026-03-01 10:00:00,250 [WARNING] Late: by 3 s\n";
    EXPECT_EQ(column(line, "severity"), "warning");
    EXPECT_EQ(column(line, "logger"), "-");
    EXPECT_EQ(column(line, "message"), "Late: by 3 s");
}

TEST(LogText, ReadsALoggerBehindALevelInBrackets) {
    const std::string line = "2026-03-01 10:00:00 [INFO] __main__: watching: 3 files\n";
    EXPECT_EQ(column(line, "logger"), "__main__");
    EXPECT_EQ(column(line, "message"), "watching: 3 files");
}

TEST(LogText, ReadsAMessageBehindADash) {
    EXPECT_EQ(column("2026-03-01 10:00:00 - Cleaning up - twice\n", "message"),
              "Cleaning up - twice");
}

TEST(LogText, ReadsAStampInBrackets) {
    EXPECT_EQ(column("[2026-03-01 10:00:00] door opened\n", "message"), "door opened");
    EXPECT_EQ(column("[2026-03-01 10:00:00 EEST] door opened\n", "message"), "door opened");
    EXPECT_EQ(column("[2026-03-01T10:00:00-07:00] START\n", "timestamp"),
              "2026-03-01T17:00:00.000000Z");
    EXPECT_EQ(column("[2026-03-01 10:00:00 ERROR] jammed\n", "severity"), "error");
}

TEST(LogText, ReadsAgentStatusTaskAndResultBetweenBars) {
    const std::string line =
        "2026-03-01 10:00:00 | packer-1 | STUCK | wrap box | tape is out | again\n";
    EXPECT_EQ(events(line), "0.0 agent_id=packer-1 event_type=stuck severity=warning message=wrap "
                            "box | tape is out | again "
                            "details={\"task\":\"wrap box\",\"result\":\"tape is out | again\"} "
                            "timestamp=2026-03-01T10:00:00.000000Z timestamp_raw=2026-03-01 "
                            "10:00:00 timestamp_source=record\n");
}

TEST(LogText, ReadsALevelBetweenBars) {
    const std::string line = "2026-03-01 10:00:00.5 | SUCCESS  | shop.cart:add:12 - added\n";
    EXPECT_EQ(column(line, "logger"), "shop.cart:add:12");
    EXPECT_EQ(column(line, "message"), "added");
    EXPECT_EQ(column(line, "details"), "{\"level\":\"SUCCESS\"}");
}

TEST(LogText, TellsTheSessionOfADebugFileByItsName) {
    const std::string line = "2026-03-01T10:00:00.063Z [DEBUG] [cache] hit\n";
    const Extracted out = extract("debug/0b6c1f1e-0000-4000-8000-00000000a001.txt", line);
    EXPECT_EQ(
        out.rows("events"),
        "0.0 session_id=0b6c1f1e-0000-4000-8000-00000000a001 event_type=log severity=debug "
        "message=[cache] hit timestamp=2026-03-01T10:00:00.063000Z timestamp_source=record\n");
    EXPECT_EQ(extract("debug/notes.txt", line).column("events", "session_id"), "-");
}

TEST(LogText, TakesTheNameInBracketsForTheLogger) {
    const std::string line = "[2026-03-01T10:00:00.464Z] [supervisor] workers=0\n";
    EXPECT_EQ(extract("daemon.log", line).column("events", "logger"), "supervisor");
    EXPECT_EQ(column("[2026-03-01 10:00:00] [hook] [WARN] slow\n", "logger"), "hook");
    EXPECT_EQ(column("[2026-03-01 10:00:00] [hook] [WARN] slow\n", "severity"), "warning");
}

TEST(LogText, TakesATagBeforeTheStampForTheType) {
    EXPECT_EQ(
        events("[PRE-BASH] 2026-03-01 10:00:00\n"),
        "0.0 event_type=pre_bash severity=info message= timestamp=2026-03-01T10:00:00.000000Z "
        "timestamp_raw=2026-03-01 10:00:00 timestamp_source=record\n");
    EXPECT_EQ(column("[FAILURE] 2026-03-01 10:00:00 - lost\n", "severity"), "error");
    EXPECT_EQ(column("[FAILURE] 2026-03-01 10:00:00 - lost\n", "message"), "lost");
    EXPECT_EQ(column("[ERROR] 2026-03-01 10:00:00 lost\n", "event_type"), "log");
}

TEST(LogText, ReadsAgentAndStateBehindATimeOfDay) {
    EXPECT_EQ(events("[01:32:20] [UI-CHECKER] [COMPLETED] all fine\n"),
              "0.0 agent_id=UI-CHECKER event_type=completed severity=info message=all fine "
              "timestamp_raw=01:32:20 timestamp_source=record\n");
}

TEST(LogText, ReadsATableWithoutAHeader) {
    const std::string row = "1764151334|runner||\n";
    EXPECT_EQ(extract("logs/agent-metrics.csv", row).rows("events"),
              "0.0 event_type=log severity=info message=runner|| "
              "details={\"fields\":[\"runner\",\"\",\"\"]} "
              "timestamp=2025-11-26T10:02:14.000000Z timestamp_source=record\n");
}

TEST(LogText, ReadsFieldsInQuotes) {
    const auto details = [](const std::string& row) {
        return extract("logs/a.csv", row).column("events", "details");
    };
    const std::string time = "2025-01-02T00:00:00Z";
    EXPECT_EQ(details(time + ",agent-y,3.5,\"quoted, comma\"\n"),
              R"({"fields":["agent-y","3.5","quoted, comma"]})");
    EXPECT_EQ(details(time + ",\"say \"\"hi\"\"\",\"\",\"a\nb\"\n"),
              R"({"fields":["say \"hi\"","","a\nb"]})");
    EXPECT_EQ(details(time + ";\"a\";b\n"), R"({"fields":["a","b"]})");
    EXPECT_EQ(details(time + ",6\" pipe,\"open,\"a\"b\n"),
              R"({"fields":["6\" pipe","\"open","\"a\"b"]})");
}

TEST(LogText, ReadsTimesOfDateAndCtime) {
    const std::string noon = "2025-09-04T11:28:38.000000Z";
    EXPECT_EQ(column("Thu Sep  4 11:28:38 2025: built\n", "timestamp"), noon);
    EXPECT_EQ(column("[Thu Sep  4 11:28:38 EEST 2025] built\n", "timestamp"), noon);
    EXPECT_EQ(column("Thu, Sep  4, 2025 11:28:38 AM built\n", "message"), "built");
    EXPECT_EQ(column("Thu Sep  4 11:28:38 EEST 2025 built\n", "timestamp_raw"),
              "Thu Sep  4 11:28:38 EEST 2025");
}

// What is a log.

std::string taken_by(std::string_view path, std::string_view text) {
    const Extracted out = extract(path, text);
    return out.extractor == nullptr ? "-" : std::string(out.extractor->name);
}

TEST(LogText, TakesLogsWhereverTheyAre) {
    for (const char* path : {"logs/x", "a/logs/b/x.txt", "logs_backup/x.out", "daemon.log",
                             "x.log.1", "x.log.2026-03-01", "debug/x.txt", "X.LOG"})
        EXPECT_EQ(taken_by(path, "2026-03-01 10:00:00 hi\n"), "log_text") << path;
    for (const char* path :
         {"notes.txt", "logs/run.py", "logs/run.sh", "logs/.gitkeep", "debug/x.json"})
        EXPECT_NE(taken_by(path, "2026-03-01 10:00:00 hi\n"), "log_text") << path;
}

TEST(LogText, LeavesJsonToOthers) {
    for (const char* text :
         {"{\"a\":1}\n", "[{\"a\":1}]", "[\n  {\"a\":1}\n]", "{\n}\n", "<<<<<<< HEAD\n{\"a\":1}\n"})
        EXPECT_FALSE(taken_by("logs/a.log", text).starts_with("log_text")) << text;
    EXPECT_EQ(taken_by("logs/a.log", "[2026-03-01 10:00:00] {\"a\":1}\n"), "log_text");
}

TEST(LogText, TakesWhateverTextThereIsInAPlaceOfLogs) {
    for (const char* text : {"{\"a\":1}\nhello\nhello\n", "{\"a\nb\nc\nd\n", "[\"INFO\"] on\n",
                             "{ curly }\n", "[2] two\n", "\"a\n", "[\"a\n"})
        EXPECT_EQ(taken_by("logs/a.log", text), "log_plain") << text;
    EXPECT_EQ(taken_by("logs/a.json", "{\"a\":1}\n2026-03-01 10:00:00 x\n2026-03-01 10:00:00 x\n"),
              "log_text");
}

TEST(LogText, ReadsOnBehindAGapOfNuls) {
    for (const std::size_t size : {20, 100'000}) {
        const std::string gap(size, '\0');
        const Extracted out = extract("logs/a.log", gap + "2026-03-01 10:00:00 - a\n" + gap +
                                                        "2026-03-01 10:00:01 - b\n");
        EXPECT_EQ(out.column("events", "message"), "a,b");
        EXPECT_EQ(out.account(), "48/0/" + std::to_string(2 * size) + "/0");
    }
    const Extracted lines = extract("logs/a.log", std::string(100'000, '\0') + "a\nb\n");
    EXPECT_EQ(lines.column("events", "message"), "a,b");
    const Extracted json = extract("logs/a.log", std::string(100'000, '\0') +
                                                     R"({"ts":"2026-03-01T10:00:00Z","msg":"a"})");
    EXPECT_EQ(json.column("events", "message"), "a");
    EXPECT_EQ(json.column("events", "timestamp"), "2026-03-01T10:00:00.000000Z");
    EXPECT_FALSE(json.batch->uses_file_time);
}

TEST(LogText, LeavesBinaryFilesAlone) {
    EXPECT_EQ(
        taken_by("logs/a.log.1.gz",
                 std::string_view("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\x4b\x04\x00", 13)),
        "-");
}

}  // namespace
}  // namespace ingot
