// SPDX-License-Identifier: MIT
#include "tests/extractors/extract.hpp"

#include <gtest/gtest.h>

namespace ingot::testing {
namespace {

constexpr std::string_view kIndex = "projects/-srv-kiosk/sessions-index.json";

TEST(SessionsIndex, StatesEverySessionItRemembers) {
    const auto x = extract(
        kIndex,
        R"({"version":1,"entries":[{"sessionId":"s1","summary":"T","created":"2026-01-01T00:00:00Z","modified":"2026-01-02T00:00:00Z"},{"sessionId":"s2"}]})");
    EXPECT_EQ(x.rows("entity_statements"),
              "24.0 entity=context_sessions entity_id=s1 "
              "attributes={\"project_id\":\"-srv-kiosk\",\"kind\":\"transcript\",\"title\":\"T\","
              "\"context_data\":{\"sessionId\":\"s1\",\"summary\":\"T\",\"created\":\"2026-01-"
              "01T00:00:00Z\",\"modified\":\"2026-01-02T00:00:00Z\"},"
              "\"created_at\":\"2026-01-01T00:00:00.000000Z\",\"last_accessed\":\"2026-01-02T00:00:"
              "00.000000Z\"}\n"
              "124.0 entity=context_sessions entity_id=s2 "
              "attributes={\"project_id\":\"-srv-kiosk\",\"kind\":\"transcript\","
              "\"context_data\":{\"sessionId\":\"s2\"}}\n");
    EXPECT_TRUE(x.balanced());
}

TEST(SessionsIndex, StatesTheDirectoryOfItsProject) {
    const auto paths = [](std::string_view bytes) {
        const auto x = extract(kIndex, bytes);
        const std::string ids = x.column("entity_statements", "entity_id");
        return ids + " " + x.column("entity_statements", "attributes");
    };
    EXPECT_EQ(paths(R"({"entries":[],"originalPath":"/srv/kiosk"})"),
              "-srv-kiosk {\"path\":\"/srv/kiosk\"}");
    EXPECT_EQ(paths(R"({"entries":[],"originalPath":"/srv/moved"})"), " ");
}

TEST(SessionsIndex, StatesADirectoryOnce) {
    const auto x = extract(
        kIndex,
        R"({"entries":[{"sessionId":"a","projectPath":"/srv/kiosk"},{"sessionId":"b","projectPath":"/srv/kiosk"}]})");
    EXPECT_EQ(x.column("entity_statements", "entity"),
              "context_sessions,projects,context_sessions");
}

TEST(SessionsIndex, SlugsTheDirectoryWhereNoFolderNamesTheProject) {
    const auto x =
        extract("old/sessions-index.json",
                R"({"entries":[{"sessionId":"a","projectPath":"/srv/kiosk"},{"sessionId":"b"}]})");
    EXPECT_EQ(x.column("entity_statements", "entity_id"), "a,-srv-kiosk,b");
}

TEST(SessionsIndex, RejectsAnEntryAndKeepsItsNeighbours) {
    const auto x = extract(
        kIndex,
        R"({"entries":[{"sessionId":"a"}, 7, {"sessionId":8}, {"x":1}, {"sessionId":" "}, {"sessionId":"b"}]})");
    EXPECT_EQ(x.column("entity_statements", "entity_id"), "a,b");
    EXPECT_EQ(x.rejects(), "wrong_type@31+1 line 1, wrong_type@34+15 line 1, missing_field@51+7 "
                           "line 1, missing_field@60+17 line 1");
    EXPECT_TRUE(x.balanced());
}

TEST(SessionsIndex, ToleratesTimesThatAreNone) {
    const auto x = extract(
        kIndex, R"({"entries":[{"sessionId":"a","created":"<TIMESTAMP>","modified":7.5e300}]})");
    EXPECT_EQ(x.column("entity_statements", "entity_id"), "a");
    EXPECT_EQ(x.rejects(), "");
}

TEST(SessionsIndex, RejectsForeignBytesWhole) {
    EXPECT_EQ(extract(kIndex, "\tmov\teax\n").rejects(), "bad_json@0+9 line 1");
    EXPECT_EQ(extract(kIndex, "[]").rejects(), "wrong_type@0+2 line 1");
    EXPECT_EQ(extract(kIndex, R"({"entries":{}})").rejects(), "wrong_type@0+14 line 1");
    EXPECT_EQ(extract(kIndex, "\n").account(), "0/0/1/0");
}

}  // namespace
}  // namespace ingot::testing
