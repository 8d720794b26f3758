// SPDX-License-Identifier: MIT
#include "tests/loaders/cluster.hpp"
#include "tests/pipeline/merged.hpp"
#include "tests/pipeline/program.hpp"

#include <gtest/gtest.h>

#include <SQLiteCpp/SQLiteCpp.h>

namespace ingot::testing {

namespace fs = boost::filesystem;

namespace {

/// Files, links and empty directories with type, size, time in ns, mode and target.
std::string listing(const fs::path& folder) {
    const Finished found = run({"/bin/sh", "-c",
                                "cd \"$1\" && find . \\( -type d -empty -o -not -type d \\) "
                                "-printf '%P %y %s %T@ %m %l\\n' | LC_ALL=C sort",
                                "sh", folder.string()});
    return found.output;
}

std::string difference(const fs::path& a, const fs::path& b) {
    return run({"/usr/bin/diff", "-r", "--no-dereference", a.string(), b.string()}).output;
}

/// A workspace with every format, without the files that are never read, and a database beside it.
struct Exported : ::testing::Test {
    Merged workspace;
    fs::path folder = workspace.folder.path();
    std::string database = (folder / "w.db").string();

    void SetUp() override {
        fs::remove_all(workspace.claude() / "denied");
        fs::remove(workspace.claude() / "sample/.credentials.json");
    }

