// SPDX-License-Identifier: MIT
#include "loaders/schema/engine/target.hpp"
#include "tests/loaders/before_state.hpp"
#include "tests/pipeline/program.hpp"
#include "tests/pipeline/temp_folder.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <functional>
#include <sstream>
#include <thread>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace ingot::testing {
namespace {

/// `ingot schema up`, running, with its progress in a pipe.
class RunningUp {
public:
    explicit RunningUp(std::vector<std::string> words) {
        words.insert(words.begin(), INGOT);
        std::vector<char*> argv;
        for (std::string& word : words) argv.push_back(word.data());
        argv.push_back(nullptr);
        int ends[2];
        if (pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
        posix_spawn_file_actions_t actions{};
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
        posix_spawn_file_actions_adddup2(&actions, ends[1], 2);
        if (posix_spawn(&child_, INGOT, &actions, nullptr, argv.data(), environ) != 0)
            throw std::runtime_error("cannot start ingot");
        posix_spawn_file_actions_destroy(&actions);
        close(ends[1]);
        progress_ = fdopen(ends[0], "r");
    }
    RunningUp(const RunningUp&) = delete;
    RunningUp& operator=(const RunningUp&) = delete;
    ~RunningUp() {
        end();
        std::fclose(progress_);
    }

    /// False at the end.
    bool next_line(std::string& line) {
        line.clear();
        for (int c = std::fgetc(progress_); c != EOF; c = std::fgetc(progress_)) {
            if (c == '\n') return true;
            line += static_cast<char>(c);
        }
        return false;
    }

    void end() {
        if (child_ == 0) return;
        kill(child_, SIGKILL);
        waitpid(child_, nullptr, 0);
        child_ = 0;
    }

private:
    pid_t child_ = 0;
    std::FILE* progress_ = nullptr;
};

struct Killed {
    std::string pack, fixture;
    std::vector<std::string> variables;
    int stride;  ///< Every how many lines of the progress it is killed.
    std::string record = {};
};

class PackKill : public ::testing::TestWithParam<Killed> {
protected:
    std::vector<std::string> words(const std::string& command, const std::string& url) const {
        std::vector<std::string> all{"schema",        command,      "--pack",
                                     GetParam().pack, "--postgres", url};
        if (command == "up" || command == "down")
            all.insert(all.end(), {"--yes", "--log-dir", folder_.path().string()});
        if (command == "up") all.emplace_back("--no-backup");
        if (command == "down") all.emplace_back("--all");
        return all;
    }

    std::string new_database() const {
        return before_database(GetParam().fixture, GetParam().variables);
    }

    std::string rows(const std::string& url) const {
        std::istringstream lines(row_hashes(url));
        std::string kept;
        for (std::string line; std::getline(lines, line);)
            if (GetParam().record.empty() || line.find(GetParam().record) == std::string::npos)
                kept += line + "\n";
        return kept;
    }

    void kill_at_line(const std::string& url, int at) const {
        RunningUp up(words("up", url));
        std::string line;
        for (int i = 0; i < at && up.next_line(line);) ++i;
        up.end();
    }

    int lines_of_a_whole_run() const {
        const std::string url = new_database();
        RunningUp up(words("up", url));
        int count = 0;
        for (std::string line; up.next_line(line);) ++count;
        return count;
    }

    /// A second run finishes; the way back leads to the start.
    void expect_finishes(const std::string& url, const std::string& schema,
                         const std::string& rows_before) const {
        const Finished again = run_ingot(words("up", url));
        EXPECT_EQ(again.exit_code, 0) << again.errors;
        const Finished verified = run_ingot(words("verify", url));
        EXPECT_EQ(verified.exit_code, 0) << verified.output;
        EXPECT_EQ(ask(url, "SELECT count(*) FROM pg_index WHERE NOT indisvalid"), "0");
        const Finished back = run_ingot(words("down", url));
        EXPECT_EQ(back.exit_code, 0) << back.errors;
        EXPECT_EQ(schema_dump(url), schema);
        EXPECT_EQ(rows(url), rows_before);
    }

