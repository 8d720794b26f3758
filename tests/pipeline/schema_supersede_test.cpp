// SPDX-License-Identifier: MIT
#include "tests/loaders/before_state.hpp"
#include "tests/pipeline/schema_place.hpp"

#include <gtest/gtest.h>

namespace ingot::testing {
namespace {

/// Migrations that change what earlier ones have made.
class SchemaSupersede : public ::testing::Test {
protected:
    SchemaSupersede() {
        execute("CREATE TABLE tasks (id integer PRIMARY KEY, notes text, n integer)");
        execute("CREATE TABLE \"Parent\" (id integer PRIMARY KEY)");
        execute("CREATE TABLE \"Child\" (id integer PRIMARY KEY, parent_id integer, n integer "
                "CONSTRAINT n_old CHECK (n > 0))");
    }

    void execute(const std::string& sql) const {
        const Finished done =
            run({"/usr/bin/env", "psql", "-q", "-v", "ON_ERROR_STOP=1", "-d", url_, "-c", sql});
        ASSERT_EQ(done.exit_code, 0) << done.errors;
    }

    Finished schema(const std::string& command, std::vector<std::string> more = {}) const {
        std::vector<std::string> words{"--pack", "mine", "--pack-dir", "packs", "--postgres", url_};
        if (command == "up") more.insert(more.end(), {"--no-backup", "--yes"});
        if (command == "down") more.emplace_back("--yes");
        words.insert(words.end(), more.begin(), more.end());
        return place_.schema(command, words);
    }

    static std::string step(const std::string& op, const std::string& keys) {
        return "[[step]]\nop = \"" + op + "\"\n" + keys + "\n";
    }

    static std::string index(const std::string& op) {
        return step(op, "table = \"tasks\"\nname = \"idx_notes\"\ncolumns = [\"notes\"]");
    }

    static std::string fallback(const std::string& value) {
        return step("set_default",
                    "table = \"tasks\"\ncolumn = \"notes\"\ndefault = \"'" + value + "'\"");
    }

    void write_superseding() const {
        place_.write_pack(
            "001_a.toml",
            index("create_index") + fallback("a") +
                step("create_view", "view = \"v1\"\nquery = \"SELECT id FROM tasks\""));
        place_.write_pack("002_b.toml",
                          index("drop_index") + fallback("b") + step("drop_view", "view = \"v1\""));
    }

    void write_renaming() const {
        place_.write_pack(
            "001_a.toml",
            step("create_index", "table = \"Child\"\nname = \"idx_n\"\ncolumns = [\"n\"]") +
                step("add_foreign_key",
                     "table = \"Child\"\nname = \"fk_parent\"\ncolumns = [\"parent_id\"]\ntarget = "
                     "\"Parent\"\ntarget_columns = [\"id\"]") +
                step("rename_constraint", "table = \"Child\"\nfrom = \"n_old\"\nto = \"n_new\""));
        place_.write_pack("002_b.toml",
                          step("rename_table", "from = \"Child\"\nto = \"children\"\nview = true"));
    }

