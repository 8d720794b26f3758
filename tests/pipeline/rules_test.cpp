// SPDX-License-Identifier: MIT
#include "tests/loaders/cluster.hpp"
#include "tests/pipeline/fixture.hpp"
#include "tests/pipeline/program.hpp"

#include <gtest/gtest.h>

#include <string>

#include <SQLiteCpp/SQLiteCpp.h>
#include <boost/filesystem.hpp>
#include <boost/filesystem/string_file.hpp>

namespace ingot::testing {
namespace {

/// A case imported into SQLite, for what its rules say.
class Rules : public ::testing::Test {
protected:
    Finished import(const std::string& fixture, std::vector<std::string> more = {}) {
        const Workspace workspace = lay_out(fixture);
        std::vector<std::string> command{"import", workspace.claude().string(), "--sqlite",
                                         database()};
        command.insert(command.end(), more.begin(), more.end());
        return run_ingot(command);
    }
    std::string database() const { return (folder.path() / "i.db").string(); }

    TempFolder folder;
};

int times_in(const std::string& text, const std::string& part) {
    int count = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
        ++count;
    return count;
}

TEST_F(Rules, WarnWithoutChangingTheExitCode) {
    const Finished done = import("logs_broken");
    EXPECT_EQ(done.exit_code, 0);
    EXPECT_EQ(times_in(done.output, "warning  sources.pending: 1 row\n"), 1) << done.output;
    EXPECT_EQ(times_in(done.output, "  logs/service.jsonl pending_bytes = 65\n"), 1);
}

TEST_F(Rules, StandBesideTheSourcesThatTheRunChanged) {
    const Workspace workspace = lay_out("todos_tasks");
    const std::vector<std::string> command{"import", workspace.claude().string(), "--sqlite",
                                           database()};
    run_ingot(command);
    boost::filesystem::save_string_file(workspace.claude() / "new.json", "{}");
    const std::string output = run_ingot(command).output;
    EXPECT_EQ(times_in(output, "sources                      13         0         13           -  "
                               "yes  +1\n"),
              1)
        << output;
}

TEST_F(Rules, NameTheRowsOnceThatBothDatabasesWarnOf) {
    const Finished done = import(
        "todos_tasks", {"--postgres", cluster_url(), "--pg-schema", "rules of both databases"});
    EXPECT_EQ(times_in(done.output, "tasks.status_outside_plan: 1 row\n"), 2) << done.output;
    EXPECT_EQ(times_in(done.output, "  deferred (1 row)\n"), 1) << done.output;
}

TEST_F(Rules, LetNothingBePublishedThatIsWrong) {
    ASSERT_EQ(import("todos_tasks").exit_code, 0);
    SQLite::Database(database(), SQLite::OPEN_READWRITE)
        .exec("UPDATE tasks SET agent_id = 'ghost' WHERE task_id = (SELECT min(task_id) FROM "
              "tasks WHERE agent_id IS NOT NULL)");
    const Finished done = run_ingot({"publish", "--sqlite", database(), "--postgres", cluster_url(),
                                     "--pg-schema", "rules of nothing"});
    EXPECT_EQ(done.exit_code, 3);
    EXPECT_EQ(times_in(done.output, " agent_id = ghost\n"), 1) << done.output;
    EXPECT_EQ(ask("SELECT to_regnamespace('\"rules of nothing\"')"), "");
}

TEST_F(Rules, MissASnapshotWhoseFileIsGone) {
    ASSERT_EQ(import("memory", {"--snapshot-inline", "1"}).exit_code, 0);
    ASSERT_EQ(run_ingot({"validate", "--sqlite", database()}).exit_code, 0);
    boost::filesystem::remove_all(database() + ".store");
    const Finished done = run_ingot({"validate", "--sqlite", database()});
    EXPECT_EQ(done.exit_code, 3);
    EXPECT_EQ(times_in(done.output, "ERROR    memory_snapshots.stored_file: "), 1) << done.output;
    EXPECT_GE(times_in(done.output, "state = missing\n"), 1) << done.output;
}

}  // namespace
}  // namespace ingot::testing
