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
    expect_found("logs/harbor.log: the file's content has the hash", {"--deep"});
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
