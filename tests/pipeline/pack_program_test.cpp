// SPDX-License-Identifier: MIT
#include "tests/loaders/before_state.hpp"
#include "tests/pipeline/program.hpp"
#include "tests/pipeline/temp_folder.hpp"

#include <gtest/gtest.h>

#include <boost/filesystem/fstream.hpp>

#include <sstream>

namespace ingot::testing {
namespace {

struct Case {
    std::string pack, fixture;
    std::vector<std::string> variables;
    std::string record = {};  ///< A table that keeps what the pack wrote into it.
};

std::string name_of(const ::testing::TestParamInfo<Case>& one) {
    std::string name = one.param.fixture;
    for (const std::string& variable : one.param.variables) name += "_" + variable;
    std::erase_if(name, [](unsigned char c) { return std::isalnum(c) == 0 && c != '_'; });
    return name;
}

/// A pack on a before-state, by the program alone.
class PackProgram : public ::testing::TestWithParam<Case> {
protected:
    Finished schema(std::vector<std::string> words) {
        words.insert(words.begin(), "schema");
        for (const std::string& word :
             {std::string("--pack"), GetParam().pack, std::string("--postgres"), url_})
            words.push_back(word);
        if (words[1] == "up" || words[1] == "down") {
            words.push_back("--log-dir");
            words.push_back(folder_.path().string());
        }
        return run_ingot(std::move(words));
    }

    std::string rows() const {
        std::istringstream lines(row_hashes(url_));
        std::string kept;
        for (std::string line; std::getline(lines, line);)
            if (GetParam().record.empty() || line.find(GetParam().record) == std::string::npos)
                kept += line + "\n";
        return kept;
    }

    TempFolder folder_;
    std::string url_ = before_database(GetParam().fixture, GetParam().variables);
};

TEST_P(PackProgram, GoesUpIsProvedAndGoesBack) {
    const std::string before = schema_dump(url_);
    const std::string rows_before = rows();

    EXPECT_EQ(schema({"status", "--exit-code"}).exit_code, 8);
    const Finished up = schema({"up", "--yes", "--no-backup"});
    ASSERT_EQ(up.exit_code, 0) << up.output << up.errors;
    const Finished proofs = schema({"verify"});
    EXPECT_EQ(proofs.exit_code, 0) << proofs.output << proofs.errors;
    EXPECT_EQ(schema({"status", "--exit-code"}).exit_code, 0);
    const std::string after = schema_dump(url_);
    EXPECT_EQ(schema({"up", "--yes", "--no-backup"}).exit_code, 0);
    EXPECT_EQ(schema_dump(url_), after);

    const Finished down = schema({"down", "--all", "--yes"});
    ASSERT_EQ(down.exit_code, 0) << down.output << down.errors;
    EXPECT_EQ(schema_dump(url_), before);
    EXPECT_EQ(rows(), rows_before);
}

TEST_P(PackProgram, PlansWithoutChangingAnything) {
    const std::string before = schema_dump(url_);
    const std::string rows_before = row_hashes(url_);
    const Finished plan = schema({"plan"});
    EXPECT_EQ(plan.exit_code, 0) << plan.output << plan.errors;
    EXPECT_EQ(schema({"plan"}).output, plan.output);
    EXPECT_EQ(schema_dump(url_), before);
    EXPECT_EQ(row_hashes(url_), rows_before);
}

TEST_P(PackProgram, HasSqlThatTheLinterLikes) {
    const Finished plan = schema({"plan", "--sql"});
    ASSERT_EQ(plan.exit_code, 0) << plan.errors;
    const std::string file = (folder_.path() / "plan.sql").string();
    boost::filesystem::ofstream(folder_.path() / "plan.sql") << plan.output;
    const Finished lint = run_ingot({"schema", "lint", "--strict", file});
    EXPECT_EQ(lint.exit_code, 0) << lint.output;
}

TEST_P(PackProgram, PrintsSqlThatPsqlRunsToTheSameEnd) {
    const std::string script = (folder_.path() / "plan.sql").string();
    boost::filesystem::ofstream(folder_.path() / "plan.sql") << schema({"plan", "--sql"}).output;
    const std::string other = before_database(GetParam().fixture, GetParam().variables);
    const Finished psql = run({"/usr/bin/psql", "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1",
                               "--file=" + script, "--dbname=" + other});
    ASSERT_EQ(psql.exit_code, 0) << psql.errors;
    ASSERT_EQ(schema({"up", "--yes", "--no-backup"}).exit_code, 0);
    EXPECT_EQ(schema_dump(other), schema_dump(url_));
}

INSTANTIATE_TEST_SUITE_P(
    Packs, PackProgram,
    ::testing::Values(
        Case{"terminal-manager-index-rename", "terminal_manager", {"owner=stored_events"}},
        Case{"terminal-manager-index-rename", "terminal_manager", {"owner=budget_history"}},
        Case{"project-tracking-indexes", "codebase_mcp", {"rev=003b"}},
        Case{"project-tracking-indexes", "codebase_mcp", {"rev=003"}},
        Case{"assistant-table-rename", "personal_ai", {}, "\"AuditLog\""},
        Case{"agent-hive-2", "agent_hive", {"types=text"}},
        Case{"agent-hive-2", "agent_hive", {"types=enum"}},
        Case{"agent-hive-2", "agent_hive_genuine", {}}),
    name_of);

}  // namespace
}  // namespace ingot::testing
