// SPDX-License-Identifier: MIT
#include "tests/loaders/cluster.hpp"
#include "tests/pipeline/imported.hpp"

#include <fcntl.h>
#include <sys/stat.h>

namespace ingot::testing {

namespace fs = boost::filesystem;

namespace {

struct Validate : ImportedTest {
    void SetUp() override { ASSERT_EQ(import_both().exit_code, 0); }

    /// Validates and expects exit 3 with a line that names the very row.
    void expect_found(const std::string& named, const std::vector<std::string>& more = {}) const {
        const Finished out = ingot_both("validate", more);
        EXPECT_EQ(out.exit_code, 3) << out.output;
        EXPECT_NE(out.output.find(named), std::string::npos) << named << "\n" << out.output;
    }
};

TEST_F(Validate, FindsNothingInWhatWasImported) {
    EXPECT_EQ(ingot_both("validate").exit_code, 0);
    const Finished deep = ingot_both("validate", {"--deep"});
    EXPECT_EQ(deep.exit_code, 0) << deep.output;
}

TEST_F(Validate, FindsOneByteOfATextInSqlite) {
    change("UPDATE messages SET text = text || '.' WHERE rowid = (SELECT min(rowid) FROM messages "
           "WHERE text IS NOT NULL)");
    expect_found("messages.content: 1 row");
    const std::string offset = ask_sqlite(
        "SELECT source_offset FROM messages WHERE text LIKE '%.' ORDER BY rowid LIMIT 1");
    expect_found("byte " + offset + ", row 0: text: expected");
}

TEST_F(Validate, FindsOneByteOfATextInPostgres) {
    change_postgres("UPDATE events SET message = message || '!' WHERE ctid = (SELECT min(ctid) "
                    "FROM events WHERE message <> '')");
    expect_found("postgres.events.content: 1 row");
    expect_found("message: expected");
}

TEST_F(Validate, FindsADeletedRow) {
    change("DELETE FROM tool_uses WHERE rowid = (SELECT min(rowid) FROM tool_uses)");
    expect_found("expected a row, found none");
}

TEST_F(Validate, FindsARowThatWasDuplicatedUnderAnotherKey) {
    change("INSERT INTO events SELECT workspace_id, source_id, source_offset, source_seq + 7, "
           "agent_id, session_id, event_type, severity, logger, message, details, timestamp, "
           "timestamp_raw, timestamp_source, correlation_id FROM events LIMIT 1");
    expect_found("row 7: expected no such row, found one");
}

TEST_F(Validate, FindsSwappedValues) {
    change_postgres(
        "WITH pair AS (SELECT a.ctid AS a, b.ctid AS b, a.message AS x, b.message AS y FROM events "
        "a JOIN events b ON a.source_id = b.source_id AND a.message < b.message LIMIT 1) UPDATE "
        "events SET message = CASE WHEN events.ctid = pair.a THEN y ELSE x END FROM pair WHERE "
        "events.ctid IN (pair.a, pair.b)");
    expect_found("postgres.events.content: 2 rows");
}

TEST_F(Validate, FindsANumberThatBecameText) {
    change("UPDATE configurations SET value = '\"' || value || '\"' WHERE rowid = (SELECT "
           "min(rowid) FROM configurations WHERE value GLOB '[0-9]*')");
    expect_found("configurations.content: 1 row");
    expect_found("value: expected '");
}

TEST_F(Validate, FindsAChangedEntity) {
    change("UPDATE agents SET status = 'sleeping' WHERE rowid = 1");
    expect_found("agents.content: 1 row");
    expect_found("status: expected");
}

TEST_F(Validate, FindsAChangedEntityInPostgresAlone) {
    change_postgres("UPDATE tasks SET title = 'other' WHERE ctid = (SELECT min(ctid) FROM tasks)");
    expect_found("postgres.tasks.content: 1 row");
}

TEST_F(Validate, FindsADamagedSegment) {
    change(
        "UPDATE source_segments SET payload_hash = replace(payload_hash, substr(payload_hash, 1, "
        "1), 'x') WHERE rowid = 1");
    expect_found("source_segments.content: 1 row");
}

TEST_F(Validate, FindsAnArchiveThatIsGone) {
    change(
        "DELETE FROM source_segments WHERE source_id = (SELECT source_id FROM sources WHERE path "
        "= 'CLAUDE.md')");
    expect_found("CLAUDE.md: bytes 0 to 30 are not in the archive any more");
    change_postgres("DELETE FROM source_segments");
    expect_found("postgres.source_segments.content");
    // The archive is whole in the other database as long as one has it: publishing brings it back.
}

TEST_F(Validate, FindsSegmentsThatChangedPlaces) {
    change(
        "UPDATE source_segments SET (payload, payload_hash, byte_length, codec) = (SELECT payload, "
        "payload_hash, byte_length, codec FROM source_segments s JOIN sources o USING (source_id) "
        "WHERE o.path = 'config/config.yaml') WHERE source_id = (SELECT source_id FROM sources "
        "WHERE path = 'settings.json')");
    expect_found("settings.json: ");
}

TEST_F(Validate, FindsAChangedHistory) {
    change("UPDATE source_versions SET mode = 1 WHERE path = 'CLAUDE.md'");
    expect_found("CLAUDE.md: its newest row in source_versions");
    change_postgres("DELETE FROM source_versions WHERE path = 'settings.json'");
    expect_found("settings.json: it has no row in source_versions");
}

TEST_F(Validate, FindsAChangedLedger) {
    change("UPDATE sources SET row_count = row_count + 1 WHERE path = 'CLAUDE.md'");
    expect_found("CLAUDE.md: row_count: expected 1, found 2");
    change_postgres("UPDATE sources SET modified_ns = 0 WHERE path = 'settings.json'");
    expect_found("settings.json: modified_ns: expected");
    change("UPDATE sources SET family = 'config' WHERE path = 'history.jsonl'");
    expect_found("history.jsonl: family: expected 'transcript', found 'config'", {"--deep"});
}

TEST_F(Validate, ADriftedSchemaIsExitSix) {
    change("DROP INDEX idx_events_agent_id");
    const Finished sqlite = ingot("validate");
    EXPECT_EQ(sqlite.exit_code, 6);
    EXPECT_NE(sqlite.output.find("the index idx_events_agent_id is missing"), std::string::npos);
    change_postgres("ALTER TABLE events DROP COLUMN logger CASCADE");
    const Finished postgres =
        run_ingot({"validate", "--postgres", cluster_url(), "--pg-schema", schema});
    EXPECT_EQ(postgres.exit_code, 6);
    EXPECT_NE(postgres.output.find("the column events.logger is missing"), std::string::npos);
}

TEST_F(Validate, PublishingBringsBackWhatPostgresLacks) {
    change_postgres(
        "DELETE FROM source_segments; DELETE FROM source_versions; DELETE FROM import_runs; "
        "UPDATE sources SET mode = 0");
    EXPECT_EQ(ingot_both("publish").exit_code, 0);
    const Finished out = ingot_both("validate", {"--deep"});
    EXPECT_EQ(out.exit_code, 0) << out.output;
}

TEST_F(Validate, ReadsADatabaseThatNobodyMayWrite) {
    fs::create_directory(folder / "ro");
    fs::rename(database, folder / "ro/w.db");
    fs::permissions(folder / "ro/w.db", fs::owner_read);
    fs::permissions(folder / "ro", fs::owner_read | fs::owner_exe);
    const std::string path = (folder / "ro/w.db").string();
    EXPECT_EQ(run_ingot({"validate", "--sqlite", path}).exit_code, 0);
    EXPECT_EQ(run_ingot({"export", "--sqlite", path, "--to", (folder / "x").string()}).exit_code,
              0);
    fs::permissions(folder / "ro", fs::owner_all);
}

TEST_F(Validate, FindsAForgedChecksum) {
    change("UPDATE source_tables SET checksum = 'zz' WHERE rowid = 1");
    expect_found("the checksum stored in source_tables is not");
}

/// Size, time and tail stay: only reading it again shows it.
TEST_F(Validate, FindsAnEditedFileWhenLookingDeep) {
    const fs::path file = workspace.claude() / "logs/harbor.log";
    struct stat before {};
    ASSERT_EQ(stat(file.c_str(), &before), 0);
    {
        fs::fstream edit(file, std::ios::in | std::ios::out | std::ios::binary);
        edit.seekp(40);
        edit.put('#');
    }
    const timespec times[2] = {before.st_mtim, before.st_mtim};
    ASSERT_EQ(utimensat(AT_FDCWD, file.c_str(), times, 0), 0);
    EXPECT_EQ(ingot_both("validate", {folder.string(), "--workspace", "w"}).exit_code, 0);
    expect_found("logs/harbor.log: content_hash: expected", {"--deep"});
    expect_found("events.content", {"--deep"});
}

TEST_F(Validate, GoesToTheArchiveForWhatIsGone) {
    change(
        "UPDATE events SET message = message || '.' WHERE rowid = (SELECT min(rowid) FROM events "
        "WHERE message <> '')");
    fs::remove_all(workspace.claude());
    expect_found("message: expected");
    expect_found("message: expected", {"--deep"});
}

TEST_F(Validate, WorksOnPostgresAlone) {
    change_postgres("UPDATE agents SET status = 'sleeping'");
    fs::rename(database, database + ".gone");
    const Finished out =
        run_ingot({"validate", "--postgres", cluster_url(), "--pg-schema", schema});
    EXPECT_EQ(out.exit_code, 3) << out.errors;
    EXPECT_NE(out.output.find("status: expected"), std::string::npos) << out.output;
}

}  // namespace
}  // namespace ingot::testing