    SchemaPlace place_;
    std::string url_ = empty_database();
};

TEST_F(SchemaSupersede, ProvesWhatALaterMigrationRemovedByThatMigration) {
    write_superseding();
    ASSERT_EQ(schema("up").exit_code, 0);
    const Finished verified = schema("verify", {"--json"});
    EXPECT_EQ(verified.exit_code, 0) << verified.output;
    EXPECT_NE(verified.output.find("superseded by 002 b"), std::string::npos) << verified.output;
}

TEST_F(SchemaSupersede, RehearsesAMigrationThatRemovesWhatAnEarlierOneMade) {
    write_superseding();
    const Finished rehearsed = schema("rehearse");
    EXPECT_EQ(rehearsed.exit_code, 0) << rehearsed.output << rehearsed.errors;
}

TEST_F(SchemaSupersede, TakesBackAMigrationThatRemovesWhatAnEarlierOneMade) {
    const std::string before = schema_dump(url_);
    write_superseding();
    ASSERT_EQ(schema("up").exit_code, 0);
    const Finished taken = schema("down", {"--all"});
    EXPECT_EQ(taken.exit_code, 0) << taken.errors;
    EXPECT_EQ(schema_dump(url_), before);
    EXPECT_EQ(schema("up").exit_code, 0);
}

TEST_F(SchemaSupersede, TakesOneOfTwoMigrationsBackAndProvesTheOther) {
    write_superseding();
    ASSERT_EQ(schema("up").exit_code, 0);
    ASSERT_EQ(schema("down", {"--to", "1"}).exit_code, 0);
    EXPECT_EQ(schema("verify").exit_code, 0);
    execute("DROP INDEX idx_notes");
    EXPECT_EQ(schema("verify").exit_code, 3) << "nothing that stands has removed it";
}

TEST_F(SchemaSupersede, TakesStepsOfOneMigrationBackThatUndoEachOther) {
    place_.write_pack("001_a.toml", index("create_index") + index("drop_index"));
    ASSERT_EQ(schema("up").exit_code, 0);
    EXPECT_EQ(schema("verify").exit_code, 0);
    const Finished taken = schema("down", {"--all"});
    EXPECT_EQ(taken.exit_code, 0) << taken.errors;
}

TEST_F(SchemaSupersede, FindsADefaultThatNoMigrationChanged) {
    write_superseding();
    ASSERT_EQ(schema("up").exit_code, 0);
    execute("ALTER TABLE tasks ALTER COLUMN notes SET DEFAULT 'other'");
    const Finished verified = schema("verify");
    EXPECT_EQ(verified.exit_code, 3);
    EXPECT_NE(verified.output.find("now it is 'other'"), std::string::npos) << verified.output;
}

TEST_F(SchemaSupersede, ProvesATableByTheNameThatItHadBefore) {
    const std::string before = schema_dump(url_);
    write_renaming();
    ASSERT_EQ(schema("up").exit_code, 0);
    const Finished verified = schema("verify");
    EXPECT_EQ(verified.exit_code, 0) << verified.output;
    EXPECT_EQ(schema("rehearse").exit_code, 0);
    const Finished taken = schema("down", {"--all"});
    EXPECT_EQ(taken.exit_code, 0) << taken.errors;
    EXPECT_EQ(schema_dump(url_), before);
}

TEST_F(SchemaSupersede, FindsAnIndexOfARenamedTableThatIsMissing) {
    write_renaming();
    ASSERT_EQ(schema("up").exit_code, 0);
    execute("DROP INDEX idx_n");
    EXPECT_EQ(schema("verify").exit_code, 3);
    execute("CREATE INDEX idx_n ON children (n)");
    EXPECT_EQ(schema("verify").exit_code, 0);
    execute("ALTER TABLE children DROP CONSTRAINT fk_parent");
    EXPECT_EQ(schema("verify").exit_code, 3);
}

TEST_F(SchemaSupersede, ProvesAndTakesBackARenamedTableOfSqlite) {
    const std::string file = place_.path("app.db");
    ASSERT_EQ(run({"/usr/bin/env", "sqlite3", file,
                   "CREATE TABLE \"Child\" (id INTEGER PRIMARY KEY, n INTEGER)"})
                  .exit_code,
              0);
    place_.write_pack(
        "001_a.toml",
        step("create_index", "table = \"Child\"\nname = \"Child_n\"\ncolumns = [\"n\"]"));
    place_.write_pack("002_b.toml",
                      step("rename_table", "from = \"Child\"\nto = \"children\"\nview = true"));
    const std::vector<std::string> words{"--pack",   "mine", "--pack-dir", "packs",
                                         "--sqlite", file,   "--yes"};
    ASSERT_EQ(place_.schema("up", words).exit_code, 0);
    const std::vector<std::string> asked(words.begin(), words.end() - 1);
    const Finished verified = place_.schema("verify", asked);
    EXPECT_EQ(verified.exit_code, 0) << verified.output;
    run({"/usr/bin/env", "sqlite3", file, "DROP INDEX children_n"});
    EXPECT_EQ(place_.schema("verify", asked).exit_code, 3);
    run({"/usr/bin/env", "sqlite3", file, "CREATE INDEX children_n ON children (n)"});
    std::vector<std::string> all = words;
    all.emplace_back("--all");
    const Finished taken = place_.schema("down", all);
    EXPECT_EQ(taken.exit_code, 0) << taken.errors;
}

TEST_F(SchemaSupersede, SaysThatTheFileOfWhatGoesBackWasChanged) {
    place_.write_pack("001_a.toml", fallback("a"));
    ASSERT_EQ(schema("up").exit_code, 0);
    place_.write_pack("001_a.toml", fallback("b"));
    const Finished taken = schema("down");
    EXPECT_EQ(taken.exit_code, 0) << taken.errors;
    EXPECT_NE(taken.output.find("001 a: its file was changed"), std::string::npos) << taken.output;
    EXPECT_EQ(ask(url_, "SELECT count(*) FROM information_schema.columns WHERE column_default IS "
                        "NOT NULL AND table_schema = 'public'"),
              "0");
}

TEST_F(SchemaSupersede, RepairsWhatIsMissingOfAnAppliedMigration) {
    place_.write_pack("001_a.toml", index("create_index") + fallback("a"));
    ASSERT_EQ(schema("up").exit_code, 0);
    execute("DROP INDEX idx_notes");
    const Finished status = schema("status");
    EXPECT_NE(status.output.find("001 a: applied, but 1 step is not there"), std::string::npos)
        << status.output;
    EXPECT_NE(schema("up").output.find("up --repair"), std::string::npos);
    EXPECT_EQ(schema("verify").exit_code, 3);
    EXPECT_NE(schema("plan", {"--repair"}).output.find("applied; repair"), std::string::npos);
    const Finished repaired = schema("up", {"--repair"});
    ASSERT_EQ(repaired.exit_code, 0) << repaired.errors;
    EXPECT_EQ(schema("verify").exit_code, 0);
    EXPECT_EQ(ask(url_, "SELECT string_agg(version || ' ' || step, ',') FROM ingot.migration_log "
                        "WHERE direction = 'repair'"),
              "1 01 create index idx_notes on tasks (notes)");
    EXPECT_EQ(ask(url_, "SELECT count(*) FROM ingot.schema_migrations"), "1");
    EXPECT_EQ(schema("plan", {"--repair"}).output.find("applied; repair"), std::string::npos);
    ASSERT_EQ(schema("down", {"--all"}).exit_code, 0);
    EXPECT_EQ(ask(url_, "SELECT to_regclass('idx_notes') IS NULL"), "t");
}

TEST_F(SchemaSupersede, RepairsWhatWasTakenBackAloneOnlyWhenAsked) {
    place_.write_pack("001_a.toml", index("create_index") + fallback("a"));
    ASSERT_EQ(schema("up").exit_code, 0);
    ASSERT_EQ(schema("down", {"--only", "idx_notes"}).exit_code, 0);
    EXPECT_EQ(schema("status").output.find("--repair"), std::string::npos);
    EXPECT_EQ(schema("verify").exit_code, 0);
    ASSERT_EQ(schema("up", {"--repair"}).exit_code, 0);
    EXPECT_EQ(ask(url_, "SELECT to_regclass('idx_notes') IS NOT NULL"), "t");
    execute("DROP INDEX idx_notes");
    EXPECT_EQ(schema("verify").exit_code, 3) << "it was made again, so it has to be there";
}

TEST_F(SchemaSupersede, RepairsWhatWasSkipped) {
    execute("CREATE INDEX idx_notes ON tasks (n)");
    place_.write_pack("001_a.toml", index("create_index") + fallback("a"));
    ASSERT_EQ(schema("up", {"--on-conflict", "skip"}).exit_code, 0);
    EXPECT_EQ(schema("up", {"--repair"}).exit_code, 3) << "the name is still taken";
    execute("DROP INDEX idx_notes");
    ASSERT_EQ(schema("up", {"--repair"}).exit_code, 0);
    EXPECT_EQ(schema("verify").exit_code, 0);
}

TEST_F(SchemaSupersede, LeavesAloneWhatALaterMigrationRemovedWhenItRepairs) {
    write_superseding();
    ASSERT_EQ(schema("up").exit_code, 0);
    EXPECT_EQ(schema("up", {"--repair"}).exit_code, 0);
    EXPECT_EQ(ask(url_, "SELECT to_regclass('idx_notes') IS NULL"), "t");
}

}  // namespace
}  // namespace ingot::testing
