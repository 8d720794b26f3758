// SPDX-License-Identifier: MIT
#include "tests/loaders/before_state.hpp"
#include "tests/loaders/schema/linted.hpp"
#include "tests/loaders/schema/pack_fixture.hpp"

#include "loaders/schema/lint.hpp"

namespace ingot::testing {
namespace {

using schema::State;

struct Case {
    std::string pack;
    std::string fixture;
    std::vector<std::string> variables;
    std::string variant;
    std::size_t done, covered, to_do;
};

std::string name_of_case(const ::testing::TestParamInfo<Case>& info) {
    std::string name = info.param.fixture;
    for (const std::string& variable : info.param.variables) name += "_" + variable;
    std::erase_if(name, [](unsigned char c) { return std::isalnum(c) == 0 && c != '_'; });
    return name;
}

class PackPlan : public ::testing::TestWithParam<Case> {};

TEST_P(PackPlan, FindsWhatIsDoneCoveredAndToDo) {
    PackOn on(GetParam().pack, GetParam().fixture, GetParam().variables);
    EXPECT_EQ(on.pack().variant, GetParam().variant);
    const schema::Plan plan = on.plan();
    EXPECT_EQ(obstacles(plan), "");
    EXPECT_EQ(plan.count(State::done), GetParam().done);
    EXPECT_EQ(plan.count(State::covered), GetParam().covered);
    EXPECT_EQ(plan.count(State::to_do), GetParam().to_do);
    EXPECT_EQ(on.plan().fingerprint, plan.fingerprint);
}

TEST_P(PackPlan, HasNothingThatTheLinterFinds) {
    PackOn on(GetParam().pack, GetParam().fixture, GetParam().variables);
    const std::string script = schema::sql_script(on.plan());
    std::string found;
    for (const lint::Finding& each : lint::lint({{"plan.sql", script}}, {}).findings)
        found += std::string(each.rule->id) + " " + std::to_string(each.position.line) + ": " +
                 each.says + "\n";
    EXPECT_EQ(found, "") << script;
}

INSTANTIATE_TEST_SUITE_P(
    Packs, PackPlan,
    ::testing::Values(
        Case{"terminal-manager-index-rename",
             "terminal_manager",
             {"owner=stored_events"},
             "",
             12,
             0,
             12},
        Case{"terminal-manager-index-rename",
             "terminal_manager",
             {"owner=budget_history"},
             "",
             12,
             0,
             12},
        Case{"project-tracking-indexes", "codebase_mcp", {"rev=003b"}, "", 0, 1, 2},
        Case{"project-tracking-indexes", "codebase_mcp", {"rev=003"}, "", 0, 1, 2},
        Case{"assistant-table-rename", "personal_ai", {}, "", 2, 0, 39},
        Case{"agent-hive-2", "agent_hive", {"types=text"}, "roadmap, states as text", 8, 8, 80},
        Case{"agent-hive-2", "agent_hive", {"types=enum"}, "roadmap, states as enum", 8, 8, 80},
        Case{"agent-hive-2", "agent_hive_genuine", {}, "genuine", 0, 10, 81}),
    name_of_case);

}  // namespace
}  // namespace ingot::testing
