// SPDX-License-Identifier: MIT
#include "loaders/schema/engine/restore_ledger.hpp"
#include "tests/loaders/before_state.hpp"
#include "tests/loaders/cluster.hpp"
#include "tests/loaders/schema/backup_fixture.hpp"

#include <algorithm>

#include <boost/filesystem.hpp>
#include <unistd.h>

namespace ingot::schema {
namespace {

using testing::message_of;

class RestoreTest : public testing::BackupTest {
protected:
    /// Says all in one text.
    static std::string text_of(const RestorePlan& plan) {
        std::string text;
        for (const auto& part : {plan.lines, plan.losses, plan.obstacles})
            for (const std::string& line : part) text += line + "\n";
        return text;
    }

    void expect_unchanged_by(const std::function<void()>& work) {
        const auto lines = describe(read_catalog(*target_));
        const std::string rows = ask("SELECT sum(n) FROM (SELECT count(*) AS n FROM child) s");
        work();
        EXPECT_EQ(describe(read_catalog(*target_)), lines);
        EXPECT_EQ(ask("SELECT sum(n) FROM (SELECT count(*) AS n FROM child) s"), rows);
    }
};

TEST_F(RestoreTest, ComesBackAfterNothingWasDone) {
    const BackupInfo info = backup();
    const RestorePlan plan = plan_restore(*target_, info);
    EXPECT_TRUE(plan.losses.empty()) << text_of(plan);
    EXPECT_TRUE(plan.obstacles.empty()) << text_of(plan);
    EXPECT_TRUE(do_restore(*target_, info).differences.empty());
    expect_as_before(info);
}

TEST_F(RestoreTest, ComesBackAfterABotchedMigration) {
    const BackupInfo info = backup();
    run("DROP MATERIALIZED VIEW counted");
    run("DROP VIEW seen");
    run("ALTER TABLE \"Od\"\"d tä ble\" DROP COLUMN \"mo od\", ADD COLUMN extra text DEFAULT 'x'");
    run("ALTER TABLE \"Od\"\"d tä ble\" RENAME TO odd_table");
    run("ALTER SEQUENCE \"Od\"\"d tä ble_id_seq\" RENAME TO odd_table_id_seq");
    run("ALTER INDEX \"odd ix\" RENAME TO odd_ix");
    run("CREATE VIEW \"Od\"\"d tä ble\" AS SELECT id, label FROM odd_table");
    run("ALTER TABLE child RENAME CONSTRAINT child_odd TO fk_child_odd_table");
    run("DELETE FROM odd_table WHERE id > 200");
    run("UPDATE \"Owner\" SET name = name || '!'");
    run("ALTER TABLE \"Owner\" DROP CONSTRAINT \"Owner_name_key\"");
    const RestorePlan plan = plan_restore(*target_, info);
    const std::string says = text_of(plan);
    EXPECT_NE(says.find("(now odd_table)"), std::string::npos) << says;
    EXPECT_NE(says.find("200 rows now, 500 in the backup"), std::string::npos) << says;
    EXPECT_NE(says.find("column odd_table.extra"), std::string::npos) << says;
    EXPECT_NE(says.find("view"), std::string::npos) << says;
    const Restored restored = do_restore(*target_, info);
    EXPECT_TRUE(restored.differences.empty()) << restored.differences.at(0);
    expect_as_before(info);
    EXPECT_EQ(ask("SELECT count(*) FROM child"), "100");
    EXPECT_EQ(ask("SELECT count(*) FROM counted"), "4");
    EXPECT_EQ(ask("SELECT nextval('\"Od\"\"d tä ble_id_seq\"')"), "501");
    EXPECT_EQ(ask("SELECT col_description('\"Od\"\"d tä ble\"'::regclass, 3)"), "how it is");
}

TEST_F(RestoreTest, ComesBackAfterTablesWereDropped) {
    const BackupInfo info = backup();
    run("DROP TABLE \"Od\"\"d tä ble\", \"Owner\" CASCADE");
    run("DROP TYPE mood");
    run("DROP FUNCTION doubled");
    const Restored restored = do_restore(*target_, info);
    EXPECT_TRUE(restored.differences.empty()) << restored.differences.at(0);
    expect_as_before(info);
}

TEST_F(RestoreTest, EnumLabelsAndFunctionsThatNothingElseUsesComeBack) {
    const BackupInfo info = backup();
    run("ALTER TYPE mood RENAME VALUE 'wild' TO 'tame'");
    run("ALTER TYPE mood ADD VALUE 'new'");
    run("CREATE OR REPLACE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN "
        "NULL; END'");
    EXPECT_TRUE(do_restore(*target_, info).differences.empty());
    expect_as_before(info);
}

TEST_F(RestoreTest, LaterObjectsStayAndAreSaid) {
    const BackupInfo info = backup();
    run("CREATE TABLE later (id integer PRIMARY KEY, owner_id integer REFERENCES \"Owner\" (id))");
    run("INSERT INTO later VALUES (1, 20)");
    run("ALTER TABLE \"Owner\" RENAME TO owners");
    run("ALTER TABLE apart ALTER COLUMN big SET DEFAULT 'z'");
    const Restored restored = do_restore(*target_, info);
    const auto& all = restored.differences;
    EXPECT_NE(std::find(all.begin(), all.end(),
                        "+ constraint later_owner_id_fkey on later: FOREIGN KEY (owner_id) "
                        "REFERENCES \"Owner\"(id)"),
              all.end());
    EXPECT_EQ(ask("SELECT count(*) FROM later JOIN \"Owner\" o ON o.id = owner_id"), "1");
    EXPECT_EQ(ask("SELECT column_default FROM information_schema.columns WHERE table_schema = " +
                  literal(schema_) + " AND column_name = 'big'"),
              "'z'::text");
    for (const BackupTable& table : info.tables)
        EXPECT_EQ(row_hash(*target_, table.hash.table), table.hash);
}

TEST_F(RestoreTest, StopsWhenRowsOfOtherTablesNoLongerFit) {
    const BackupInfo info = backup();
    run("INSERT INTO \"Owner\" VALUES (99, 'new')");
    run("INSERT INTO \"Od\"\"d tä ble\" (id, owner_id) VALUES (900, 99)");
    run("INSERT INTO child VALUES (101, 900)");
    expect_unchanged_by([&] {
        const std::string says = message_of<RunError>([&] { do_restore(*target_, info); });
        EXPECT_NE(says.find("no longer fit"), std::string::npos) << says;
        EXPECT_NE(says.find("child_odd"), std::string::npos) << says;
        EXPECT_NE(says.find("nothing was changed"), std::string::npos) << says;
    });
    EXPECT_EQ(ask("SELECT count(*) FROM \"Owner\""), "21");
}

TEST_F(RestoreTest, StopsWhereAnotherTableWouldLoseAColumnOrRows) {
    const BackupInfo info = backup();
    run("CREATE TABLE keeps (id integer, whole \"Owner\")");
    expect_unchanged_by([&] {
        const std::string says = message_of<RunError>([&] { do_restore(*target_, info); });
        EXPECT_NE(says.find("keeps.whole"), std::string::npos) << says;
    });
    run("DROP TABLE keeps");
    run("ALTER TABLE apart ADD COLUMN name text");
    run("ALTER TABLE apart ALTER COLUMN id SET NOT NULL");
    run("ALTER TABLE apart INHERIT \"Owner\"");
    expect_unchanged_by([&] {
        const std::string says = message_of<RunError>([&] { do_restore(*target_, info); });
        EXPECT_NE(says.find("rows are not in it"), std::string::npos) << says;
    });
}

TEST_F(RestoreTest, SaysWhatLaterTablesAndViewsItDrops) {
    const BackupInfo info = backup();
    run("CREATE VIEW newer AS SELECT * FROM \"Owner\"");
    run("ALTER TABLE \"Owner\" RENAME TO was_owner");
    run("CREATE TABLE \"Owner\" (id integer); INSERT INTO \"Owner\" VALUES (1), (2)");
    const std::string says = text_of(plan_restore(*target_, info));
    EXPECT_NE(says.find("newer, made after the backup"), std::string::npos) << says;
    EXPECT_NE(says.find("\"Owner\", made after the backup, with 2 rows"), std::string::npos)
        << says;
    EXPECT_TRUE(do_restore(*target_, info).differences.empty());
    expect_as_before(info);
}

TEST_F(RestoreTest, RefusesAnotherDatabaseOrSchema) {
    BackupInfo info = backup();
    const auto other = open_postgres(url_, "public");
    EXPECT_NE(message_of<RunError>([&] { do_restore(*other, info); }).find("restored there only"),
              std::string::npos);
    info.identity += "1";
    EXPECT_THROW(do_restore(*target_, info), RunError);
}

TEST_F(RestoreTest, AFileThatDoesNotGiveTheRowsChangesNothing) {
    BackupInfo info = backup();
    run("DELETE FROM child");
    info.tables[1].hash.hash = std::string(32, '0');
    expect_unchanged_by([&] {
        EXPECT_NE(message_of<ValidationFailed>([&] {
                      do_restore(*target_, info);
                  }).find("Owner has other values"),
                  std::string::npos);
    });
}

TEST_F(RestoreTest, WaitsForLocksForALimitedTimeOnly) {
    const BackupInfo info = backup();
    const auto other = target_->another();
    other->begin();
    other->execute("LOCK TABLE \"Owner\" IN ACCESS SHARE MODE");
    expect_unchanged_by([&] {
        EXPECT_NE(message_of<RunError>([&] {
                      do_restore(*target_, info,
                                 {.lock_timeout = std::chrono::milliseconds(300),
                                  .before_commit = [](Target&) {}});
                  }).find("lock timeout"),
                  std::string::npos);
    });
}

TEST_F(RestoreTest, TheLedgerSaysThatLaterMigrationsAreUndone) {
    const std::string ledger_schema = testing::new_schema();
    Ledger ledger(*target_, ledger_schema, "p");
    ledger.create();
    ledger.record_up(1, "first", "c1", 5);
    backup("p");
    const BackupInfo info = read_backup(file_);
    ledger.record_up(2, "second", "c2", 5);
    ledger.journal({.id = 0,
                    .version = 2,
                    .step = "s",
                    .object = "o",
                    .undo = {"SELECT 1"},
                    .transactional = true,
                    .loss_query = {},
                    .loss = {},
                    .irreversible = false,
                    .table = {},
                    .key = {},
                    .columns = {}});
    Ledger other(*target_, ledger_schema, "other");
    other.record_up(1, "its own", "c3", 5);
    std::vector<std::int64_t> versions;
    do_restore(*target_, info,
               {.lock_timeout = std::chrono::seconds(1), .before_commit = [&](Target& session) {
                    versions = record_restore(session, ledger_schema, info);
                }});
    EXPECT_EQ(versions, std::vector<std::int64_t>{2});
    ASSERT_EQ(ledger.applied().size(), 1U);
    EXPECT_EQ(ledger.applied()[0].version, 1);
    EXPECT_TRUE(ledger.open_versions().empty());
    EXPECT_EQ(other.applied().size(), 1U);
    run("DROP SCHEMA " + identifier(ledger_schema) + " CASCADE");
}

TEST_F(RestoreTest, WhatFailsBeforeTheCommitTakesAllBack) {
    const BackupInfo info = backup();
    run("DELETE FROM child; UPDATE \"Owner\" SET name = NULL");
    expect_unchanged_by([&] {
        EXPECT_THROW(do_restore(*target_, info,
                                {.lock_timeout = std::chrono::seconds(1),
                                 .before_commit =
                                     [](Target&) { throw RunError(Exit::failed, "interrupted"); }}),
                     RunError);
    });
    EXPECT_EQ(ask("SELECT count(name) FROM \"Owner\""), "0");
}

TEST_F(RestoreTest, TypesOfOtherSchemasRightsPoliciesAndPublicationsComeBack) {
    const std::string other = identifier(testing::new_schema());
    run("CREATE SCHEMA " + other);
    run("CREATE TYPE " + other + ".colour AS ENUM ('red')");
    run("CREATE TABLE " + other + ".rows_stay (id integer); INSERT INTO " + other +
        ".rows_stay VALUES (1)");
    run("ALTER TABLE \"Owner\" ADD COLUMN c " + other + ".colour DEFAULT 'red'");
    run("GRANT SELECT ON \"Owner\" TO PUBLIC; GRANT UPDATE (name) ON \"Owner\" TO PUBLIC");
    run("CREATE POLICY mine ON \"Owner\" USING (id > 0)");
    run("ALTER TABLE \"Owner\" ENABLE ROW LEVEL SECURITY");
    run("CREATE STATISTICS both_columns ON id, name FROM \"Owner\"");
    run("CREATE PUBLICATION news FOR TABLE \"Owner\" (id, name) WHERE (id > 3)");
    const BackupInfo info = backup();
    EXPECT_NO_THROW(prove_backup(info, url_));
    const std::string dump = testing::schema_dump(url_);
    run("ALTER TABLE \"Owner\" RENAME TO owners; ALTER TABLE owners RENAME id TO key");
    EXPECT_NE(testing::schema_dump(url_), dump);
    EXPECT_TRUE(do_restore(*target_, info).differences.empty());
    expect_as_before(info);
    EXPECT_EQ(testing::schema_dump(url_), dump);
    EXPECT_EQ(ask("SELECT relacl FROM pg_class WHERE oid = '\"Owner\"'::regclass"),
              "{postgres=arwdDxt/postgres,=r/postgres}");
    EXPECT_EQ(ask("SELECT rowfilter FROM pg_publication_tables WHERE pubname = 'news'"),
              "(id > 3)");
    EXPECT_EQ(ask("SELECT count(*) FROM " + other + ".rows_stay"), "1");
    run("DROP PUBLICATION news; DROP SCHEMA " + other + " CASCADE");
}

TEST_F(RestoreTest, PartitionsComeBackWithTheirTable) {
    run("CREATE TABLE parts (id integer, day date) PARTITION BY RANGE (day)");
    run("CREATE INDEX parts_day ON parts (day)");
    run("CREATE TABLE parts_a PARTITION OF parts FOR VALUES FROM ('2025-01-01') TO ('2025-02-01')");
    run("INSERT INTO parts SELECT i, '2025-01-01'::date + i % 31 FROM generate_series(1, 90) i");
    const BackupInfo info = make_backup(*target_, url_, {"parts"}, file_);
    ASSERT_EQ(info.tables.size(), 2U);
    EXPECT_NO_THROW(prove_backup(info, url_));
    run("CREATE TABLE parts_b PARTITION OF parts FOR VALUES FROM ('2025-02-01') TO ('2025-03-01')");
    run("INSERT INTO parts VALUES (100, '2025-02-02')");
    run("TRUNCATE parts_a");
    EXPECT_NE(text_of(plan_restore(*target_, info)).find("parts_b"), std::string::npos);
    EXPECT_TRUE(do_restore(*target_, info).differences.empty());
    expect_as_before(info);
}

TEST(RestoreOfAProject, GivesBackTheIdenticalDumpAndRows) {
    const std::string url = testing::before_database("personal_ai");
    const std::string dump = testing::schema_dump(url);
    const std::string rows = testing::row_hashes(url);
    const auto target = open_postgres(url, "public");
    std::vector<std::string> tables;
    for (const auto& row : target->query("SELECT relname FROM pg_class WHERE relkind = 'r' AND "
                                         "relnamespace = 'public'::regnamespace ORDER BY 1"))
        tables.push_back(*row[0]);
    ASSERT_GT(tables.size(), 10U);
    tables.resize(tables.size() / 2);
    const std::string file = ::testing::TempDir() + "project-" + std::to_string(getpid());
    const BackupInfo info = make_backup(*target, url, tables, file);
    EXPECT_NO_THROW(prove_backup(info, url));
    for (const std::string& table : tables)
        target->execute("ALTER TABLE " + qualified(*target, table) + " RENAME TO " +
                        identifier("new " + table));
    EXPECT_NE(testing::schema_dump(url), dump);
    EXPECT_TRUE(do_restore(*target, read_backup(file)).differences.empty());
    EXPECT_EQ(testing::schema_dump(url), dump);
    EXPECT_EQ(testing::row_hashes(url), rows);
    for (const char* ending : {"", ".toml"}) boost::filesystem::remove(file + ending);
}

}  // namespace
}  // namespace ingot::schema
