// SPDX-License-Identifier: MIT
#include "tests/loaders/schema/backup_fixture.hpp"

#include "loaders/schema/engine/scratch_database.hpp"

#include <fstream>

#include <SQLiteCpp/SQLiteCpp.h>
#include <boost/filesystem.hpp>

namespace ingot::schema {
namespace {

namespace fs = boost::filesystem;
using testing::message_of;

class SqliteBackupTest : public ::testing::Test {
protected:
    SqliteBackupTest() {
        fs::create_directory(directory_);
        SQLite::Database(path_, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE)
            .exec("PRAGMA journal_mode = WAL;"
                  "CREATE TABLE parent (id INTEGER PRIMARY KEY, name TEXT, r REAL, b BLOB);"
                  "CREATE TABLE child (id INTEGER, p INTEGER REFERENCES parent (id), k TEXT,"
                  " PRIMARY KEY (id, k)) WITHOUT ROWID;"
                  "CREATE VIEW seen AS SELECT name FROM parent;"
                  "INSERT INTO parent VALUES (1, 'a', 0.1, x'00ff'), (2, NULL, 1e300, '');"
                  "INSERT INTO child VALUES (1, 1, 'x'), (1, 2, 'y')");
        target_ = open_sqlite(path_);
    }
    ~SqliteBackupTest() override {
        target_.reset();
        fs::remove_all(directory_);
    }

    BackupInfo backup() {
        return make_backup(*target_, path_, {"parent", "child", "not there"}, file_);
    }

    const std::string directory_ =
        (fs::temp_directory_path() / fs::unique_path("ingot-backup-%%%%%%%%")).string();
    const std::string path_ = directory_ + "/some.db";
    const std::string file_ = directory_ + "/a backup";
    std::unique_ptr<Target> target_;
};

TEST_F(SqliteBackupTest, RowHashesKnowTypesValuesAndDuplicatesButNoOrder) {
    target_->execute("CREATE TABLE a (x, y)");
    target_->execute("CREATE TABLE b (x, y)");
    target_->execute("INSERT INTO a VALUES (1, 'x'), (2.5, NULL)");
    target_->execute("INSERT INTO b VALUES (2.5, NULL), (1, 'x')");
    const TableHash a = row_hash(*target_, "a");
    EXPECT_EQ(a.hash, row_hash(*target_, "b").hash);
    for (const char* change :
         {"UPDATE b SET x = '1' WHERE x = 1", "UPDATE b SET x = 1, y = x'78' WHERE y = 'x'",
          "UPDATE b SET x = 2.5000000000000004 WHERE x = 2.5",
          "INSERT INTO b VALUES (7, 7), (7, 7)"}) {
        target_->begin();
        target_->execute(change);
        EXPECT_NE(a.hash, row_hash(*target_, "b").hash) << change;
        target_->rollback();
    }
    EXPECT_EQ(row_hash(*target_, "child").rows, 2);
}

TEST_F(SqliteBackupTest, RowHashesReadLargeTablesInPortions) {
    target_->execute("CREATE TABLE many (id INTEGER PRIMARY KEY, t TEXT)");
    target_->execute(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 25000)"
        " INSERT INTO many SELECT i * 3, 'row ' || i FROM n");
    target_->execute("CREATE TABLE keyed (id INTEGER PRIMARY KEY, t TEXT) WITHOUT ROWID");
    target_->execute("INSERT INTO keyed SELECT * FROM many");
    EXPECT_EQ(row_hash(*target_, "many").rows, 25'000);
    EXPECT_EQ(row_hash(*target_, "many").hash, row_hash(*target_, "keyed").hash);
}

TEST_F(SqliteBackupTest, HoldsTheDatabaseAndProvesIt) {
    const BackupInfo info = backup();
    ASSERT_EQ(info.tables.size(), 2U);
    EXPECT_NO_THROW(prove_backup(info, path_));
    EXPECT_EQ(read_backup(file_).tables[1].hash, info.tables[1].hash);
    SQLite::Database(file_, SQLite::OPEN_READWRITE).exec("UPDATE parent SET r = 2 WHERE id = 1");
    const std::string says = message_of<ValidationFailed>([&] { prove_backup(info, path_); });
    EXPECT_NE(says.find("parent has other values"), std::string::npos) << says;
    EXPECT_THROW(read_backup(file_), ValidationFailed);
}

TEST_F(SqliteBackupTest, ComesBackWithACopyOfTheStateBefore) {
    const BackupInfo info = backup();
    target_->execute("DROP VIEW seen");
    target_->execute("ALTER TABLE parent RENAME TO people");
    target_->execute("DELETE FROM child");
    EXPECT_FALSE(plan_restore(*target_, info).losses.empty());
    const Restored restored = do_restore(*target_, info);
    EXPECT_EQ(describe(read_catalog(*target_)), info.description);
    for (const BackupTable& table : info.tables)
        EXPECT_EQ(row_hash(*target_, table.hash.table), table.hash);
    EXPECT_EQ(open_sqlite(restored.copy)->ask("SELECT count(*) FROM people"), "2");
}

TEST_F(SqliteBackupTest, AFileThatIsNotWhatItSaysChangesNothing) {
    BackupInfo info = backup();
    target_->execute("DELETE FROM child");
    info.tables[0].hash.rows = 9;
    EXPECT_THROW(do_restore(*target_, info), ValidationFailed);
    EXPECT_EQ(target_->ask("SELECT count(*) FROM child"), "0");
    EXPECT_EQ(target_->ask("SELECT count(*) FROM parent"), "2");
}

TEST_F(SqliteBackupTest, RefusesAnotherFileAndAnotherKindOfDatabase) {
    const BackupInfo info = backup();
    const std::string other = directory_ + "/other.db";
    copy_sqlite(path_, other);
    EXPECT_NE(
        message_of<RunError>([&] { do_restore(*open_sqlite(other), info); }).find("is a backup of"),
        std::string::npos);
    BackupInfo of_postgres = info;
    of_postgres.dialect = Dialect::postgres;
    EXPECT_THROW(do_restore(*target_, of_postgres), RunError);
}

}  // namespace
}  // namespace ingot::schema
