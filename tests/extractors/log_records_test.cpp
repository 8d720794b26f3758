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

// Times.

TEST(LogRecords, ReadsLocalTimesInTheGivenZone) {
    const Settings bucharest{.zone = Zone("Europe/Bucharest")};
    const Extracted out =
        extract("logs/a.log", "2026-07-01 10:00:00 - hi\n2026-07-01T10:00:00Z - hi\n", bucharest);
    EXPECT_EQ(out.column("events", "timestamp"),
              "2026-07-01T07:00:00.000000Z,2026-07-01T10:00:00.000000Z");
    EXPECT_EQ(out.column("events", "timestamp_raw"), "2026-07-01 10:00:00,-");
}

TEST(LogRecords, ReadsAZoneThatStandsApart) {
    EXPECT_EQ(column("2026-03-01 10:00:00 +0300 - hi\n", "timestamp"),
              "2026-03-01T07:00:00.000000Z");
    EXPECT_EQ(column("2026-03-01 10:00:00 UTC - hi\n", "timestamp_raw"), "-");
    EXPECT_EQ(column("2026-03-01 10:00:00 - 2000 items\n", "message"), "2000 items");
}

TEST(LogRecords, KeepsADateThatDoesNotExistAsWritten) {
    EXPECT_EQ(events("2026-02-30 10:00:00 - hi\n"),
              "0.0 event_type=log severity=info message=hi timestamp_raw=2026-02-30 10:00:00 "
              "timestamp_source=record\n");
}

TEST(LogRecords, TakesMoreDigitsForNoTime) {
    EXPECT_EQ(column("2026-03-01 10:00:00 - a\n2026-03-01 10:00:000 b\n", "message"),
              "a\n2026-03-01 10:00:000 b");
}

TEST(LogRecords, TakesTheDateOfATimeOfDayFromAbove) {
    const std::string text =
        "[2026-03-01 22:00:00] start\n[23:59:58] late\n[00:00:03] early\n[09:00:00] morning\n";
    EXPECT_EQ(column(text, "timestamp"), "2026-03-01T22:00:00.000000Z,2026-03-01T23:59:58.000000Z,"
                                         "2026-03-02T00:00:03.000000Z,2026-03-02T09:00:00.000000Z");
    EXPECT_EQ(column(text, "timestamp_source"), "record,inherited,inherited,inherited");
}

TEST(LogRecords, ToleratesTimesOfDayThatAreALittleOutOfOrder) {
    const std::string text = "[2026-03-01 22:00:00] start\n[21:59:59] straggler\n";
    EXPECT_EQ(column(text, "timestamp"), "2026-03-01T22:00:00.000000Z,2026-03-01T21:59:59.000000Z");
}

// Records of several lines.

TEST(LogRecords, KeepsATracebackWithItsRecord) {
    const std::string text =
        "2026-03-01 10:00:00 - ERROR - broke\nTraceback:\n\n  File \"a.py\"\nOops\n\n\n"
        "2026-03-01 10:00:01 - INFO - next\n";
    const Extracted out = extract("logs/a.log", text);
    EXPECT_EQ(out.column("events", "message"), "broke\nTraceback:\n\n  File \"a.py\"\nOops,next");
    EXPECT_EQ(out.account(), "101/0/2/0");
    EXPECT_TRUE(out.balanced());
}

TEST(LogRecords, MakesOneUndatedEventOfWhatComesBeforeTheFirstRecord) {
    EXPECT_EQ(events("# banner\n# more\n\n2026-03-01 10:00:00 - hi\n"),
              "0.0 event_type=log severity=info message=# banner\n# more timestamp_source=file\n"
              "17.0 event_type=log severity=info message=hi timestamp=2026-03-01T10:00:00.000000Z "
              "timestamp_raw=2026-03-01 10:00:00 timestamp_source=record\n");
}

TEST(LogRecords, DoesNotDateAHeadByItsFile) {
    EXPECT_FALSE(extract("logs/a.log", "banner\n2026-03-01 10:00:00 - hi\n").batch->uses_file_time);
}

