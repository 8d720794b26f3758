// SPDX-License-Identifier: MIT
#include "loaders/schema/engine/target.hpp"
#include "tests/loaders/before_state.hpp"
#include "tests/pipeline/schema_place.hpp"

#include <gtest/gtest.h>

namespace ingot::testing {
namespace {

/// What `plan --sql` prints, and what `up` and `verify` say of a pack of the test's own.
class SchemaScript : public ::testing::Test {
protected:
    SchemaScript() {
        execute("CREATE TABLE item (id integer PRIMARY KEY, name text, note text, n integer); "
                "INSERT INTO item SELECT i, 'item ' || i, NULL, i FROM generate_series(1, 200) i");
        write("pack.toml", "says = \"Mine.\"\n");
    }

    void write(const std::string& file, const std::string& text) const {
        place_.write("packs/mine/" + file, text);
    }

    void execute(const std::string& sql) const {
        const Finished done =
            run({"/usr/bin/env", "psql", "-q", "-v", "ON_ERROR_STOP=1", "-d", url_, "-c", sql});
        ASSERT_EQ(done.exit_code, 0) << done.errors;
    }

    Finished schema(const std::string& command, std::vector<std::string> more = {}) const {
        more.insert(more.end(), {"--pack", "mine", "--pack-dir", place_.path("packs")});
        more.insert(more.end(), {"--postgres", url_});
        return place_.schema(command, more);
    }

    static std::string index(const std::string& name, const std::string& columns) {
        return "[[step]]\nop = \"create_index\"\ntable = \"item\"\nname = \"" + name +
               "\"\ncolumns = [" + columns + "]\n";
    }

    SchemaPlace place_;
    std::string url_ = empty_database();
};

TEST_F(SchemaScript, PrintsAScriptThatPsqlRefusesWhenSomethingIsInTheWay) {
    execute("CREATE INDEX idx_a ON item (n)");
    write("001_a.toml", index("idx_b", "\"note\"") + index("idx_a", "\"name\""));
    const Finished plan = schema("plan", {"--sql"});
    EXPECT_EQ(plan.exit_code, 3);
    EXPECT_NE(plan.output.find("-- In the way:\n-- 001 a, step 02"), std::string::npos)
        << plan.output;
    place_.write("plan.sql", plan.output);
    const Finished psql =
        run({"/usr/bin/env", "psql", "-X", "-q", "-d", url_, "-f", place_.path("plan.sql")});
    EXPECT_EQ(psql.exit_code, 3);
    EXPECT_NE(psql.errors.find("1 step of the plan is in the way"), std::string::npos)
        << psql.errors;
    EXPECT_EQ(ask(url_, "SELECT to_regclass('idx_b') IS NULL"), "t");
}

TEST_F(SchemaScript, CommitsAMigrationsStepsTogetherInTheScriptToo) {
    const std::string steps = "[[step]]\nop = \"add_column\"\ntype = \"text\"\ntable = \"item\"\n"
                              "column = \"a\"\n[[step]]\nop = \"create_table\"\ntable = \"t\"\n"
                              "definition = \"(id integer)\"\n";
    const auto commits = [&] {
        const std::string script = schema("plan", {"--sql"}).output;
        std::size_t count = 0;
        for (std::size_t at = 0; (at = script.find("COMMIT;", at)) != std::string::npos; ++at)
            ++count;
        return count;
    };
    write("001_a.toml", steps);
    EXPECT_EQ(commits(), 1);
    write("001_a.toml", "together = false\n" + steps);
    EXPECT_EQ(commits(), 2);
}

TEST_F(SchemaScript, RefusesTimeoutsThatAreNone) {
    for (const std::string option : {"--lock-timeout", "--build-lock-timeout"})
        for (const std::string value : {"nan", "1e99", "0", "-1", "0.0001", "86401", "soon"})
            EXPECT_EQ(schema("up", {option, value, "--yes"}).exit_code, 2) << option << value;
}

TEST_F(SchemaScript, CountsNoRowsOfTheBackupAsChanged) {
    write("001_a.toml", "[[step]]\nop = \"sql\"\nup = [\"SELECT 1 / 0\"]\n"
                        "verify = \"SELECT false\"\ntables = [\"item\"]\n");
    const Finished failed = schema("up", {"--yes"});
    EXPECT_EQ(failed.exit_code, 1);
    EXPECT_NE(failed.output.find("0 rows changed"), std::string::npos)
        << failed.output << failed.errors;
}

TEST_F(SchemaScript, WarnsOfAMissingIndexButNotOfASmallTable) {
    execute("DELETE FROM item WHERE id > 3");
    write("pack.toml", "says = \"x\"\n[[query]]\nname = \"by n\"\nuses_index = [\"idx_n\"]\n"
                       "sql = \"SELECT id FROM item WHERE n = 1\"\n");
    write("001_a.toml", index("idx_n", "\"n\""));
    EXPECT_NE(schema("status").output.find("does not use idx_n"), std::string::npos);
    ASSERT_EQ(schema("up", {"--yes", "--no-backup"}).exit_code, 0);
    execute("ANALYZE item");
    const std::string after = schema("verify").output;
    EXPECT_EQ(after.find("does not use"), std::string::npos) << after;
}

}  // namespace
}  // namespace ingot::testing
