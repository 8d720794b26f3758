// SPDX-License-Identifier: MIT
#include "tests/loaders/before_state.hpp"
#include "tests/loaders/schema/pack_fixture.hpp"

#include <algorithm>

namespace ingot::testing {
namespace {

constexpr const char* kPack = "project-tracking-indexes";

constexpr const char* kNumberOfIdx =
    R"(SELECT count(*) FROM pg_indexes WHERE schemaname = 'public' AND indexname LIKE 'idx\_%')";

class TrackingPack : public ::testing::TestWithParam<const char*> {};

TEST_P(TrackingPack, CreatesTwoIndexesAndLeavesTheOneThatIsCovered) {
    PackOn on(kPack, "codebase_mcp", {GetParam()});
    const auto steps = on.plan().steps;
    ASSERT_EQ(steps.size(), 3U);
    EXPECT_EQ(steps[0].assessment.state, schema::State::covered);
    EXPECT_NE(steps[0].assessment.why.find("ix_tasks_status"), std::string::npos);
    on.up();
    EXPECT_EQ(on.ask(kNumberOfIdx), "21");
    EXPECT_EQ(on.ask("SELECT to_regclass('idx_work_item_status') IS NULL"), "t");
}

TEST_P(TrackingPack, DropsJustTheTwoThatItCreated) {
    PackOn on(kPack, "codebase_mcp", {GetParam()});
    on.up();
    on.down_all();
    EXPECT_EQ(on.ask(kNumberOfIdx), "19");
    EXPECT_EQ(on.ask("SELECT to_regclass('ix_tasks_status') IS NOT NULL"), "t");
}

INSTANTIATE_TEST_SUITE_P(BothRevisions, TrackingPack, ::testing::Values("rev=003b", "rev=003"));

TEST(TrackingPack, TakesBackOneIndexAloneWhenItHurts) {
    PackOn on(kPack, "codebase_mcp");
    on.up();
    on.down({.to = {}, .all = false, .only = {"idx_work_item_depth"}});
    EXPECT_EQ(on.ask("SELECT to_regclass('idx_work_item_depth') IS NULL"), "t");
    EXPECT_EQ(on.ask("SELECT to_regclass('idx_enhancement_target_quarter') IS NOT NULL"), "t");
}

TEST(TrackingPack, ReportsQuartersThatAreSpeltOtherwise) {
    PackOn on(kPack, "codebase_mcp");
    const schema::Verification verification = on.verify();
    const auto found = std::ranges::find(verification.answers, "quarters not spelt YYYY-Qn",
                                         &schema::Answer::name);
    ASSERT_NE(found, verification.answers.end());
    EXPECT_EQ(found->value, "7");
    EXPECT_EQ(found->verdict, schema::Verdict::warning);
}

}  // namespace
}  // namespace ingot::testing
