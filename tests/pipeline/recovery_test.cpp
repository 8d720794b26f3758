// SPDX-License-Identifier: MIT
#include "tests/pipeline/imported.hpp"

#include "tests/loaders/cluster.hpp"

namespace ingot::testing {

namespace fs = boost::filesystem;

namespace {

using Recovery = ImportedTest;

constexpr const char* kSums =
    "SELECT group_concat(table_name || checksum) FROM (SELECT table_name, checksum FROM "
    "source_tables ORDER BY source_id, table_name)";

/// The SQLite file and the workspace are gone: PostgreSQL has all of it.
TEST_F(Recovery, ALostSqliteFileLosesNothing) {
    ASSERT_EQ(import_both().exit_code, 0);
    const std::string before = ask_sqlite(kSums);
    fs::remove(database);
    fs::remove_all(workspace.claude());
    const std::string restored = (folder / "restored").string();
    ASSERT_EQ(ingot_postgres("export", {"--to", restored}).exit_code, 0);
    ASSERT_EQ(ingot("import", {restored, "--workspace", "w"}).exit_code, 0);
    EXPECT_EQ(ask_sqlite(kSums), before);
    // Another file publishes from now on: that has to be said.
    EXPECT_EQ(ingot_both("publish").exit_code, 1);
    EXPECT_EQ(ingot_both("publish", {"--adopt"}).exit_code, 0);
    EXPECT_EQ(ingot_both("validate", {"--deep"}).exit_code, 0);
}

/// What only PostgreSQL holds stays, with the rows that follow from it.
TEST_F(Recovery, AdoptingKeepsWhatTheNewFileDoesNotKnow) {
    ASSERT_EQ(import_both().exit_code, 0);
    const std::string usage =
        "SET search_path = \"" + schema + "\"; SELECT count(*) FROM message_usage";
    const std::string before = ask(usage);
    ASSERT_NE(before, "0");
    fs::remove(database);
    fs::remove_all(workspace.claude() / "projects");
    ASSERT_EQ(ingot_both("import", {folder.string(), "--workspace", "w", "--adopt"}).exit_code, 0);
    EXPECT_EQ(ask(usage), before);
}

TEST_F(Recovery, PruningWithoutAnArchiveForgetsTheHistoryAndSaysSo) {
    ASSERT_EQ(import_both().exit_code, 0);
    fs::remove(workspace.claude() / "history.jsonl");
    const Finished out =
        ingot_both("import", {folder.string(), "--workspace", "w", "--prune", "--no-archive"});
    ASSERT_EQ(out.exit_code, 0) << out.errors;
    EXPECT_NE(out.output.find("cannot be undone"), std::string::npos) << out.output;
    const std::string gone = "SELECT count(*) FROM source_segments WHERE source_id NOT IN (SELECT "
                             "source_id FROM sources)";
    EXPECT_EQ(ask_sqlite(gone), "0");
    EXPECT_EQ(ask("SET search_path = \"" + schema + "\"; " + gone), "0");
    EXPECT_EQ(ingot_both("undo").exit_code, 1);
    EXPECT_EQ(ingot_both("validate").exit_code, 0);
}

}  // namespace
}  // namespace ingot::testing
