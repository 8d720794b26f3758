// SPDX-License-Identifier: MIT
#include "tests/pipeline/imported.hpp"
#include "tests/pipeline/merged.hpp"

namespace ingot::testing {

namespace fs = boost::filesystem;

namespace {

struct Undo : ImportedTest {
    /// Grows, rewrites, adds, removes and renames files.
    void change_files() const {
        const fs::path claude = workspace.claude();
        fs::ofstream(claude / "logs/errors.log", std::ios::app)
            << "2026-02-03 04:05:06,000 - harbor - ERROR - later\n";
        fs::ofstream(claude / "CLAUDE.md") << "rewritten\n";
        fs::ofstream(claude / "config/added.toml") << "answer = 42\n";
        fs::remove(claude / "agents/harbor-builder-Jan-02-0915.json");
        fs::rename(claude / "logs/harbor.log", claude / "logs/harbor.log.1");
        fs::remove(claude / "history.jsonl");
        fs::create_symlink("CLAUDE.md", claude / "link.md");
    }
};

TEST_F(Undo, RestoresBothDatabasesExactly) {
    ASSERT_EQ(import_both().exit_code, 0);
    const std::string before = state();
    change_files();
    ASSERT_EQ(import_both().exit_code, 0);
    const std::string after = state();
    ASSERT_NE(after, before);
    const Finished out = ingot_both("undo");
    ASSERT_EQ(out.exit_code, 0) << out.output;
    EXPECT_EQ(state(), before);
    EXPECT_EQ(ask_sqlite("SELECT group_concat(status) FROM import_runs"), "completed,undone");
    EXPECT_EQ(ingot_both("validate", {"--deep"}).exit_code, 0);
}

TEST_F(Undo, TakesPruningBack) {
    ASSERT_EQ(import_both().exit_code, 0);
    const std::string before = state();
    change_files();
    ASSERT_EQ(ingot_both("import", {folder.string(), "--workspace", "w", "--prune"}).exit_code, 0);
    ASSERT_EQ(ingot_both("undo").exit_code, 0);
    EXPECT_EQ(state(), before);
}

TEST_F(Undo, TakesOneRunAfterTheOther) {
    ASSERT_EQ(import_both().exit_code, 0);
    const std::string first = state();
    fs::remove(workspace.claude() / "history.jsonl");
    ASSERT_EQ(import_both().exit_code, 0);
    const std::string second = state();
    fs::ofstream(workspace.claude() / "history.jsonl") << "{\"display\":\"x\",\"timestamp\":1}\n";
    ASSERT_EQ(import_both().exit_code, 0);
    ASSERT_EQ(ingot_both("undo").exit_code, 0);
    EXPECT_EQ(state(), second);
    ASSERT_EQ(ingot_both("undo").exit_code, 0);
    EXPECT_EQ(state(), first);
    ASSERT_EQ(ingot_both("undo").exit_code, 0);
    EXPECT_EQ(ask_sqlite("SELECT count(*) FROM sources"), "0");
    EXPECT_EQ(ask_sqlite("SELECT count(*) FROM source_segments"), "0");
    EXPECT_EQ(ingot_both("undo").exit_code, 2);
}

TEST_F(Undo, ImportingAgainGivesTheSameRows) {
    ASSERT_EQ(import_both().exit_code, 0);
    change_files();
    ASSERT_EQ(import_both().exit_code, 0);
    const std::string sums = "SELECT group_concat(checksum) FROM (SELECT checksum FROM "
                             "source_tables ORDER BY source_id, table_name)";
    const std::string after = ask_sqlite(sums);
    ASSERT_EQ(ingot_both("undo").exit_code, 0);
    ASSERT_EQ(import_both().exit_code, 0);
    EXPECT_EQ(ask_sqlite(sums), after);
    EXPECT_EQ(ingot_both("validate", {"--deep"}).exit_code, 0);
}

TEST_F(Undo, RefusesBeforeItTouchesAnything) {
    ASSERT_EQ(ingot_both("import", {folder.string(), "--workspace", "w", "--no-archive"}).exit_code,
              0);
    change_files();
    ASSERT_EQ(ingot_both("import", {folder.string(), "--workspace", "w", "--no-archive"}).exit_code,
              0);
    const std::string before = state();
    const Finished out = ingot_both("undo");
    EXPECT_EQ(out.exit_code, 1);
    EXPECT_NE(out.output.find("CLAUDE.md: not in the archive"), std::string::npos) << out.output;
    EXPECT_EQ(state(), before);
}

TEST_F(Undo, FinishesInPostgresWhatEndedBetweenTheDatabases) {
    ASSERT_EQ(import_both().exit_code, 0);
    const std::string before = state();
    change_files();
    ASSERT_EQ(import_both().exit_code, 0);
    ASSERT_EQ(ingot("undo").exit_code, 0);  // as if it had been killed then
    ASSERT_NE(state(), before);
    const Finished out = ingot_both("undo");
    EXPECT_EQ(out.exit_code, 0) << out.output;
    EXPECT_NE(out.output.find("taken back in PostgreSQL, too"), std::string::npos);
    EXPECT_EQ(state(), before);
    EXPECT_EQ(ask_sqlite("SELECT group_concat(status) FROM import_runs"), "completed,undone");
}

TEST_F(Undo, TouchesNothingWhenPostgresIsNotThere) {
    ASSERT_EQ(import_both().exit_code, 0);
    change_files();
    ASSERT_EQ(import_both().exit_code, 0);
    const std::string before = state();
    const Finished out = ingot("undo", {"--postgres", "postgresql://127.0.0.1:1/none"});
    EXPECT_EQ(out.exit_code, 5);
    EXPECT_EQ(state(), before);
}

TEST_F(Undo, TakesNoRunButTheYoungest) {
    ASSERT_EQ(import_both().exit_code, 0);
    const std::string first = ask_sqlite("SELECT run_id FROM import_runs");
    change_files();
    ASSERT_EQ(import_both().exit_code, 0);
    EXPECT_EQ(ingot("undo", {first}).exit_code, 2);
    EXPECT_EQ(ingot("undo", {ask_sqlite("SELECT max(run_id) FROM import_runs")}).exit_code, 0);
}

}  // namespace
}  // namespace ingot::testing
