// SPDX-License-Identifier: MIT
#include "tests/extractors/database.hpp"

#include <gtest/gtest.h>

namespace ingot::testing {
namespace {

const std::string kTables = R"(
    CREATE TABLE agents(agent_id TEXT PRIMARY KEY, status TEXT, current_task_id TEXT,
            context_usage REAL, last_activity TEXT, capabilities TEXT, performance_metrics TEXT);
    CREATE TABLE tasks(task_id TEXT PRIMARY KEY, status TEXT, agent_id TEXT, priority INT,
            created_at TEXT, started_at TEXT, completed_at TEXT, metadata TEXT);
    CREATE TABLE checkpoints(id INTEGER PRIMARY KEY, checkpoint_name TEXT, timestamp TEXT,
            data TEXT);
    CREATE TABLE system_snapshots(id INTEGER PRIMARY KEY, payload TEXT);
)";

TEST(StateManager, MapsTheStateManagersAgents) {
    const auto out =
        extract_database("any.sqlite", kTables + "INSERT INTO agents VALUES('a','running',NULL,0.5,"
                                                 "'2026-01-02T03:04:05','[\"python\"]','{}')");
    EXPECT_EQ(out.rows("entity_statements"),
              "0.0 entity=agents entity_id=a said_at=2026-01-02T03:04:05.000000Z "
              "attributes={\"status\":\"active\","
              "\"source_status\":\"running\",\"last_activity\":\"2026-01-02T03:04:05.000000Z\","
              "\"configuration\":{\"context_usage\":0.5,\"capabilities\":[\"python\"],"
              "\"performance_metrics\":{}}}\n");
}

TEST(StateManager, MapsTheStateManagersTasksAtTheirYoungestTime) {
    const auto out =
        extract_database("s.db", kTables + "INSERT INTO tasks VALUES('t','running','a',5,"
                                           "'2026-01-01','2026-01-03','soon','{\"k\":1}')");
    EXPECT_EQ(out.rows("entity_statements"),
              "0.0 entity=tasks entity_id=t said_at=2026-01-03T00:00:00.000000Z "
              "attributes={\"agent_id\":\"a\","
              "\"status\":\"in_progress\",\"source_status\":\"running\",\"priority\":\"5\","
              "\"created_at\":\"2026-01-01T00:00:00.000000Z\",\"started_at\":\"2026-01-03T00:00:00."
              "000000Z\","
              "\"metadata\":{\"completed_at\":\"soon\",\"k\":1}}\n");
}

TEST(StateManager, KeepsMetadataThatIsNoObjectUnderItsName) {
    const auto out = extract_database(
        "s.db", kTables + "INSERT INTO tasks VALUES('t',NULL,NULL,NULL,'x',NULL,NULL,'[1]'),"
                          "('u',NULL,NULL,NULL,NULL,NULL,NULL,'{oops')");
    EXPECT_EQ(out.column("entity_statements", "attributes"),
              R"({"metadata":{"created_at":"x","metadata":[1]}},{"metadata":"{oops"})");
}

TEST(StateManager, MapsTheStateManagersCheckpointsAndLeavesItsSnapshots) {
    const auto out = extract_database(
        "s.db", kTables + "INSERT INTO checkpoints VALUES(3,'before','2026-01-02','{\"a\":1}');"
                          "INSERT INTO system_snapshots VALUES(1,'p')");
    EXPECT_EQ(
        out.rows("entity_statements"),
        "0.0 entity=checkpoints entity_id=s.db#3 said_at=2026-01-02T00:00:00.000000Z attributes={"
        "\"name\":\"before\",\"metrics\":{\"data\":{\"a\":1}},\"created_at\":\"2026-01-02T00:00:00."
        "000000Z\"}\n");
    EXPECT_EQ(out.rows("state_rows"),
              "1.0 table_name=system_snapshots row={\"id\":1,\"payload\":\"p\"}\n");
}

}  // namespace
}  // namespace ingot::testing
