// SPDX-License-Identifier: MIT
#include "tests/loaders/before_state.hpp"
#include "tests/loaders/schema/pack_fixture.hpp"

namespace ingot::testing {
namespace {

constexpr const char* kPack = "terminal-manager-index-rename";

/// "index on table" of all composite indexes, by name.
constexpr const char* kComposite = R"(
    SELECT string_agg(format('%s on %s', indexrelid::regclass, indrelid::regclass), E'\n'
                      ORDER BY indexrelid::regclass::text COLLATE "C")
      FROM pg_index WHERE indnatts > 1 AND indrelid::regclass::text !~ '^(pg_|ingot\.)')";

constexpr const char* kTwelveAndThree = R"(ix_agent_started on sessions
ix_budget_hist_agent_period on budget_history
ix_budget_hist_agent_timestamp on budget_history
ix_budget_hist_blocked_timestamp on budget_history
ix_budget_hist_operation_timestamp on budget_history
ix_budget_hist_session_timestamp on budget_history
ix_project_started on sessions
ix_status_started on sessions
ix_stored_event_agent_intent on stored_events
ix_stored_event_agent_timestamp on stored_events
ix_stored_event_event_type_timestamp on stored_events
ix_stored_event_intent_timestamp on stored_events
ix_stored_event_project_timestamp on stored_events
ix_stored_event_session_timestamp on stored_events
ix_stored_event_trace_timestamp on stored_events)";

class TerminalManagerPack : public ::testing::TestWithParam<const char*> {};

TEST_P(TerminalManagerPack, PutsTwelveIndexesOnTheTablesOfTheirNames) {
    PackOn on(kPack, "terminal_manager", {GetParam()});
    const schema::RunResult result = on.up();
    EXPECT_EQ(result.steps_done, 12);
    EXPECT_EQ(on.ask(kComposite), kTwelveAndThree);
    EXPECT_EQ(on.up().steps_done, 0);
}

TEST_P(TerminalManagerPack, BuildsOnlyWhatTheOtherTableCouldNotHave) {
    PackOn on(kPack, "terminal_manager", {GetParam()});
    std::size_t builds = 0;
    for (const schema::PlannedStep& step : on.plan().steps)
        for (const schema::Action& action : step.assessment.actions)
            builds += action.effort == schema::Effort::build ? 1 : 0;
    EXPECT_EQ(builds, 2U);
}

INSTANTIATE_TEST_SUITE_P(BothOwners, TerminalManagerPack,
                         ::testing::Values("owner=stored_events", "owner=budget_history"));

TEST(TerminalManagerPack, StopsBeforeAnyChangeWhenANewNameIsTaken) {
    PackOn on(kPack, "terminal_manager");
    on.run("CREATE INDEX ix_stored_event_agent_intent ON sessions (project, status)");
    const std::string before = schema_dump(on.url());
    EXPECT_NE(obstacles(on.plan()).find("ix_stored_event_agent_intent"), std::string::npos);
    EXPECT_THROW(on.up(), RunError);
    EXPECT_EQ(schema_dump(on.url()), before);
}

TEST(TerminalManagerPack, RebuildsAnIndexThatAFailedBuildLeftInvalid) {
    PackOn on(kPack, "terminal_manager", {"owner=budget_history"});
    on.run("CREATE INDEX ix_stored_event_agent_timestamp ON stored_events (agent_id, timestamp)");
    on.run("UPDATE pg_index SET indisvalid = false "
           "WHERE indexrelid = 'ix_stored_event_agent_timestamp'::regclass");
    on.up();
    EXPECT_EQ(failures(on.verify()), "");
    EXPECT_EQ(on.ask("SELECT indisvalid FROM pg_index "
                     "WHERE indexrelid = 'ix_stored_event_agent_timestamp'::regclass"),
              "t");
}

}  // namespace
}  // namespace ingot::testing
