// SPDX-License-Identifier: MIT
#include "loaders/schema/rename/rename_plan.hpp"
#include "tests/loaders/before_state.hpp"
#include "tests/loaders/cluster.hpp"

#include "pipeline/model/errors.hpp"

#include <algorithm>

namespace ingot::schema::rename {
namespace {

using Names = std::vector<std::string>;

std::unique_ptr<Target> postgres_with(const Names& statements) {
    const std::string schema = ingot::testing::new_schema();
    ingot::testing::ask("CREATE SCHEMA " + identifier(schema));
    auto target = open_postgres(ingot::testing::cluster_url(), schema);
    for (const std::string& statement : statements) target->execute(statement);
    return target;
}

Plan plan_of(Target& target, const Map& map = {}) {
    return plan_renames(read_catalog(target), target, map);
}

const TablePlan* find(const Plan& plan, const std::string& table) {
    const auto at = std::ranges::find(plan.tables, table, &TablePlan::from);
    return at == plan.tables.end() ? nullptr : &*at;
}

TEST(RenamePlan, KnowsTheSixtyFourKeysOfThePersonalAssistant) {
    const auto target = open_postgres(ingot::testing::before_database("personal_ai"), "public");
    const Plan plan = plan_of(*target, {{"User", "users"}, {"AssistantFolder", "chat_folders"}});
    EXPECT_EQ(plan.tables.size(), 63U);
    EXPECT_EQ(plan.conflicts(), 0U);
    EXPECT_EQ(plan.disk_bytes, 0);
    EXPECT_EQ(plan.rows,
              std::stoll(ingot::testing::ask(
                  target->name(), "SELECT sum(reltuples)::bigint FROM pg_class WHERE "
                                  "relkind = 'r' AND relnamespace = 'public'::regnamespace")));
    const TablePlan* user = find(plan, "User");
    ASSERT_NE(user, nullptr);
    EXPECT_EQ(user->keys_in.size(), 64U);
    EXPECT_EQ(user->keys_out.size(), 3U);
    EXPECT_EQ(user->to, "users");
    EXPECT_TRUE(user->advice.empty());
    EXPECT_GT(plan.expected_ms, 0);
    EXPECT_LT(plan.expected_ms, 1'000);
    EXPECT_EQ(find(plan, "UserRole")->to, "user_role");
}

/// The statements of the plan, run, give exactly the names that it says.
TEST(RenamePlan, NamesWhatIsRenamedWithTheTable) {
    const auto target = postgres_with(
        {"CREATE TABLE \"User\" (id serial, mail text, CONSTRAINT \"User_pkey\" PRIMARY KEY (id))",
         "CREATE INDEX \"User_mail_idx\" ON \"User\" (mail)", "CREATE INDEX own ON \"User\" (mail)",
         "CREATE TABLE post (u int CONSTRAINT post_u REFERENCES \"User\")",
         "CREATE VIEW people AS SELECT mail FROM \"User\""});
    const Plan plan = plan_of(*target, {{"User", "users"}});
    ASSERT_EQ(plan.tables.size(), 1U);
    const TablePlan& user = plan.tables[0];
    Names names;
    for (const NewName& each : user.names)
        names.push_back(each.kind + " " + each.from + " " + each.to);
    EXPECT_EQ(names, (Names{"constraint User_pkey users_pkey", "index User_mail_idx users_mail_idx",
                            "sequence User_id_seq users_id_seq"}));
    EXPECT_EQ(user.keys_in, Names{"post.post_u"});
    EXPECT_EQ(user.views, Names{"people"});
    EXPECT_EQ(user.statements, 5U);
}

TEST(RenamePlan, FindsNamesThatAreTaken) {
    const auto target = postgres_with(
        {"CREATE TABLE \"UserRole\" (id int CONSTRAINT \"UserRole_pkey\" PRIMARY KEY)",
         "CREATE TYPE user_role AS ENUM ('a')", "CREATE TABLE t (a int)",
         "CREATE INDEX user_role_pkey ON t (a)", "CREATE TABLE \"Log\" (a int)",
         "CREATE TABLE \"LOG\" (a int)"});
    const Plan plan = plan_of(*target, {{"Log", "logs"}, {"LOG", "logs"}});
    EXPECT_EQ(find(plan, "UserRole")->conflicts,
              (Names{"the name user_role is taken by an enum type",
                     "the name constraint user_role_pkey is taken by an index"}));
    EXPECT_EQ(find(plan, "Log")->conflicts, Names{"the name logs is wanted for LOG too"});
    EXPECT_EQ(plan.conflicts(), 4U);
}

TEST(RenamePlan, WarnsOfWordsOfSqlAndLongNames) {
    const std::string lengthy(60, 'x');
    const auto target = postgres_with({"CREATE TABLE \"User\" (id int)",
                                       "CREATE TABLE \"AB" + lengthy + "\" (id int)",
                                       "CREATE TABLE plain (id int)"});
    const Plan plan = plan_of(*target, {{"AB" + lengthy, lengthy + "_and_more"}});
    EXPECT_EQ(find(plan, "User")->advice.size(), 1U);
    EXPECT_NE(find(plan, "User")->advice[0].find("such as users"), std::string::npos);
    EXPECT_EQ(find(plan, "AB" + lengthy)->conflicts.size(), 1U);
    EXPECT_EQ(find(plan, "plain"), nullptr);
}

TEST(RenamePlan, FindsRoutinesWhoseTextNamesATable) {
    const auto target = postgres_with(
        {"CREATE TABLE \"User\" (id int)",
         "CREATE FUNCTION direct() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM \"User\"'",
         "CREATE FUNCTION built() RETURNS void LANGUAGE plpgsql AS $$BEGIN "
         "EXECUTE 'DELETE FROM \"User\"'; END$$",
         "CREATE FUNCTION prose() RETURNS text LANGUAGE sql AS $$SELECT 'the User is' -- "
         "\"User\"\n$$",
         "CREATE FUNCTION lower_case() RETURNS name LANGUAGE sql AS 'SELECT user'",
         "CREATE FUNCTION longer() RETURNS int LANGUAGE sql AS 'SELECT 1 AS \"UserRole\"'",
         "CREATE FUNCTION bound() RETURNS bigint LANGUAGE sql BEGIN ATOMIC "
         "SELECT count(*) FROM \"User\"; END"});
    const Plan plan = plan_of(*target);
    EXPECT_EQ(plan.tables.at(0).routines, (Names{"built()", "direct()"}));
}

TEST(RenamePlan, ReadsTheMapThatItIsGiven) {
    EXPECT_EQ(read_map({"User=users", "A=b"}), (Map{{"A", "b"}, {"User", "users"}}));
    EXPECT_THROW(read_map({"User"}), UsageError);
    EXPECT_THROW(read_map({"=users"}), UsageError);
    EXPECT_THROW(read_map({"User="}), UsageError);
    EXPECT_THROW(read_map({"User=a", "User=b"}), UsageError);
    const auto target = postgres_with({"CREATE TABLE \"User\" (id int)"});
    EXPECT_THROW(plan_of(*target, {{"user", "users"}}), UsageError);
    const Plan plan = plan_of(*target, {{"User", "User"}});
    EXPECT_TRUE(plan.tables.empty());
    EXPECT_EQ(plan.left.size(), 1U);
}

TEST(RenamePlan, BecomesAPack) {
    const auto target = postgres_with({"CREATE TABLE \"User\" (id int)"});
    const auto files = pack_of(plan_of(*target, {{"User", "users"}}));
    ASSERT_EQ(files.size(), 1U);
    EXPECT_EQ(draft_text(files[0]),
              "says = \"Renames tables with their constraints, indexes and sequences.\"\n\n"
              "[[step]]\nop = \"rename_table\"\nfrom = \"User\"\nto = \"users\"\nview = true\n");
}

}  // namespace
}  // namespace ingot::schema::rename
