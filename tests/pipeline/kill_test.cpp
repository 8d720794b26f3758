// SPDX-License-Identifier: MIT
#include "tests/loaders/cluster.hpp"
#include "tests/pipeline/fixture.hpp"
#include "tests/pipeline/merged.hpp"
#include "tests/pipeline/program.hpp"
#include "tests/pipeline/table_dump.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <thread>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>

namespace ingot::testing {

namespace fs = boost::filesystem;

namespace {

using Clock = std::chrono::steady_clock;

constexpr int kMoments = 10;

/// Starts ingot, kills it after a while, and says whether that came in time.
bool killed(std::vector<std::string> arguments, Clock::duration after, int signal) {
    arguments.insert(arguments.begin(), INGOT);
    std::vector<char*> argv;
    for (std::string& argument : arguments) argv.push_back(argument.data());
    argv.push_back(nullptr);
    posix_spawn_file_actions_t actions{};
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
    pid_t child = 0;
    if (posix_spawn(&child, INGOT, &actions, nullptr, argv.data(), environ) != 0)
        throw std::runtime_error("cannot start ingot");
    posix_spawn_file_actions_destroy(&actions);
    std::this_thread::sleep_for(after);
    kill(child, signal);
    int status = 0;
    waitpid(child, &status, 0);
    return WIFSIGNALED(status) || (WIFEXITED(status) && WEXITSTATUS(status) > 128);
}

std::vector<std::string> import_of(const Merged& workspace, const std::string& database) {
    return {"import",
            workspace.folder.path().string(),
            "--sqlite",
            database,
            "--workspace",
            "w",
            "-q",
            "--snapshot-inline",
            "200",
            "--batch-rows",
            "7"};
}

Clock::duration time_of(const std::vector<std::string>& arguments) {
    const auto start = Clock::now();
    EXPECT_EQ(run_ingot(arguments).exit_code, 0);
    return Clock::now() - start;
}

std::vector<std::string> names_in(const fs::path& folder) {
    std::vector<std::string> names;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder))
        names.push_back(entry.path().filename().string());
    std::ranges::sort(names);
    return names;
}

TEST(Kill, AFirstImportLeavesNothingAndARerunAllOfIt) {
    const Merged workspace;
    const TempFolder reference;
    const std::string whole = (reference.path() / "a.db").string();
    const auto time = time_of(import_of(workspace, whole));
    for (int i = 1; i <= kMoments; ++i) {
        const TempFolder folder;
        const std::string database = (folder.path() / "a.db").string();
        killed(import_of(workspace, database), time * i / (kMoments + 1), SIGKILL);
        if (fs::exists(database)) {
            EXPECT_EQ(dump_tables(database), dump_tables(whole)) << "under its name it is whole";
        }
        ASSERT_EQ(run_ingot(import_of(workspace, database)).exit_code, 0);
        EXPECT_EQ(dump_tables(database), dump_tables(whole)) << "moment " << i;
        EXPECT_EQ(names_in(folder.path()), names_in(reference.path()));
        EXPECT_EQ(names_in(database + ".store"), names_in(whole + ".store"));
    }
}

TEST(Kill, ALaterImportIsFinishedByARerun) {
    const Merged workspace;
    const TempFolder reference;
    const std::string whole = (reference.path() / "a.db").string();
    const auto time = time_of(import_of(workspace, whole));
    for (int i = 1; i <= kMoments; ++i) {
        const TempFolder folder;
        const std::string database = (folder.path() / "a.db").string();
        auto part = import_of(workspace, database);
        part.insert(part.end(), {"--only", "log"});
        ASSERT_EQ(run_ingot(part).exit_code, 0);
        killed(import_of(workspace, database), time * i / (kMoments + 1), SIGKILL);
        ASSERT_EQ(run_ingot(import_of(workspace, database)).exit_code, 0);
        EXPECT_EQ(dump_tables(database), dump_tables(whole)) << "moment " << i;
        EXPECT_EQ(names_in(folder.path()), names_in(reference.path()));
    }
}

TEST(Kill, AnInterruptEndsWith130AndLeavesNothing) {
    const Merged workspace;
    const TempFolder folder;
    const std::string database = (folder.path() / "a.db").string();
    if (killed(import_of(workspace, database), std::chrono::milliseconds(15), SIGINT)) {
        EXPECT_TRUE(names_in(folder.path()).empty());
    }
}

TEST(Kill, APublicationIsAllOrNothing) {
    const Merged workspace;
    const TempFolder folder;
    const std::string database = (folder.path() / "a.db").string();
    ASSERT_EQ(run_ingot(import_of(workspace, database)).exit_code, 0);
    const auto publish_to = [&](const std::string& schema) {
        return std::vector<std::string>{"publish",     "--sqlite",    database, "--postgres",
                                        cluster_url(), "--pg-schema", schema,   "-q"};
    };
    const auto time = time_of(publish_to(new_schema()));
    for (int i = 1; i <= kMoments; ++i) {
        const std::string schema = new_schema();
        const bool was_killed = killed(publish_to(schema), time * i / (kMoments + 1), SIGKILL);
        const std::string schemas =
            ask("SELECT count(*) FROM pg_namespace WHERE nspname = '" + schema + "'");
        // All: the server may have been told to commit before the signal came.
        if (was_killed && schemas != "0") {
            EXPECT_EQ(run_ingot({"validate", "--sqlite", database, "--postgres", cluster_url(),
                                 "--pg-schema", schema, "-q"})
                          .exit_code,
                      0);
        }
        Finished again = run_ingot(publish_to(schema));
        // The server needs a moment to notice that its client is gone.
        for (int tries = 0; tries < 50 && again.exit_code == 7; ++tries) {
            std::this_thread::sleep_for(std::chrono::milliseconds(100));
            again = run_ingot(publish_to(schema));
        }
        ASSERT_EQ(again.exit_code, 0) << again.errors;
        const Finished valid = run_ingot({"validate", "--sqlite", database, "--postgres",
                                          cluster_url(), "--pg-schema", schema, "--json"});
        EXPECT_EQ(valid.exit_code, 0) << valid.output;
    }
}

}  // namespace
}  // namespace ingot::testing
