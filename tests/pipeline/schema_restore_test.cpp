// SPDX-License-Identifier: MIT
#include "tests/pipeline/program.hpp"
#include "tests/pipeline/temp_folder.hpp"

#include "loaders/schema/engine/backup.hpp"

#include <gtest/gtest.h>

#include <SQLiteCpp/SQLiteCpp.h>

namespace ingot::testing {
namespace {

struct SchemaRestore : ::testing::Test {
    SchemaRestore() {
        SQLite::Database(database, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE)
            .exec("CREATE TABLE t (id INTEGER PRIMARY KEY); INSERT INTO t VALUES (1), (2)");
        schema::make_backup(*schema::open_sqlite(database), database, {"t"}, file);
        SQLite::Database(database, SQLite::OPEN_READWRITE).exec("DELETE FROM t");
    }

    Finished restore(std::vector<std::string> arguments) const {
        arguments.insert(arguments.begin(), {"schema", "restore", file});
        return run_ingot(std::move(arguments));
    }
    int rows() const {
        return SQLite::Database(database).execAndGet("SELECT count(*) FROM t").getInt();
    }

    TempFolder folder;
    const std::string database = (folder.path() / "app.db").string();
    const std::string file = (folder.path() / "backup").string();
};

TEST_F(SchemaRestore, SaysWhatWouldBeLostAndChangesNothingInADryRun) {
    const Finished out = restore({"--sqlite", database, "-n"});
    EXPECT_EQ(out.exit_code, 0);
    EXPECT_NE(out.output.find("Will be lost:\n  t: 0 rows now, 2 in the backup"), std::string::npos)
        << out.output;
    EXPECT_EQ(rows(), 0);
}

TEST_F(SchemaRestore, WithoutATerminalItNeedsYes) {
    EXPECT_EQ(restore({"--sqlite", database}).exit_code, 2);
    EXPECT_EQ(rows(), 0);
    const Finished out = restore({"--sqlite", database, "--yes"});
    EXPECT_EQ(out.exit_code, 0);
    EXPECT_NE(out.output.find("The state before is in"), std::string::npos) << out.output;
    EXPECT_EQ(rows(), 2);
}

TEST_F(SchemaRestore, WantsOneDatabaseThatTheBackupIsOf) {
    EXPECT_EQ(restore({"--yes"}).exit_code, 2);
    EXPECT_EQ(restore({"--sqlite", database, "--postgres", "host=/nowhere"}).exit_code, 2);
    EXPECT_EQ(restore({"--sqlite", file, "--yes"}).exit_code, 1);
    EXPECT_EQ(run_ingot({"schema", "restore", "none", "--sqlite", database}).exit_code, 1);
    EXPECT_EQ(rows(), 0);
}

}  // namespace
}  // namespace ingot::testing
