// SPDX-License-Identifier: MIT
#include "tests/loaders/before_state.hpp"
#include "tests/loaders/schema/pack_fixture.hpp"

#include <sstream>

namespace ingot::testing {
namespace {

struct Case {
    std::string pack;
    std::string fixture;
    std::vector<std::string> variables;
};

std::string name_of_case(const ::testing::TestParamInfo<Case>& info) {
    std::string name = info.param.fixture;
    for (const std::string& variable : info.param.variables) name += "_" + variable;
    std::erase_if(name, [](unsigned char c) { return std::isalnum(c) == 0 && c != '_'; });
    return name;
}

/// The rows of all tables but those that a pack writes a record to.
std::string rows_of(const PackOn& on) {
    std::istringstream lines(row_hashes(on.url()));
    std::string rows;
    for (std::string line; std::getline(lines, line);) {
        bool is_record = false;
        for (const std::string& table : on.pack().record_tables)
            is_record = is_record || line.starts_with("public." + schema::identifier(table) + " ");
        if (!is_record) rows += line + "\n";
    }
    return rows;
}

class PackRoundTrip : public ::testing::TestWithParam<Case> {};

TEST_P(PackRoundTrip, GoesUpAndBackToTheVeryStart) {
    PackOn on(GetParam().pack, GetParam().fixture, GetParam().variables);
    const std::string before = schema_dump(on.url());
    const std::string rows = rows_of(on);

    on.up();
    EXPECT_EQ(failures(on.verify()), "");
    EXPECT_NE(schema_dump(on.url()), before);
    EXPECT_TRUE(on.up().versions.empty());
    EXPECT_EQ(on.plan().pending.size(), 0U);

    on.down_all();
    EXPECT_EQ(schema_dump(on.url()), before);
    EXPECT_EQ(rows_of(on), rows);

    on.up();
    EXPECT_EQ(failures(on.verify()), "");
}

INSTANTIATE_TEST_SUITE_P(
    Packs, PackRoundTrip,
    ::testing::Values(
        Case{"terminal-manager-index-rename", "terminal_manager", {"owner=stored_events"}},
        Case{"terminal-manager-index-rename", "terminal_manager", {"owner=budget_history"}},
        Case{"project-tracking-indexes", "codebase_mcp", {"rev=003b"}},
        Case{"project-tracking-indexes", "codebase_mcp", {"rev=003"}},
        Case{"assistant-table-rename", "personal_ai", {}},
        Case{"agent-hive-2", "agent_hive", {"types=text"}},
        Case{"agent-hive-2", "agent_hive", {"types=enum"}},
        Case{"agent-hive-2", "agent_hive_genuine", {}}),
    name_of_case);

}  // namespace
}  // namespace ingot::testing
