// SPDX-License-Identifier: MIT
#include "tests/pipeline/fixture.hpp"
#include "tests/pipeline/program.hpp"

#include <gtest/gtest.h>

#include <SQLiteCpp/SQLiteCpp.h>

namespace ingot::testing {

namespace fs = boost::filesystem;

namespace {

struct Usage : ::testing::Test {
    Workspace workspace = lay_out("sample");
    std::string folder = workspace.folder.path().string();
    std::string database = folder + "/w.db";

    Finished import(const std::vector<std::string>& more) const {
        std::vector<std::string> command{"import", folder, "--workspace", "w"};
        command.insert(command.end(), more.begin(), more.end());
        return run_ingot(command);
    }
    std::string ask(const std::string& sql) const {
        SQLite::Database db(database);
        return db.execAndGet(sql).getString();
    }
};

TEST_F(Usage, OutputThatCannotBeWrittenIsAnError) {
    const Finished out =
        run({"/bin/sh", "-c", "\"$1\" scan \"$2\" > /dev/full", "sh", INGOT, folder});
    EXPECT_EQ(out.exit_code, 1);
    EXPECT_NE(out.errors.find("standard output"), std::string::npos);
}

TEST_F(Usage, JsonHasADocumentForEveryError) {
    const Finished out = run_ingot({"import", folder + "/nowhere", "--json"});
    EXPECT_EQ(out.exit_code, 2);
    EXPECT_NE(out.output.find("\"exit_code\": 2"), std::string::npos) << out.output;
}

TEST_F(Usage, TakesNoDatabaseThatIsNoFile) {
    fs::create_symlink("missing.db", folder + "/link.db");
    for (const std::string& path : {std::string(":memory:"), folder + "/link.db", folder}) {
        const Finished out = import({"--sqlite", path});
        EXPECT_EQ(out.exit_code, 2) << path;
    }
    EXPECT_TRUE(fs::is_symlink(folder + "/link.db"));
}

TEST_F(Usage, TakesNoSizesThatCannotBe) {
    for (const char* option : {"--max-record=0", "--memory=1", "--batch-rows=0", "--workspace="})
        EXPECT_EQ(import({"--sqlite", database, option}).exit_code, 2) << option;
    EXPECT_FALSE(fs::exists(database));
}

TEST_F(Usage, AReportNeverTakesTheDatabasesPlace) {
    ASSERT_EQ(import({"--sqlite", folder + "/w.json", "-q"}).exit_code, 0);
    for (const char* file : {"/w.json", "/./w.json"})
        EXPECT_EQ(run_ingot({"validate", "--sqlite", folder + "/w.json", "--report", folder + file})
                      .exit_code,
                  2);
    EXPECT_EQ(run_ingot({"validate", "--sqlite", folder + "/w.json"}).exit_code, 0);
}

TEST_F(Usage, ALinkToBytesThatAreNoTextStaysUnchanged) {
    fs::create_symlink("\xff", workspace.claude() / "odd");
    ASSERT_EQ(import({"--sqlite", database, "-q"}).exit_code, 0);
    const Finished again = import({"--sqlite", database});
    EXPECT_EQ(again.output.find("changed,"), std::string::npos) << again.output;
    EXPECT_EQ(ask("SELECT count(*) FROM import_runs"), "1");
}

TEST_F(Usage, ARunIsKnownByHowItBegins) {
    ASSERT_EQ(import({"--sqlite", database, "-q"}).exit_code, 0);
    const std::string run = ask("SELECT substr(run_id, 1, 15) FROM import_runs");
    EXPECT_EQ(run_ingot({"export", "--sqlite", database, "--to", folder + "/x", "--as-of", run})
                  .exit_code,
              0);
    EXPECT_EQ(run_ingot({"report", run, "--sqlite", database}).exit_code, 0);
    EXPECT_EQ(run_ingot({"export", "--sqlite", database, "--to", folder + "/y", "--as-of", "1999"})
                  .exit_code,
              2);
}

TEST_F(Usage, SaysWhenOnlyMatchesNothing) {
    const Finished out = import({"--sqlite", database, "--only", "transcripts"});
    EXPECT_NE(out.output.find("--only transcripts matches no source"), std::string::npos);
}

TEST_F(Usage, OtherSettingsReachUnchangedFiles) {
    ASSERT_EQ(import({"--sqlite", database, "-q"}).exit_code, 0);
    const std::string local = "SELECT max(timestamp) FROM events WHERE timestamp_raw IS NOT NULL";
    const std::string before = ask(local);
    ASSERT_EQ(import({"--sqlite", database, "-q", "--timezone", "+03:00"}).exit_code, 0);
    EXPECT_NE(ask(local), before);
    ASSERT_EQ(import({"--sqlite", database, "-q"}).exit_code, 0);
    EXPECT_EQ(ask(local), before);
}

/// One record that is longer than what is read at once, between two good ones.
TEST_F(Usage, ATooLongRecordOfALogIsOneReject) {
    const std::string stamp = "2026-01-02 03:04:05,000 - a - INFO - ";
    fs::ofstream(workspace.claude() / "logs/long.log")
        << stamp << "first\n"
        << stamp << std::string(10 << 20, 'x') << "\n"
        << stamp << "last\n";
    ASSERT_EQ(import({"--sqlite", database, "-q", "--max-record", "1MiB"}).exit_code, 0);
    const std::string of_file =
        " WHERE source_id = (SELECT source_id FROM sources WHERE path = 'logs/long.log')";
    EXPECT_EQ(ask("SELECT group_concat(reason || ' ' || source_offset || ' ' || source_length) "
                  "FROM rejects" +
                  of_file),
              "too_long 43 10485798");
    EXPECT_EQ(ask("SELECT group_concat(message) FROM events" + of_file), "first,last");
    EXPECT_EQ(ask("SELECT row_bytes + rejected_bytes + blank_bytes + pending_bytes - size_bytes "
                  "FROM sources" +
                  of_file),
              "0");
}

}  // namespace
}  // namespace ingot::testing
