// SPDX-License-Identifier: MIT
#include "tests/extractors/extract.hpp"

#include <gtest/gtest.h>

namespace ingot {
namespace {

using testing::extract;
using testing::Extracted;

TEST(LogPlain, MakesEachLineAnEventOfTheFilesTime) {
    const Extracted out = extract("logs/agent.log", "Starting\n\n  step 1\r\ndone");
    EXPECT_EQ(out.extractor->name, "log_plain");
    EXPECT_EQ(out.rows("events"), "0.0 event_type=log severity=info message=Starting "
                                  "timestamp=2026-01-02T03:04:05.000000Z timestamp_source=file\n"
                                  "10.0 event_type=log severity=info message=  step 1 "
                                  "timestamp=2026-01-02T03:04:05.000000Z timestamp_source=file\n"
                                  "20.0 event_type=log severity=info message=done "
                                  "timestamp=2026-01-02T03:04:05.000000Z timestamp_source=file\n");
    EXPECT_EQ(out.account(), "23/0/1/0");
    EXPECT_TRUE(out.batch->uses_file_time);
}

TEST(LogPlain, TellsTheLevelOfALine) {
    const Extracted out =
        extract("logs/a.log", "ERROR:shop.cart:gone\n[warn] slow\nWARNING: old\nUSAGE: none\n");
    EXPECT_EQ(out.column("events", "severity"), "error,warning,warning,info");
    EXPECT_EQ(out.column("events", "logger"), "shop.cart,-,-,-");
    EXPECT_EQ(out.column("events", "message"), "gone,slow,old,USAGE: none");
}

TEST(LogPlain, ReadsTheTimeThatEndsALine) {
    const Extracted out = extract("logs/a.log", "Test entry: Thu, Sep  4, 2025 11:28:38 AM\n\n");
    EXPECT_EQ(out.column("events", "timestamp"), "2025-09-04T11:28:38.000000Z");
    EXPECT_EQ(out.column("events", "timestamp_source"), "record");
    EXPECT_FALSE(out.batch->uses_file_time);
}

TEST(LogPlain, TakesAnEmptyLog) {
    const Extracted out = extract("logs/errors.log", "");
    EXPECT_EQ(out.extractor->name, "log_plain");
    EXPECT_EQ(out.rows("events"), "");
    EXPECT_TRUE(out.balanced());
}

TEST(LogPlain, KeepsConflictMarkersApart) {
    const Extracted out = extract("logs/a.log", "<<<<<<< HEAD\none\n=======\ntwo\n>>>>>>> topic\n");
    EXPECT_EQ(out.column("events", "event_type"),
              "conflict_marker,log,conflict_marker,log,conflict_marker");
}

TEST(LogPlain, ReadsStampsThatComeTooLateToBeSeenInTheHead) {
    const std::string head(70'000, 'x');
    const Extracted out = extract("logs/a.log", head + "\n2026-03-01 10:00:00 - late\n  more\n");
    EXPECT_EQ(out.extractor->name, "log_plain");
    EXPECT_TRUE(out.column("events", "message").ends_with(",late\n  more"));
    EXPECT_EQ(out.column("events", "timestamp_source"), "file,record");
}

}  // namespace
}  // namespace ingot