    TempFolder folder_;
};

TEST_P(PackKill, IsFinishedByTheNextRunWhereverItWasKilled) {
    const std::string start = new_database();
    const std::string schema = schema_dump(start);
    const std::string rows_before = rows(start);
    const int lines = lines_of_a_whole_run();
    ASSERT_GT(lines, 2);
    const int stride = std::getenv("INGOT_KILL_EVERYWHERE") != nullptr ? 1 : GetParam().stride;
    for (int at = 1; at <= lines; at += stride) {
        SCOPED_TRACE("killed at line " + std::to_string(at) + " of " + std::to_string(lines));
        const std::string url = new_database();
        kill_at_line(url, at);
        expect_finishes(url, schema, rows_before);
        if (HasFailure()) return;
    }
}

INSTANTIATE_TEST_SUITE_P(
    Packs, PackKill,
    ::testing::Values(
        Killed{"terminal-manager-index-rename", "terminal_manager", {"owner=budget_history"}, 7},
        Killed{"project-tracking-indexes", "codebase_mcp", {"rev=003b"}, 2},
        Killed{"agent-hive-2", "agent_hive", {"types=text", "tasks=600", "projects=30"}, 29},
        Killed{"assistant-table-rename", "personal_ai", {}, 19, "AuditLog"}),
    [](const auto& one) { return one.param.fixture; });

/// Waits until `is_so`, at most a minute.
bool wait_until(const std::function<bool()>& is_so) {
    for (int i = 0; i < 3000; ++i) {
        if (is_so()) return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    return false;
}

class HiveKill : public ::testing::Test {
protected:
    std::vector<std::string> words(const std::string& command) const {
        std::vector<std::string> all{"schema",       command,      "--pack",
                                     "agent-hive-2", "--postgres", url_};
        if (command != "verify")
            all.insert(all.end(), {"--yes", "--log-dir", folder_.path().string()});
        if (command == "up") all.emplace_back("--no-backup");
        if (command == "down") all.emplace_back("--all");
        return all;
    }

    TempFolder folder_;
    std::string url_ = before_database("agent_hive", {"types=text"});
};

TEST_F(HiveKill, InsideAFillGoesOnWhereItWas) {
    const std::string schema = schema_dump(url_);
    const std::string rows = row_hashes(url_);
    {
        RunningUp up(words("up"));
        ASSERT_TRUE(wait_until([&] {
            return ask(url_, "SELECT to_regclass('ingot.migration_log') IS NOT NULL") == "t" &&
                   ask(url_, "SELECT count(*) >= 3 FROM ingot.migration_log WHERE step LIKE "
                             "'%(batch)'") == "t";
        }));
        up.end();
    }
    const std::string filled = ask(
        url_, "SELECT sum(records_processed) FROM ingot.migration_log WHERE step LIKE '%(batch)'");
    EXPECT_EQ(run_ingot(words("up")).exit_code, 0);
    EXPECT_EQ(run_ingot(words("verify")).exit_code, 0);
    // No row was filled twice.
    EXPECT_EQ(ask(url_,
                  "SELECT count(*) FROM (SELECT 1 FROM ingot.migration_journal WHERE row_key IS "
                  "NOT NULL GROUP BY object, row_key HAVING count(*) > 1) AS twice"),
              "0")
        << "after " << filled;
    EXPECT_EQ(run_ingot(words("down")).exit_code, 0);
    EXPECT_EQ(schema_dump(url_), schema);
    EXPECT_EQ(row_hashes(url_), rows);
}

TEST_F(HiveKill, InsideAConcurrentBuildLeavesAnIndexThatIsBuiltAgain) {
    const std::string schema = schema_dump(url_);
    {
        // An older transaction keeps the build from coming to its end.
        const auto older = schema::open_postgres(url_, "public");
        older->begin();
        older->query("SELECT count(*) FROM project_management_tasks");
        older->query("SELECT count(*) FROM project_management_projects");
        RunningUp up(words("up"));
        ASSERT_TRUE(wait_until([&] {
            return ask(url_, "SELECT count(*) > 0 FROM pg_index WHERE NOT indisvalid") == "t";
        }));
        up.end();
        older->rollback();
    }
    EXPECT_EQ(run_ingot(words("up")).exit_code, 0);
    EXPECT_EQ(ask(url_, "SELECT count(*) FROM pg_index WHERE NOT indisvalid"), "0");
    EXPECT_EQ(run_ingot(words("verify")).exit_code, 0);
    EXPECT_EQ(run_ingot(words("down")).exit_code, 0);
    EXPECT_EQ(schema_dump(url_), schema);
}

}  // namespace
}  // namespace ingot::testing
