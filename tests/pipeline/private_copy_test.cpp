// SPDX-License-Identifier: MIT
#include "pipeline/private_copy.hpp"

#include "pipeline/file.hpp"
#include "tests/pipeline/temp_folder.hpp"

#include <map>

#include <SQLiteCpp/Database.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

namespace fs = boost::filesystem;

namespace ingot::testing {
namespace {

std::string contents(const fs::path& path) {
    fs::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

void write(const fs::path& path, const std::string& text) {
    fs::ofstream(path, std::ios::binary | std::ios::trunc) << text;
}

/// Names, times and contents of all files.
std::map<std::string, std::string> listing(const fs::path& folder) {
    std::map<std::string, std::string> files;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder))
        files[entry.path().filename().string()] =
            std::to_string(fs::last_write_time(entry.path())) + " " + contents(entry.path());
    return files;
}

TEST(PrivateCopy, HoldsRowsThatAreOnlyInTheWalAndLeavesTheOriginalAlone) {
    const TempFolder folder;
    const fs::path file = folder.path() / "state.db";
    SQLite::Database writer(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    writer.exec("PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=0;"
                "CREATE TABLE t(a); INSERT INTO t VALUES('only here')");
    const auto before = listing(folder.path());
    ASSERT_EQ(before.at("state.db").find("only here"), std::string::npos);
    const PrivateCopy copy = copy_database(file);
    SQLite::Database reader(copy.path().string(), SQLite::OPEN_READWRITE);
    EXPECT_EQ(reader.execAndGet("SELECT a FROM t").getString(), "only here");
    EXPECT_EQ(listing(folder.path()), before);
}

TEST(PrivateCopy, IsPrivateAndGoesWithTheObject) {
    const TempFolder folder;
    write(folder.path() / "a.db", "x");
    fs::path directory;
    {
        PrivateCopy first = copy_database(folder.path() / "a.db");
        const PrivateCopy copy = std::move(first);
        directory = copy.path().parent_path();
        EXPECT_EQ(fs::status(directory).permissions(), fs::perms::owner_all);
        EXPECT_EQ(contents(copy.path()), "x");
    }
    EXPECT_FALSE(fs::exists(directory));
}

TEST(PrivateCopy, TakesWalAndJournalButNoSharedMemory) {
    const TempFolder folder;
    const fs::path file = folder.path() / "a.db";
    for (const char* ending : {"", "-wal", "-shm", "-journal", "-other"})
        write(file.string() + ending, ending);
    const PrivateCopy copy = copy_database(file);
    EXPECT_EQ(contents(copy.path().string() + "-wal"), "-wal");
    EXPECT_EQ(contents(copy.path().string() + "-journal"), "-journal");
    EXPECT_EQ(listing(copy.path().parent_path()).size(), 4U);  // and the owner's lock
}

TEST(PrivateCopy, DescribesItsCompanions) {
    const TempFolder folder;
    const fs::path file = folder.path() / "a.db";
    write(file, "x");
    EXPECT_EQ(copy_database(file).companions(), "");
    write(file.string() + "-wal", "12345");
    const std::string wal = copy_database(file).companions();
    EXPECT_TRUE(wal.starts_with("wal:5:")) << wal;
    write(file.string() + "-journal", "123");
    const std::string both = copy_database(file).companions();
    EXPECT_TRUE(both.starts_with("journal:3:")) << both;
    EXPECT_TRUE(both.ends_with(";" + wal)) << both;
}

TEST(PrivateCopy, CopiesLargeFilesWhole) {
    const TempFolder folder;
    std::string bytes;
    for (int i = 0; bytes.size() < (5U << 20U) + 7; ++i) bytes += std::to_string(i);
    write(folder.path() / "a.db", bytes);
    EXPECT_EQ(contents(copy_database(folder.path() / "a.db").path()), bytes);
}

TEST(PrivateCopy, RefusesWhatIsNoRegularFile) {
    const TempFolder folder;
    write(folder.path() / "real.db", "x");
    fs::create_symlink("real.db", folder.path() / "link.db");
    ASSERT_EQ(mkfifo((folder.path() / "fifo.db").c_str(), 0600), 0);
    for (const char* name : {"link.db", "fifo.db", "missing.db", "."})
        EXPECT_THROW(copy_database(folder.path() / name), FileError) << name;
}

TEST(PrivateCopy, LeavesOutACompanionThatIsALink) {
    const TempFolder folder;
    write(folder.path() / "a.db", "x");
    write(folder.path() / "secret", "s");
    fs::create_symlink("secret", folder.path() / "a.db-wal");
    const PrivateCopy copy = copy_database(folder.path() / "a.db");
    EXPECT_FALSE(fs::exists(copy.path().string() + "-wal"));
    EXPECT_EQ(copy.companions(), "");
}

TEST(PrivateCopy, GivesUpOnADatabaseThatNeverStandsStill) {
    const TempFolder folder;
    const fs::path file = folder.path() / "a.db";
    write(file, "x");
    int tries = 0;
    const auto move = [&] {
        write(file.string() + "-wal", std::string(std::size_t(++tries), 'w'));
    };
    EXPECT_THROW(copy_database(file, move), DatabaseMoves);
    EXPECT_EQ(tries, 5);
}

TEST(PrivateCopy, CopiesAgainAfterADatabaseMoved) {
    const TempFolder folder;
    const fs::path file = folder.path() / "a.db";
    write(file, "one");
    write(file.string() + "-journal", "j");
    int tries = 0;
    const PrivateCopy copy = copy_database(file, [&] {
        if (++tries == 1) write(file, "two");  // of the same size
        if (tries == 2) fs::remove(file.string() + "-journal");
    });
    EXPECT_EQ(tries, 3);
    EXPECT_EQ(contents(copy.path()), "two");
    EXPECT_EQ(listing(copy.path().parent_path()).size(), 2U);  // and the owner's lock
    EXPECT_EQ(copy.companions(), "");
}

}  // namespace
}  // namespace ingot::testing
