// SPDX-License-Identifier: MIT
#include "tests/pipeline/fixture.hpp"
#include "tests/pipeline/program.hpp"

#include <gtest/gtest.h>

namespace ingot::testing {

namespace fs = boost::filesystem;

namespace {

TEST(Scratch, WhatAKilledRunLeftGoesWithTheNext) {
    const Workspace workspace = lay_out("state_hive");
    const fs::path place = workspace.folder.path() / "tmp";
    const fs::path left = place / "ingot-abc123";
    const fs::path mine = place / "ingot-mine";
    for (const fs::path& folder : {left, mine}) {
        fs::create_directories(folder);
        fs::permissions(folder, fs::owner_all);
        fs::ofstream(folder / "database") << "x";
    }
    fs::ofstream(left / "owner.lock");  // no process holds it
    fs::last_write_time(left, 1'000'000'000);
    fs::last_write_time(mine, 1'000'000'000);
    const Finished out = run({"/usr/bin/env", "TMPDIR=" + place.string(), INGOT, "import",
                              workspace.folder.path().string(), "--sqlite",
                              (workspace.folder.path() / "w.db").string(), "-q"});
    EXPECT_EQ(out.exit_code, 0) << out.errors;
    EXPECT_FALSE(fs::exists(left));
    EXPECT_TRUE(fs::exists(mine));  // not made by this program: no lock
    EXPECT_EQ(std::distance(fs::directory_iterator(place), fs::directory_iterator()), 1);
}

TEST(Snapshots, ALostStoreFileComesBackWithTheNextImport) {
    const Workspace workspace = lay_out("memory");
    const std::string folder = workspace.folder.path().string();
    const std::vector<std::string> import{
        "import", folder, "--sqlite", folder + "/w.db", "-q", "--snapshot-inline", "100"};
    ASSERT_EQ(run_ingot(import).exit_code, 0);
    fs::path stored;
    for (const fs::directory_entry& entry :
         fs::recursive_directory_iterator(folder + "/w.db.store"))
        if (fs::is_regular_file(entry.path())) stored = entry.path();
    ASSERT_FALSE(stored.empty());
    std::string before;
    fs::load_string_file(stored, before);
    fs::remove(stored);
    ASSERT_EQ(run_ingot(import).exit_code, 0);
    std::string after;
    ASSERT_TRUE(fs::exists(stored));
    fs::load_string_file(stored, after);
    EXPECT_TRUE(before == after);
}

/// By its hash a snapshot is the file, byte for byte, whatever its content is made of.
TEST(Snapshots, ArePrintedAsTheFileWas) {
    const Workspace workspace = lay_out("memory");
    const std::string folder = workspace.folder.path().string();
    const fs::path file = workspace.claude() / "memory_snapshots/odd.json";
    const std::string bytes = "\xEF\xBB\xBF  {\"id\": \"odd\"}\n\n";
    fs::ofstream(file) << bytes;
    ASSERT_EQ(run_ingot({"import", folder, "--sqlite", folder + "/w.db", "-q"}).exit_code, 0);
    EXPECT_EQ(run_ingot({"snapshot", "odd", "--sqlite", folder + "/w.db"}).output, bytes);
}

}  // namespace
}  // namespace ingot::testing