TEST(LogRecords, KeepsConflictMarkersApartFromRecords) {
    const std::string text =
        "2026-03-01 10:00:00 - one\n<<<<<<< HEAD\n  tail\n=======\n>>>>>>> topic\n"
        "2026-03-01 10:00:01 - two\n";
    EXPECT_EQ(column(text, "event_type"),
              "log,conflict_marker,log,conflict_marker,conflict_marker,log");
    EXPECT_EQ(column(text, "message"), "one,<<<<<<< HEAD,  tail,=======,>>>>>>> topic,two");
    EXPECT_EQ(column(text, "timestamp_source"),
              "record,inherited,inherited,inherited,inherited,record");
}

TEST(LogRecords, KeepsAnUnderlinedTitleInItsRecord) {
    EXPECT_EQ(column("2026-03-01 10:00:00 - Report\nResults\n=======\nnone\n", "message"),
              "Report\nResults\n=======\nnone");
}

TEST(LogRecords, FollowsConflictsWithinConflicts) {
    const std::string text = "<<<<<<< a\n<<<<<<< b\n>>>>>>> b\n||||||| base\n=======\n>>>>>>> a\n"
                             "2026-03-01 10:00:00 - x\n=======\n";
    EXPECT_EQ(extract("logs/a.log", text).batch->tables().front().size(), 7);
    EXPECT_TRUE(column(text, "message").ends_with(",x\n======="));
}

TEST(LogRecords, KeepsBothOfTwoRecordsGluedTogether) {
    const std::string text = "2026-03-01 10:00:00 | ann | START | a | begun2026-03-01 10:05:00 | "
                             "bob | COMPLETE | b | done\n";
    const Extracted out = extract("logs/a.log", text);
    EXPECT_EQ(out.column("events", "agent_id"), "ann,bob");
    EXPECT_EQ(out.column("events", "message"), "a | begun,b | done");
    EXPECT_EQ(out.column("events", "source_offset"), "0,45");
    EXPECT_TRUE(out.balanced());
}

TEST(LogRecords, KeepsBothOfTwoRecordsOfEveryLayoutGluedTogether) {
    const std::string time = "2025-07-16 02:22:16";
    const std::string columns = " INFO     shop.cart" + std::string(43, ' ');
    for (const std::string& start :
         {time + columns, time + " INFO ", time + ",250 - shop.cli - ERROR - ",
          time + ",250 - ERROR - ", time + ",250 [INFO] ", time + " [INFO] main: ", time + " - ",
          "[" + time + "] ", "[" + time + " INFO] ", std::string("2025-07-16T02:22:16.1Z INFO ")}) {
        const Extracted out = extract("logs/a.log", start + "first" + start + "second." + start +
                                                        "third\n" + start + "fourth\n");
        EXPECT_EQ(out.column("events", "message"), "first,second.,third,fourth") << start;
        EXPECT_TRUE(out.balanced());
    }
}

TEST(LogRecords, LeavesRecordsThatAMessageQuotesInIt) {
    const std::string time = "2025-07-16 02:22:16";
    for (const std::string& line :
         {time + " INFO read: " + time + " INFO a", time + " INFO read \"" + time + " INFO a\"",
          time + " INFO read" + time + " - a", time + " INFO read" + time + ",250 INFO a",
          time + " - ERROR - read" + time + " - a", time + " INFO [" + time + "] INFO a",
          time + " read" + time + " a", "[" + time + "] read" + time + " a",
          time + ",a,read" + time + ",b", time + " - " + time + " - a",
          "[" + time + "] see [" + time + "] a"})
        EXPECT_EQ(extract("logs/a.log", line + "\n").batch->tally.records, 1) << line;
}

TEST(LogRecords, LooksForGluedRecordsInTheLinesOfARecordToo) {
    const std::string text = "2026-03-01 10:00:00 | ann | START | a | one\ntwo2026-03-01 10:05:00 "
                             "| bob | START | b | c\n";
    EXPECT_EQ(column(text, "message"), "a | one\ntwo,b | c");
}

