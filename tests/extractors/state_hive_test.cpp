// SPDX-License-Identifier: MIT
#include "pipeline/model/hash.hpp"
#include "tests/extractors/database.hpp"

#include <gtest/gtest.h>

namespace ingot::testing {
namespace {

const std::string kTables = R"(
    CREATE TABLE agents(agent_id TEXT PRIMARY KEY, status TEXT,
            current_task_id TEXT REFERENCES tasks, process_id INT, last_heartbeat TEXT,
            working_memory TEXT, session_context TEXT, created_at TEXT, updated_at TEXT);
    CREATE TABLE tasks(task_id TEXT PRIMARY KEY, agent_id TEXT REFERENCES agents, description TEXT,
            status TEXT, priority INT, created_at TEXT, updated_at TEXT, metadata TEXT);
    CREATE TABLE memory_snapshots(snapshot_id TEXT PRIMARY KEY, agent_id TEXT, snapshot_type TEXT,
            memory_data, created_at TEXT);
    CREATE TABLE agent_communications(id INTEGER PRIMARY KEY, from_agent TEXT, to_agent TEXT,
            message_type TEXT, message_content TEXT, timestamp TEXT, delivered BOOL DEFAULT 0);
)";

TEST(StateHive, MapsTheHivesAgentsAndTasksThatNeedEachOther) {
    const auto out = extract_database(
        "h.db",
        kTables +
            "INSERT INTO agents VALUES('a','crashed','t',42,NULL,'{\"m\":1}',NULL,"
            "'2026-01-01','2026-01-02');"
            "INSERT INTO tasks VALUES('t','a','Do it','pending',5,'2026-01-01','2026-01-03','{}')");
    EXPECT_EQ(out.rows("entity_statements"),
              "0.0 entity=agents entity_id=a said_at=2026-01-02T00:00:00.000000Z "
              "attributes={\"status\":\"crashed\","
              "\"source_status\":\"crashed\",\"created_at\":\"2026-01-01T00:00:00.000000Z\","
              "\"last_activity\":\"2026-01-02T00:00:00.000000Z\","
              "\"configuration\":{\"current_task_id\":\"t\",\"process_id\":42,\"working_memory\":{"
              "\"m\":1}}}\n"
              "1.0 entity=tasks entity_id=t said_at=2026-01-03T00:00:00.000000Z "
              "attributes={\"agent_id\":\"a\","
              "\"description\":\"Do "
              "it\",\"status\":\"pending\",\"source_status\":\"pending\",\"priority\":\"5\","
              "\"created_at\":\"2026-01-01T00:00:00.000000Z\",\"metadata\":{}}\n");
}

TEST(StateHive, MapsTheHivesMessages) {
    const auto out = extract_database(
        "h.db",
        kTables + "INSERT INTO agent_communications VALUES(4,'a','b','note','hi','2026-01-02',1)");
    EXPECT_EQ(out.rows("agent_messages"),
              "0.0 message_id=4 from_agent=a to_agent=b message_type=note content=hi "
              "sent_at=2026-01-02T00:00:00.000000Z details={\"delivered\":1}\n");
}

TEST(StateHive, MapsTheHivesSnapshots) {
    const auto out = extract_database(
        "h.db",
        kTables +
            "INSERT INTO memory_snapshots VALUES"
            "('s1','a','crash','{\"x\": 1.10}','2026-01-02'),('s2',NULL,'sleep','a note',NULL)");
    const std::string json = to_hex(hash128("{\"x\": 1.10}"));
    const std::string text = to_hex(hash128("a note"));
    EXPECT_EQ(
        out.rows("memory_snapshots"),
        "0.0 snapshot_id=" + json +
            " producer_id=s1 agent_id=a memory_type=critical content={\"x\": 1.10} content_hash=" +
            json +
            " content_bytes=11 stored_bytes=11 created_at=2026-01-02T00:00:00.000000Z "
            "tags=[\"crash\"]\n" +
            "1.0 snapshot_id=" + text +
            " producer_id=s2 memory_type=working content=\"a note\" content_hash=" + text +
            " content_bytes=6 stored_bytes=6 tags=[\"sleep\"]\n");
}

TEST(StateHive, StoresLongAndBinarySnapshotsAsFiles) {
    Settings settings;
    settings.snapshot_inline = 100;
    const std::string content(101, 'x');
    const auto out = extract_database(
        "h.db",
        kTables + "INSERT INTO memory_snapshots VALUES('s1','a','crash','" + content +
            "',NULL),('s2','a','crash',x'ff00',NULL),('s3','a','crash',NULL,NULL)",
        settings);
    const std::string hash = to_hex(hash128(content));
    ASSERT_EQ(out.batch->files.size(), 2U);
    EXPECT_EQ(out.batch->files[0].path, hash.substr(0, 2) + "/" + hash + ".zst");
    EXPECT_EQ(out.column("memory_snapshots", "content"), "-,-");
    EXPECT_EQ(out.column("memory_snapshots", "content_bytes"), "101,2");
    EXPECT_EQ(out.column("memory_snapshots", "stored_bytes"),
              std::to_string(out.batch->files[0].compressed.size()) + "," +
                  std::to_string(out.batch->files[1].compressed.size()));
    EXPECT_EQ(out.column("state_rows", "table_name"), "memory_snapshots");
}

TEST(StateHive, AppliesTheZoneToTimesWithoutOne) {
    Settings settings;
    settings.zone = Zone("+03:00");
    const auto out = extract_database(
        "h.db",
        kTables +
            "INSERT INTO agent_communications VALUES(1,'a','b','n','x','2026-01-02 03:00:00',0)",
        settings);
    EXPECT_EQ(out.column("agent_messages", "sent_at"), "2026-01-02T00:00:00.000000Z");
}

}  // namespace
}  // namespace ingot::testing
