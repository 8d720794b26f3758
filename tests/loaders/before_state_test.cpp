// SPDX-License-Identifier: MIT
#include "tests/loaders/before_state.hpp"

#include <pqxx/except>

#include <sstream>
#include <stdexcept>

namespace ingot::testing {
namespace {

struct Variant {
    std::string name;  ///< In the name of the test.
    std::string fixture;
    std::vector<std::string> variables;
    int tables;
    long rows;
};

class BeforeStates : public ::testing::TestWithParam<Variant> {};

TEST_P(BeforeStates, HoldTheirTablesAndRows) {
    std::istringstream lines(row_hashes(before_database(GetParam().fixture, GetParam().variables)));
    int tables = 0;
    long rows = 0;
    std::string name;
    std::string hash;
    for (long count = 0; lines >> name >> count >> hash; rows += count) ++tables;
    EXPECT_EQ(tables, GetParam().tables);
    EXPECT_EQ(rows, GetParam().rows);
}

TEST_P(BeforeStates, AreTheSameEachTimeTheyAreMade) {
    const std::string first = before_database(GetParam().fixture, GetParam().variables);
    // The order of variables does not matter to psql, but it makes another template.
    std::vector<std::string> more = GetParam().variables;
    more.emplace_back("again=1");
    const std::string second = before_database(GetParam().fixture, more);
    EXPECT_EQ(schema_dump(first), schema_dump(second));
    EXPECT_EQ(row_hashes(first), row_hashes(second));
}

const std::vector<Variant> kVariants{
    {"TerminalManager", "terminal_manager", {}, 6, 9052},
    {"TerminalManagerOfBudgets", "terminal_manager", {"owner=budget_history"}, 6, 9052},
    {"AgentHive", "agent_hive", {}, 9, 14352},
    {"AgentHiveWithEnums", "agent_hive", {"types=enum"}, 9, 14352},
    {"AgentHiveInAnotherSize",
     "agent_hive",
     {"projects=10", "agents=5", "sessions=8", "tasks=100"},
     9,
     563},
    {"AgentHiveGenuine", "agent_hive_genuine", {}, 10, 9791},
    {"PersonalAi", "personal_ai", {}, 63, 22200},
    {"PersonalAiOfTenThousandRows", "personal_ai", {"sessions=500", "messages=2500"}, 63, 10000},
    {"CodebaseMcp", "codebase_mcp", {}, 15, 18649},
    {"CodebaseMcpAtAnEarlierRevision", "codebase_mcp", {"rev=003"}, 15, 18649},
};

INSTANTIATE_TEST_SUITE_P(All, BeforeStates, ::testing::ValuesIn(kVariants),
                         [](const auto& variant) { return variant.param.name; });

std::string table_of_index(const std::string& url, const std::string& index) {
    return ask(url, "SELECT tablename FROM pg_indexes WHERE indexname = '" + index + "'");
}

TEST(BeforeState, TerminalManagersSharedNamesBelongToTheOwner) {
    const std::string events = before_database("terminal_manager");
    const std::string budgets = before_database("terminal_manager", {"owner=budget_history"});
    EXPECT_EQ(table_of_index(events, "ix_agent_timestamp"), "stored_events");
    EXPECT_EQ(table_of_index(events, "ix_session_timestamp"), "stored_events");
    EXPECT_EQ(table_of_index(budgets, "ix_agent_timestamp"), "budget_history");
    EXPECT_EQ(table_of_index(budgets, "ix_session_timestamp"), "budget_history");
    EXPECT_EQ(table_of_index(budgets, "ix_agent_started"), "sessions");
}

TEST(BeforeState, AgentHivesEnumsLackTheWordsOfItsRoadmap) {
    const std::string text = before_database("agent_hive");
    const std::string enums = before_database("agent_hive", {"types=enum"});
    EXPECT_EQ(ask(text, "SELECT count(*) FROM agents WHERE status = 'idle'"), "12");
    EXPECT_THROW(ask(enums, "SELECT FROM agents WHERE status = 'idle'"), pqxx::sql_error);
    EXPECT_THROW(
        ask(enums, "SELECT FROM project_management_tasks WHERE kanban_state = 'completed'"),
        pqxx::sql_error);
}

TEST(BeforeState, AgentHiveLacksAThirdOfItsShortIds) {
    const std::string url = before_database("agent_hive");
    const std::string form = "'^(PRJ|EPC|PRD|TSK)-[23456789ABCDEFGHJKMNPQRSTVWXYZ]{4}$'";
    EXPECT_EQ(ask(url, "SELECT count(*) FROM project_management_tasks WHERE short_id IS NULL"),
              "2000");
    EXPECT_EQ(ask(url, "SELECT name FROM project_management_projects WHERE short_id = 'PRJ-A7B2'"),
              "Project 7");
    EXPECT_EQ(ask(url, "SELECT count(*) FROM short_id_registry WHERE short_id ~ " + form), "5680");
    EXPECT_EQ(ask(url, "SELECT count(*) FROM short_id_registry"), "5680");
}

TEST(BeforeState, AgentHivesGenuineTablesLackColumnsOfItsRoadmap) {
    const std::string url = before_database("agent_hive_genuine");
    EXPECT_THROW(ask(url, "SELECT short_id FROM agents"), pqxx::undefined_column);
    EXPECT_THROW(ask(url, "SELECT project_id FROM project_tasks"), pqxx::undefined_column);
    EXPECT_THROW(ask(url, "SELECT FROM project_management_tasks"), pqxx::undefined_table);
    EXPECT_EQ(table_of_index(url, "ix_tasks_prd_kanban"), "project_tasks");
}

TEST(BeforeState, PersonalAisUserHasSixtyFourReferences) {
    const std::string url = before_database("personal_ai");
    const std::string references = " FROM pg_constraint WHERE confrelid = '\"User\"'::regclass";
    EXPECT_EQ(ask(url, "SELECT count(*)" + references), "64");
    EXPECT_EQ(ask(url, "SELECT count(DISTINCT conrelid)" + references), "58");
    EXPECT_EQ(ask(url, "SELECT count(*)" + references + " AND confdeltype = 'c'"), "30");
    EXPECT_EQ(ask(url, "SELECT count(*)" + references + " AND confdeltype = 'n'"), "21");
    EXPECT_EQ(ask(url, "SELECT count(*)" + references + " AND confdeltype = 'r'"), "13");
}

TEST(BeforeState, PersonalAisFirstConversationsBelongToChats) {
    const std::string url = before_database("personal_ai");
    EXPECT_EQ(ask(url, R"(SELECT count(*) FROM "AssistantConversation" c
                            JOIN "AssistantChatSession" s
                              ON s.id = c."sessionId" AND s."userId" = c."userId")"),
              "300");
    EXPECT_EQ(
        ask(url, R"(SELECT count(*) FROM "AssistantChatSession" WHERE "sessionName" IS NULL)"),
        "500");
}

TEST(BeforeState, CodebaseMcpForbidsTheStatusThatItsPlanAsksFor) {
    const std::string url = before_database("codebase_mcp");
    EXPECT_THROW(ask(url, "UPDATE tasks SET status = 'active'"), pqxx::check_violation);
    EXPECT_EQ(ask(url, "SELECT count(*) FROM future_enhancements "
                       "WHERE target_quarter !~ '^[0-9]{4}-Q[1-4]$'"),
              "7");
    EXPECT_EQ(ask(url, "SELECT count(*) FROM pg_indexes WHERE indexname LIKE 'idx\\_%'"), "19");
}

TEST(BeforeState, CodebaseMcpHasTheColumnsOfItsRevision) {
    const std::string later = before_database("codebase_mcp");
    const std::string earlier = before_database("codebase_mcp", {"rev=003"});
    EXPECT_EQ(ask(later, "SELECT count(*) FROM tasks WHERE branch_name IS NOT NULL"), "3000");
    EXPECT_THROW(ask(earlier, "SELECT branch_name FROM tasks"), pqxx::undefined_column);
    EXPECT_EQ(ask(earlier, "SELECT version_num FROM alembic_version"), "003");
}

TEST(BeforeState, AChangeIsSeenInItsDatabaseOnly) {
    const std::string changed = before_database("terminal_manager");
    const std::string kept = before_database("terminal_manager");
    ask(changed, "UPDATE projects SET name = name || '!' WHERE path LIKE '%-3'");
    ask(changed, "ALTER INDEX ix_agent_intent RENAME TO ix_other");
    EXPECT_NE(row_hashes(changed), row_hashes(kept));
    EXPECT_NE(schema_dump(changed), schema_dump(kept));
}

TEST(BeforeState, HashesIgnoreTheOrderOfRowsButNotTheirNumber) {
    const std::string url = empty_database();
    ask(url, "CREATE TABLE t AS SELECT n FROM generate_series(1, 9) n");
    ask(url, "CREATE TABLE u AS SELECT n FROM generate_series(9, 1, -1) n");
    ask(url, "CREATE TABLE v AS SELECT n FROM t UNION ALL SELECT 9");
    std::istringstream lines(row_hashes(url));
    std::string t, u, v, name, count;
    lines >> name >> count >> t >> name >> count >> u >> name >> count >> v;
    EXPECT_EQ(name + " " + count, "public.v 10");
    EXPECT_EQ(t, u);
    EXPECT_NE(t, v);
}

TEST(BeforeState, DumpAndHashesLeaveIngotsOwnSchemaOut) {
    const std::string url = empty_database();
    const std::string before = schema_dump(url);
    ask(url, "CREATE SCHEMA ingot");
    ask(url, "CREATE TABLE ingot.t AS SELECT 1");
    EXPECT_EQ(schema_dump(url), before);
    EXPECT_EQ(row_hashes(url), "");
}

TEST(BeforeState, AFailingScriptIsAnError) {
    EXPECT_THROW(before_database("terminal_manager", {"owner=nobody"}), std::runtime_error);
    EXPECT_THROW(before_database("no_such_fixture"), std::runtime_error);
}

}  // namespace
}  // namespace ingot::testing