TEST(LogRecords, KeepsCommentsBetweenColumnsApart) {
    const std::string text = "2026-03-01 10:00:00 | ann | START | a | b\n# a note\n2026-03-01 "
                             "10:01:00 - # not one\n# text\n";
    EXPECT_EQ(column(text, "event_type"), "start,comment,log");
    EXPECT_EQ(column(text, "timestamp_source"), "record,inherited,record");
}

TEST(LogRecords, KnowsCommentsOnlyRightBelowColumns) {
    const std::string text = "2026-03-01 10:00:00 | ann | START | a\n<<<<<<< HEAD\n# text\n";
    EXPECT_EQ(column(text, "event_type"), "start,conflict_marker,log");
}

TEST(LogRecords, LeavesOutCarriageReturnsAtLineEnds) {
    EXPECT_EQ(column("2026-03-01 10:00:00 - a\r\nb\r\n\r\n2026-03-01 10:00:01 - c\r\n", "message"),
              "a\nb,c");
}

TEST(LogRecords, LoadsAnUnfinishedLastLine) {
    const Extracted out = extract("logs/a.log", "2026-03-01 10:00:00 - a\n2026-03-01 10:00:01 - b");
    EXPECT_EQ(out.column("events", "message"), "a,b");
    EXPECT_EQ(out.batch->resume->offset, 0);  // "b" may yet become something else
    EXPECT_TRUE(out.balanced());
}

// Odd bytes.

TEST(LogRecords, FindsTheStampBehindColoursAndBom) {
    const Extracted out = extract(
        "logs/a.log",
        "\xEF\xBB\xBF\x1b[32m2026-03-01 10:00:00\x1b[0m \x1b[1mERROR\x1b[0m: \x1b[31mred\x1b[0m\n");
    EXPECT_EQ(out.column("events", "severity"), "error");
    EXPECT_EQ(out.column("events", "message"), "\x1b[31mred\x1b[0m");
    EXPECT_EQ(out.batch->encoding, "utf-8-bom");
    EXPECT_EQ(out.batch->tally.blank_bytes, 3);
}

TEST(LogRecords, RepairsBadTextWithoutRejectingIt) {
    const std::string text =
        std::string("2026-03-01 10:00:00 | a | START | \xFF | nu") + '\0' + "l\n";
    const Extracted out = extract("logs/a.log", text);
    EXPECT_EQ(out.column("events", "message"), "\xEF\xBF\xBD | nu\xEF\xBF\xBDl");
    EXPECT_EQ(out.column("events", "details"),
              "{\"task\":\"\xEF\xBF\xBD\",\"result\":\"nu\xEF\xBF\xBDl\"}");
    EXPECT_EQ(out.rejects(), "");
    EXPECT_EQ(out.batch->tally.repaired, 1);
}

TEST(LogRecords, RejectsARecordThatIsTooLongAndKeepsItsNeighbours) {
    const Settings small{.zone = Zone(), .max_record = 40};
    const std::string text = "2026-03-01 10:00:00 - a\n2026-03-01 10:00:01 - b\n" +
                             std::string(30, 'x') + "\n2026-03-01 10:00:02 - c\n";
    const Extracted out = extract("logs/a.log", text, small);
    EXPECT_EQ(out.column("events", "message"), "a,c");
    EXPECT_EQ(out.rejects(), "too_long@24+55 line 2");
    EXPECT_TRUE(out.balanced());
}

TEST(LogRecords, RejectsUtf16AsAWhole) {
    const Extracted out = extract("logs/a.log", std::string("\xFF\xFEh\0i\0\n\0", 8));
    EXPECT_EQ(out.rejects(), "bad_encoding@0+8 line 1");
    EXPECT_EQ(out.batch->encoding, "utf-16le");
    EXPECT_TRUE(out.balanced());
}

}  // namespace
}  // namespace ingot
