// SPDX-License-Identifier: MIT
#include "tests/loaders/before_state.hpp"
#include "tests/pipeline/program.hpp"
#include "tests/pipeline/schema_place.hpp"
#include "tests/pipeline/temp_folder.hpp"

#include "loaders/schema/engine/migration_ledger.hpp"
#include "loaders/schema/engine/run_lock.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <sstream>
#include <thread>

#include <boost/filesystem.hpp>

namespace ingot::testing {
namespace {

namespace fs = boost::filesystem;

/// Files with the ending in a directory.
std::vector<std::string> files_in(const fs::path& folder, const std::string& ending) {
    std::vector<std::string> files;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder))
        if (entry.path().extension() == ending) files.push_back(entry.path().string());
    return files;
}

struct PackCase {
    std::string pack, fixture;
};

/// The backup that `up` makes of a before-state.
class BackupOfAPack : public ::testing::TestWithParam<PackCase> {
protected:
    Finished schema(const std::vector<std::string>& words) const {
        std::vector<std::string> all{"schema"};
        all.insert(all.end(), words.begin(), words.end());
        all.insert(all.end(), {"--postgres", url_, "--yes"});
        return run_ingot(std::move(all));
    }

    TempFolder folder_;
    std::string url_ = before_database(GetParam().fixture);
};

TEST_P(BackupOfAPack, RestoreLeadsBackToTheStart) {
    const std::string dump = schema_dump(url_);
    const std::string rows = row_hashes(url_);
    const Finished up =
        schema({"up", "--pack", GetParam().pack, "--log-dir", folder_.path().string()});
    ASSERT_EQ(up.exit_code, 0) << up.errors;
    EXPECT_NE(row_hashes(url_) + schema_dump(url_), rows + dump);
    const auto backups = files_in(folder_.path(), ".dump");
    ASSERT_EQ(backups.size(), 1U);
    EXPECT_NE(backups[0].find(ask(url_, "SELECT current_database()")), std::string::npos);
    const Finished restored = schema({"restore", backups[0]});
    ASSERT_EQ(restored.exit_code, 0) << restored.errors;
    const std::string now = row_hashes(url_);
    std::istringstream lines(rows);
    for (std::string line; std::getline(lines, line);)
        EXPECT_NE(now.find(line + "\n"), std::string::npos) << line << "\n" << now;
}

INSTANTIATE_TEST_SUITE_P(Packs, BackupOfAPack,
                         ::testing::Values(PackCase{"agent-hive-2", "agent_hive"},
                                           PackCase{"project-tracking-indexes", "codebase_mcp"}),
                         [](const ::testing::TestParamInfo<PackCase>& one) {
                             return one.param.fixture;
                         });

/// A run on a database where another one has the lock.
class TwoRuns : public ::testing::Test {
protected:
    TwoRuns() {
        target_ = schema::open_postgres(url_, "public");
        target_->execute("CREATE TABLE item (id integer); INSERT INTO item VALUES (1)");
        place_.write_pack("001_a.sql", "-- tables: item\n-- locks: RowExclusive\n"
                                       "-- ingot:up\nUPDATE item SET id = 2;\n"
                                       "-- ingot:down\nUPDATE item SET id = 1;\n"
                                       "-- ingot:verify\nSELECT min(id) = 2 FROM item\n");
    }

    Finished up() const {
        return place_.schema("up", {"--pack", "mine", "--pack-dir", "packs", "--postgres", url_,
                                    "--log-dir", place_.path("."), "--yes"});
    }
    std::vector<std::string> backups() const { return files_in(place_.path("."), ".dump"); }

    SchemaPlace place_;
    std::string url_ = empty_database();
    std::unique_ptr<schema::Target> target_;
};

TEST_F(TwoRuns, TheSecondEndsAsLockedAndMakesNoBackup) {
    const schema::Ledger ledger(*target_, "ingot", "mine");
    {
        const schema::RunLock lock(*target_, ledger);
        const Finished second = up();
        EXPECT_EQ(second.exit_code, 7) << second.errors;
        EXPECT_NE(second.errors.find("another run is changing"), std::string::npos);
        EXPECT_TRUE(backups().empty());
    }
    EXPECT_EQ(ask(url_, "SELECT id FROM item"), "1");
    const Finished first = up();
    EXPECT_EQ(first.exit_code, 0) << first.errors;
    EXPECT_EQ(ask(url_, "SELECT id FROM item"), "2");
    EXPECT_EQ(backups().size(), 1U) << "for the tables that the SQL names";
}

TEST_F(TwoRuns, TheSecondDoesNotGoOnWithAPlanThatIsNoLongerTrue) {
    schema::Ledger ledger(*target_, "ingot", "mine");
    ledger.create();
    Finished second;
    auto lock = std::make_unique<schema::RunLock>(*target_, ledger);
    {
        const std::jthread other([&] { second = up(); });
        for (int i = 0; i < 100; ++i) {
            if (target_->number("SELECT count(*) FROM pg_stat_activity WHERE pid <> "
                                "pg_backend_pid() AND query LIKE 'SELECT pg_try_advisory_lock%'") >
                0)
                break;
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
        }
        ledger.record_up(1, "a", "by the first run", 1);
        lock.reset();
    }
    EXPECT_EQ(second.exit_code, 7) << second.errors;
    EXPECT_TRUE(backups().empty());
    EXPECT_EQ(ask(url_, "SELECT id FROM item"), "1");
}

TEST_F(TwoRuns, ASessionThatHasTheLockTakesItAgain) {
    const schema::Ledger ledger(*target_, "ingot", "mine");
    const auto other = target_->another();
    const schema::RunLock outer(*target_, ledger);
    { const schema::RunLock inner(*target_, ledger); }
    EXPECT_THROW(schema::RunLock(*other, ledger), Locked);
}

}  // namespace
}  // namespace ingot::testing
