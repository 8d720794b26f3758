// SPDX-License-Identifier: MIT
#include "tests/loaders/before_state.hpp"
#include "tests/loaders/schema/pack_fixture.hpp"

#include <algorithm>

namespace ingot::testing {
namespace {

constexpr const char* kPack = "agent-hive-2";

/// Where the project is found under which names.
struct Names {
    std::string fixture;
    std::vector<std::string> variables;
    std::string projects, tasks;
    bool capitals = false;  ///< Of labels.
};

/// The pack applied once for each kind of names; tests that take nothing back share it.
PackOn& applied(const Names& names) {
    static std::map<std::string, std::unique_ptr<PackOn>> all;
    auto& on = all[names.fixture + (names.variables.empty() ? "" : names.variables[0])];
    if (on == nullptr) {
        on = std::make_unique<PackOn>(kPack, names.fixture, names.variables);
        on->up();
    }
    return *on;
}

class AgentHivePack : public ::testing::TestWithParam<Names> {
protected:
    /// The query with the database's names for ${projects} and ${tasks}.
    std::string ask(std::string sql) {
        const auto put = [&](const std::string& mark, const std::string& name) {
            for (std::size_t at = sql.find(mark); at != std::string::npos; at = sql.find(mark))
                sql.replace(at, mark.size(), name);
        };
        put("${projects}", GetParam().projects);
        put("${tasks}", GetParam().tasks);
        return on_.ask(sql);
    }

