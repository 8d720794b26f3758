// SPDX-License-Identifier: MIT
#include "tests/extractors/database.hpp"

#include <gtest/gtest.h>

namespace ingot::testing {
namespace {

const std::string kTables = R"(
    CREATE TABLE tasks(id TEXT PRIMARY KEY, status TEXT, priority INT, category TEXT,
            task_title TEXT, task_details TEXT, created_ts TEXT, updated_ts TEXT);
    CREATE TABLE sessions(name TEXT, started_ts TEXT, last_seen_ts TEXT, status TEXT,
            session_id TEXT PRIMARY KEY);
    CREATE TABLE context_watch(id INTEGER PRIMARY KEY, ts TEXT, session_id TEXT, level TEXT);
    CREATE TABLE handovers(id TEXT PRIMARY KEY, summary TEXT);
)";

TEST(StateHandover, MapsTasksAndSessionsOfHandovers) {
    const auto out = extract_database(
        "state.db",
        kTables + "INSERT INTO tasks VALUES('T1','todo',2,'ui','Title','Text',"
                  "'2026-01-01T00:00:00.5+00:00','2026-01-02');"
                  "INSERT INTO sessions VALUES('night','2026-01-01','2026-01-02','closed','s1')");
    EXPECT_EQ(
        out.rows("entity_statements"),
        "0.0 entity=context_sessions entity_id=s1 said_at=2026-01-02T00:00:00.000000Z "
        "attributes={\"title\":\"night\","
        "\"context_data\":{\"status\":\"closed\"},\"created_at\":\"2026-01-01T00:00:00.000000Z\","
        "\"last_accessed\":\"2026-01-02T00:00:00.000000Z\",\"is_active\":false}\n"
        "1.0 entity=tasks entity_id=T1 said_at=2026-01-02T00:00:00.000000Z "
        "attributes={\"title\":\"Title\","
        "\"description\":\"Text\",\"status\":\"pending\",\"source_status\":\"todo\",\"priority\":"
        "\"2\","
        "\"created_at\":\"2026-01-01T00:00:00.500000Z\",\"metadata\":{\"category\":\"ui\"}}\n");
}

TEST(StateHandover, MapsWarningsOfTheContextWatchAndLeavesTheRest) {
    const auto out = extract_database(
        "state.db", kTables + "INSERT INTO context_watch VALUES(1,'2026-01-02','s','critical'),"
                              "(2,'2026-01-02','s','ok'),(3,'2026-01-02',NULL,'warn');"
                              "INSERT INTO handovers VALUES('h','all well')");
    EXPECT_EQ(
        out.rows("context_events"),
        "0.0 session_id=s event_type=overflow_warning details={\"id\":1,\"level\":\"critical\"} "
        "timestamp=2026-01-02T00:00:00.000000Z\n");
    EXPECT_EQ(out.column("state_rows", "table_name"), "context_watch,context_watch,handovers");
}

}  // namespace
}  // namespace ingot::testing