    Finished import(const std::vector<std::string>& more = {}) const {
        std::vector<std::string> command{
            "import", folder.string(), "--sqlite", database, "--workspace", "w", "-q"};
        command.insert(command.end(), more.begin(), more.end());
        return run_ingot(command);
    }
    Finished export_to(const std::string& name, const std::vector<std::string>& more = {}) const {
        std::vector<std::string> command{"export", "--to", (folder / name).string()};
        if (more.empty() || more[0] != "--postgres")
            command.insert(command.end(), {"--sqlite", database});
        command.insert(command.end(), more.begin(), more.end());
        return run_ingot(command);
    }
    std::string first_run() const {
        SQLite::Database db(database);
        return db.execAndGet("SELECT min(run_id) FROM import_runs").getString();
    }
    void change(const std::string& sql) const {
        SQLite::Database(database, SQLite::OPEN_READWRITE).exec(sql);
    }
};

TEST_F(Exported, IsTheWorkspaceByteForByte) {
    const std::string schema = new_schema();
    ASSERT_EQ(import({"--postgres", cluster_url(), "--pg-schema", schema}).exit_code, 0);
    ASSERT_EQ(export_to("a").exit_code, 0);
    EXPECT_EQ(difference(workspace.claude(), folder / "a"), "");
    EXPECT_TRUE(listing(workspace.claude()) == listing(folder / "a"));
    ASSERT_EQ(export_to("b", {"--postgres", cluster_url(), "--pg-schema", schema}).exit_code, 0);
    EXPECT_EQ(difference(workspace.claude(), folder / "b"), "");
    EXPECT_TRUE(listing(workspace.claude()) == listing(folder / "b"));
}

TEST_F(Exported, BringsBackWhatChangedAndVanished) {
    const fs::path before = folder / "before";
    copy_tree(workspace.claude(), before);
    ASSERT_EQ(import().exit_code, 0);
    const std::string run = first_run();
    const fs::path grown = workspace.claude() / "logs_text/logs/hive.log";
    ASSERT_TRUE(fs::exists(grown));
    fs::ofstream(grown, std::ios::app) << "2026-02-03 04:05:06 - a - INFO - more\n";
    fs::ofstream(workspace.claude() / "sample/CLAUDE.md") << "rewritten\n";
    fs::remove(workspace.claude() / "agents/agents/blank.json");
    ASSERT_EQ(import().exit_code, 0);

    ASSERT_EQ(export_to("then", {"--as-of", run}).exit_code, 0);
    EXPECT_EQ(difference(before, folder / "then"), "");
    ASSERT_EQ(export_to("now").exit_code, 0);
    EXPECT_EQ(difference(workspace.claude(), folder / "now"),
              "Only in " + (folder / "now/agents/agents").string() + ": blank.json\n");
}

TEST_F(Exported, WritesNothingOutsideItsDirectory) {
    ASSERT_EQ(import().exit_code, 0);
    change("UPDATE source_versions SET path = '../outside.md' WHERE path = 'sample/CLAUDE.md';"
           "UPDATE source_versions SET path = 'link/through.json', path_bytes = NULL WHERE path = "
           "'agents/agents/blank.json';"
           "UPDATE source_versions SET path = 'link', link_target = '" +
           folder.string() +
           "' WHERE path = (SELECT min(path) FROM source_versions WHERE status = 'link')");
    const Finished out = export_to("x");
    EXPECT_EQ(out.exit_code, 1);
    EXPECT_NE(out.errors.find("../outside.md: the stored path is not a safe one"),
              std::string::npos)
        << out.errors;
    EXPECT_NE(out.errors.find("link/through.json"), std::string::npos) << out.errors;
    EXPECT_FALSE(fs::exists(folder / "outside.md"));
    EXPECT_FALSE(fs::exists(folder / "through.json"));
}

TEST_F(Exported, NamesTheFileWhoseSegmentIsDamaged) {
    ASSERT_EQ(import().exit_code, 0);
    change("UPDATE source_segments SET payload = zeroblob(length(payload)) WHERE source_id = "
           "(SELECT source_id FROM sources WHERE path = 'sample/CLAUDE.md')");
    const Finished out = export_to("x");
    EXPECT_EQ(out.exit_code, 3);
    EXPECT_NE(out.errors.find("sample/CLAUDE.md: segment 0"), std::string::npos) << out.errors;
    EXPECT_FALSE(fs::exists(folder / "x/sample/CLAUDE.md"));
    EXPECT_TRUE(fs::exists(folder / "x/agents/agents/blank.json"));
}

TEST_F(Exported, LeavesAFilledDirectoryAlone) {
    ASSERT_EQ(import().exit_code, 0);
    fs::create_directory(folder / "x");
    fs::ofstream(folder / "x/mine.txt") << "mine";
    EXPECT_EQ(export_to("x").exit_code, 2);
    EXPECT_EQ(export_to("x", {"--overwrite", "--only", "config"}).exit_code, 0);
    EXPECT_EQ(export_to("x", {"--overwrite", "--only", "config"}).exit_code, 0);
    EXPECT_TRUE(fs::exists(folder / "x/mine.txt"));
    EXPECT_EQ(export_to(".claude/x").exit_code, 2);
}

TEST_F(Exported, SaysWhatWasNotArchived) {
    ASSERT_EQ(import({"--no-archive"}).exit_code, 0);
    const Finished out = export_to("x", {"--only", "sample/CLAUDE.md"});
    EXPECT_EQ(out.exit_code, 1);
    EXPECT_NE(out.errors.find("sample/CLAUDE.md: bytes 0 to"), std::string::npos) << out.errors;
    // The archive is made up for by the next import that wants one.
    ASSERT_EQ(import().exit_code, 0);
    EXPECT_EQ(export_to("y", {"--only", "sample/CLAUDE.md"}).exit_code, 0);
}

TEST_F(Exported, KeepsATooLongRecordEvenWithoutAnArchive) {
    const fs::path file = workspace.claude() / "long/projects/p/a.jsonl";
    fs::create_directories(file.parent_path());
    fs::ofstream(file) << "{\"type\":\"user\",\"x\":\"" << std::string(9 << 20, 'x') << "\"}\n";
    ASSERT_EQ(import({"--no-archive", "--max-record", "1MiB"}).exit_code, 0);
    ASSERT_EQ(export_to("x", {"--only", "long/**"}).exit_code, 0);
    EXPECT_EQ(difference(workspace.claude() / "long", folder / "x/long"), "");
}

}  // namespace
}  // namespace ingot::testing