    PackOn& on_ = applied(GetParam());
};

TEST_P(AgentHivePack, EstimatesATaskFromItsNewComplexity) {
    EXPECT_EQ(ask("SELECT string_agg(DISTINCT format('%s %s', complexity_score, "
                  "estimated_duration_minutes), ', ') FROM ${tasks}"),
              "4 120, 5 120, 6 240, 8 480");
    EXPECT_EQ(ask("SELECT count(*) FROM ${tasks} WHERE (complexity_score = 8) <> "
                  "(lower(task_type::text) IN ('architecture', 'research'))"),
              "0");
}

TEST_P(AgentHivePack, LetsArchitectsTakeOnMoreThanOthers) {
    EXPECT_EQ(ask(GetParam().capitals
                      ? "SELECT string_agg(DISTINCT role || ' ' || max_concurrent_projects, ', ') "
                        "FROM agents"
                      : "SELECT string_agg(DISTINCT agent_type || ' ' || max_concurrent_projects, "
                        "', ') FROM agents"),
              GetParam().capitals
                  ? "architect 3, developer 1, qa 1"
                  : "architect 3, developer 1, meta_agent 5, qa 1, senior_developer 3");
}

TEST_P(AgentHivePack, GivesEveryEntityAnIdThatTheApplicationAccepts) {
    EXPECT_EQ(ask("SELECT short_id FROM ${projects} WHERE name = 'Project 7'"), "PRJ-A7B2");
    EXPECT_EQ(ask("SELECT count(DISTINCT short_id) FROM ${tasks} WHERE short_id ~ "
                  "'^TSK-[23456789ABCDEFGHJKMNPQRSTVWXYZ]{4}$'"),
              ask("SELECT count(*) FROM ${tasks}"));
    EXPECT_EQ(ask("SELECT count(*) FROM short_id_registry WHERE entity_type = 'tasks'"),
              ask("SELECT count(*) FROM ${tasks}"));
}

TEST_P(AgentHivePack, LetsAnAgentComeWithoutAShortId) {
    on_.run(GetParam().capitals ? "INSERT INTO agents (id, name, type, status) "
                                  "VALUES (gen_random_uuid(), 'new', 'CLAUDE', 'active')"
                                : "INSERT INTO agents (name, status) VALUES ('new', 'active')");
    EXPECT_EQ(ask("SELECT format('%s %s %s', short_id IS NULL, max_concurrent_projects, "
                  "project_assignments) FROM agents WHERE name = 'new'"),
              "t 1 []");
    EXPECT_EQ(failures(on_.verify()), "");
}

TEST_P(AgentHivePack, CountsTasksOnceInTheDashboard) {
    const std::string archived = GetParam().capitals ? "ARCHIVED" : "archived";
    EXPECT_EQ(ask("SELECT sum(epic_count) FROM project_dashboard_summary"), "500");
    EXPECT_EQ(ask("SELECT count(*) FROM project_dashboard_summary"),
              ask("SELECT count(*) FROM ${projects} WHERE status::text <> '" + archived + "'"));
    EXPECT_EQ(ask("SELECT sum(task_count) FROM project_dashboard_summary"), "5000");
    EXPECT_EQ(ask("SELECT sum(completed_tasks) > 0 FROM project_dashboard_summary"), "t");
    on_.run("REFRESH MATERIALIZED VIEW CONCURRENTLY project_dashboard_summary");
}

TEST_P(AgentHivePack, DividesMinutesWithTheirFraction) {
    on_.run("UPDATE " + GetParam().tasks +
            " SET actual_duration_minutes = 3 * "
            "estimated_duration_minutes / 4");
    on_.run("UPDATE " + GetParam().projects + " SET created_at = now()");
    EXPECT_EQ(ask("SELECT string_agg(DISTINCT round(estimation_accuracy, 2)::text, ' ') "
                  "FROM project_performance_metrics"),
              "0.75");
}

TEST_P(AgentHivePack, RefusesASecondAllocationAtTheSameTime) {
    const std::string allocation =
        "INSERT INTO project_resource_allocations (project_id, agent_id, capacity_percentage, "
        "allocated_at) SELECT p.id, a.id, 50, '2026-01-01' FROM " +
        GetParam().projects + " p, agents a ORDER BY p.id, a.id LIMIT 1";
    on_.run(allocation);
    EXPECT_THROW(on_.run(allocation), schema::StatementFailed);
    EXPECT_THROW(on_.run("INSERT INTO cross_project_dependencies (source_project_id, "
                         "dependency_type) SELECT id, 'blocks' FROM " +
                         GetParam().projects + " LIMIT 1"),
                 schema::StatementFailed);
}

INSTANTIATE_TEST_SUITE_P(
    Names, AgentHivePack,
    ::testing::Values(Names{"agent_hive",
                            {"types=text"},
                            "project_management_projects",
                            "project_management_tasks"},
                      Names{"agent_hive",
                            {"types=enum"},
                            "project_management_projects",
                            "project_management_tasks"},
                      Names{"agent_hive_genuine", {}, "projects", "project_tasks", true}),
    [](const ::testing::TestParamInfo<Names>& one) {
        return one.param.capitals                       ? std::string("Genuine")
               : one.param.variables[0] == "types=text" ? std::string("Text")
                                                        : std::string("Enum");
    });

TEST(AgentHivePack, KeepsIdsThatSomebodyChangedSince) {
    PackOn on(kPack, "agent_hive", {"tasks=600"});
    on.up();
    on.run("UPDATE agents SET short_id = 'AGT-MINE' WHERE name = 'Agent 1'");
    const auto plan =
        schema::plan_down(on.pack(), on.target(), on.ledger(), {.to = 5, .all = false, .only = {}});
    EXPECT_EQ(std::ranges::count_if(plan.reversals,
                                    [](const schema::Reversal& each) { return each.kept > 0; }),
              1);
    on.down({.to = 5, .all = false, .only = {}});
    EXPECT_EQ(on.ask("SELECT string_agg(short_id, ' ') FROM agents"), "AGT-MINE");
    EXPECT_EQ(on.ask("SELECT count(*) FROM project_management_projects WHERE short_id IS NULL"),
              "40");
}

TEST(AgentHivePack, RefusesAnotherDatabaseWithWhatEachVariantLacks) {
    try {
        const PackOn on(kPack, "codebase_mcp");
        FAIL() << "it was taken for " << on.pack().variant;
    } catch (const RunError& error) {
        EXPECT_EQ(error.exit, Exit::invalid);
        const std::string what = error.what();
        EXPECT_NE(what.find("states as text: this one has no table project_management_projects"),
                  std::string::npos)
            << what;
        EXPECT_NE(what.find("genuine: this one has no table projects"), std::string::npos) << what;
    }
}

TEST(AgentHivePack, TakesAnIdThatIsRegisteredForItsEntity) {
    PackOn on(kPack, "agent_hive", {"tasks=600"});
    on.run("INSERT INTO short_id_registry (short_id, entity_type, entity_id) "
           "SELECT 'AGT-HERB', 'agents', id FROM agents WHERE name = 'Agent 3'");
    const std::string rows = row_hashes(on.url());
    on.up();
    EXPECT_EQ(on.ask("SELECT short_id FROM agents WHERE name = 'Agent 3'"), "AGT-HERB");
    EXPECT_EQ(failures(on.verify()), "");
    on.down_all();
    EXPECT_EQ(row_hashes(on.url()), rows);
}

TEST(AgentHivePack, SwitchesAFeatureOffAlone) {
    PackOn on(kPack, "agent_hive");
    const auto& switches = on.pack().switches;
    ASSERT_EQ(switches.size(), 2U);
    const schema::Catalog catalog = schema::read_catalog(on.target());
    for (const schema::Switch& each : switches)
        EXPECT_EQ(each.operation->assess({catalog, on.target()}).state, schema::State::to_do);
}

}  // namespace
}  // namespace ingot::testing
