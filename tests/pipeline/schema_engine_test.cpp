// SPDX-License-Identifier: MIT
#include "loaders/schema/engine/target.hpp"
#include "tests/loaders/before_state.hpp"
#include "tests/pipeline/program.hpp"
#include "tests/pipeline/temp_folder.hpp"

#include <gtest/gtest.h>

#include <boost/filesystem.hpp>
#include <boost/filesystem/fstream.hpp>

#include <algorithm>
#include <chrono>
#include <thread>

namespace ingot::testing {
namespace {

namespace fs = boost::filesystem;

/// A pack of the test's own on a small database.
class SchemaEngine : public ::testing::Test {
protected:
    SchemaEngine() {
        execute(
            "CREATE TABLE item (id integer PRIMARY KEY, name text NOT NULL, note text, n integer); "
            "INSERT INTO item SELECT i, 'item ' || i, NULL, i FROM generate_series(1, 2000) AS i");
        fs::create_directories(pack());
        write("pack.toml", "says = \"Mine.\"\n");
    }

    fs::path pack() const { return folder_.path() / "packs" / "mine"; }

    void write(const std::string& file, const std::string& text) const {
        fs::ofstream(pack() / file) << text;
    }

    void execute(const std::string& sql) const {
        const Finished done =
            run({"/usr/bin/env", "psql", "-q", "-v", "ON_ERROR_STOP=1", "-d", url_, "-c", sql});
        ASSERT_EQ(done.exit_code, 0) << done.errors;
    }

    Finished schema(const std::string& command, std::vector<std::string> more = {}) const {
        std::vector<std::string> words{"schema",     command,
                                       "--pack",     "mine",
                                       "--pack-dir", (folder_.path() / "packs").string(),
                                       "--postgres", url_};
        if (command == "up") words.emplace_back("--no-backup");
        if (command == "up" || command == "down")
            words.insert(words.end(), {"--log-dir", folder_.path().string()});
        words.insert(words.end(), more.begin(), more.end());
        return run_ingot(words);
    }

    Finished up(std::vector<std::string> more = {}) const {
        more.emplace_back("--yes");
        return schema("up", more);
    }

    static std::string index(const std::string& name, const std::string& columns,
                             const std::string& more = "") {
        return "[[step]]\nop = \"create_index\"\ntable = \"item\"\nname = \"" + name +
               "\"\ncolumns = [" + columns + "]\n" + more;
    }

    TempFolder folder_;
    std::string url_ = empty_database();
};

TEST_F(SchemaEngine, FindsAnIndexByWhatItIs) {
    execute("CREATE INDEX other_name ON item (name, n)");
    write("001_a.toml", index("idx_name", "\"name\"") + index("idx_n", "\"n\""));
    ASSERT_EQ(up().exit_code, 0);
    EXPECT_EQ(
        ask(url_, "SELECT to_regclass('idx_name') IS NULL AND to_regclass('idx_n') IS NOT NULL"),
        "t");
}

TEST_F(SchemaEngine, StopsBeforeAnyChangeWhenANameIsTaken) {
    execute("CREATE INDEX idx_b ON item (id, n)");
    write("001_a.toml", index("idx_a", "\"name\"") + index("idx_b", "\"n\""));
    const std::string before = schema_dump(url_);
    const Finished refused = up();
    EXPECT_EQ(refused.exit_code, 3);
    EXPECT_NE(refused.errors.find("conflict: the name idx_b belongs to an index"),
              std::string::npos)
        << refused.errors;
    EXPECT_EQ(schema_dump(url_), before);
    EXPECT_EQ(ask(url_, "SELECT to_regclass('ingot.schema_migrations') IS NULL"), "t");
    EXPECT_EQ(up({"--on-conflict", "skip"}).exit_code, 0);
    EXPECT_EQ(ask(url_, "SELECT to_regclass('idx_a') IS NOT NULL"), "t");
}

TEST_F(SchemaEngine, BuildsAnInvalidIndexAgain) {
    execute("INSERT INTO item VALUES (3001, 'item 1', NULL, 1)");
    run({"/usr/bin/env", "psql", "-q", "-d", url_, "-c",
         "CREATE UNIQUE INDEX CONCURRENTLY idx_name ON item (name)"});
    ASSERT_EQ(ask(url_, "SELECT count(*) FROM pg_index WHERE NOT indisvalid"), "1");
    execute("DELETE FROM item WHERE id = 3001");
    write("001_a.toml", index("idx_name", "\"name\"", "unique = true\n"));
    ASSERT_EQ(up().exit_code, 0);
    EXPECT_EQ(ask(url_, "SELECT count(*) FROM pg_index WHERE NOT indisvalid"), "0");
    EXPECT_EQ(up().exit_code, 0);
}

TEST_F(SchemaEngine, RefusesAnAppliedFileThatWasChanged) {
    write("001_a.toml", index("idx_n", "\"n\""));
    ASSERT_EQ(up().exit_code, 0);
    write("001_a.toml", index("idx_n", "\"n desc\""));
    const Finished refused = up();
    EXPECT_EQ(refused.exit_code, 6);
    EXPECT_NE(refused.errors.find("001 a"), std::string::npos) << refused.errors;
    EXPECT_EQ(schema("verify").exit_code, 6);
    EXPECT_EQ(schema("status").exit_code, 6);
}

TEST_F(SchemaEngine, ReportsALateNumberAndRunsIt) {
    write("005_b.toml", index("idx_n", "\"n\""));
    ASSERT_EQ(up().exit_code, 0);
    write("003_a.toml", index("idx_name", "\"name\""));
    EXPECT_NE(schema("plan").output.find("late"), std::string::npos);
    EXPECT_NE(schema("status").output.find("migration 3 is late"), std::string::npos);
    const Finished done = up();
    ASSERT_EQ(done.exit_code, 0);
    EXPECT_NE(done.output.find("003 is late"), std::string::npos) << done.output;
    EXPECT_EQ(ask(url_, "SELECT to_regclass('idx_name') IS NOT NULL"), "t");
}

TEST_F(SchemaEngine, RunsOnlyThePlanThatWasExpected) {
    write("001_a.toml", index("idx_n", "\"n\""));
    EXPECT_EQ(schema("up", {"--expect", "0123456789abcdef"}).exit_code, 8);
    EXPECT_EQ(ask(url_, "SELECT to_regclass('idx_n') IS NULL"), "t");
    const std::string plan = schema("plan").output;
    const std::string fingerprint = plan.substr(plan.rfind("Fingerprint ") + 12, 16);
    EXPECT_EQ(schema("up", {"--expect", fingerprint}).exit_code, 0);
    EXPECT_EQ(schema("up").exit_code, 0) << "nothing to do needs no approval";
}

TEST_F(SchemaEngine, NeedsAnAnswerWhereNobodyCanBeAsked) {
    write("001_a.toml", index("idx_n", "\"n\""));
    const Finished refused = schema("up");
    EXPECT_EQ(refused.exit_code, 2);
    EXPECT_NE(refused.errors.find("--yes"), std::string::npos);
}

TEST_F(SchemaEngine, StopsAtTheVersionAndThePhaseThatWereAsked) {
    write("001_a.toml", "phase = 1\n" + index("idx_n", "\"n\""));
    write("002_b.toml", "phase = 2\n" + index("idx_name", "\"name\""));
    write("003_c.toml", "phase = 1\n" + index("idx_note", "\"note\""));
    ASSERT_EQ(up({"--to", "1"}).exit_code, 0);
    EXPECT_EQ(ask(url_, "SELECT string_agg(version::text, ' ') FROM ingot.schema_migrations"), "1");
    ASSERT_EQ(up({"--phase", "1"}).exit_code, 0);
    EXPECT_EQ(ask(url_, "SELECT string_agg(version::text, ' ') FROM ingot.schema_migrations"),
              "1 3");
}

TEST_F(SchemaEngine, TakesOnlyAnIndexThatHurtsBack) {
    write("001_a.toml", index("idx_n", "\"n\"") + index("idx_name", "\"name\""));
    ASSERT_EQ(up().exit_code, 0);
    ASSERT_EQ(schema("down", {"--only", "idx_n", "--yes"}).exit_code, 0);
    EXPECT_EQ(
        ask(url_, "SELECT to_regclass('idx_n') IS NULL AND to_regclass('idx_name') IS NOT NULL"),
        "t");
    EXPECT_EQ(schema("verify").exit_code, 0) << "it is gone on purpose";
    EXPECT_EQ(schema("down", {"--only", "nothing", "--yes"}).exit_code, 2);
    ASSERT_EQ(schema("down", {"--all", "--yes"}).exit_code, 0);
    EXPECT_EQ(ask(url_, "SELECT to_regclass('idx_name') IS NULL"), "t");
}

TEST_F(SchemaEngine, TakesAFailedRunBackWhenToldTo) {
    const std::string before = schema_dump(url_);
    write("001_a.toml", index("idx_n", "\"n\"") +
                            "[[step]]\nop = \"sql\"\nup = [\"SELECT 1 / 0\"]\n"
                            "verify = \"SELECT false\"\n");
    EXPECT_EQ(up({"--on-failure", "rollback"}).exit_code, 1);
    EXPECT_EQ(schema_dump(url_), before);
    EXPECT_EQ(up().exit_code, 1);
    EXPECT_EQ(ask(url_, "SELECT to_regclass('idx_n') IS NOT NULL"), "t") << "stopped where it was";
    EXPECT_EQ(ask(url_, "SELECT count(*) FROM ingot.migration_log WHERE status = 'failed'"), "2");
}

TEST_F(SchemaEngine, DoesNotBelieveAStatementThatChangedNothing) {
    write("001_a.toml", "[[step]]\nop = \"sql\"\nup = [\"SELECT 1\"]\nverify = \"SELECT false\"\n");
    const Finished failed = up();
    EXPECT_EQ(failed.exit_code, 1);
    EXPECT_NE(failed.errors.find("the catalog says to do"), std::string::npos) << failed.errors;
    EXPECT_EQ(ask(url_, "SELECT count(*) FROM ingot.schema_migrations"), "0");
}

TEST_F(SchemaEngine, WaitsForALockNoLongerThanItMayAndNamesItsHolder) {
    write("001_a.toml",
          "[[step]]\nop = \"add_column\"\ntable = \"item\"\ncolumn = \"extra\"\ntype = \"text\"\n");
    const auto holder = schema::open_postgres(url_, "public");
    holder->begin();
    holder->query("SELECT count(*) FROM item");
    const std::string pid = holder->ask("SELECT pg_backend_pid()");
    const auto reader = schema::open_postgres(url_, "public");
    Finished blocked;
    std::jthread other([&] { blocked = up({"--lock-timeout", "0.3"}); });
    double longest = 0;  // that a reader waits behind the migration
    for (int i = 0; i < 20; ++i) {
        const auto start = std::chrono::steady_clock::now();
        reader->query("SELECT count(*) FROM item WHERE id = 1");
        longest = std::max(
            longest,
            std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
        std::this_thread::sleep_for(std::chrono::milliseconds(60));
    }
    holder->rollback();
    other.join();
    EXPECT_EQ(blocked.exit_code, 0) << blocked.errors;
    EXPECT_NE(blocked.errors.find("held by process " + pid), std::string::npos) << blocked.errors;
    EXPECT_LT(longest, 5.0) << "never longer than one attempt, on any machine";
    EXPECT_EQ(
        ask(url_, "SELECT count(*) FROM information_schema.columns WHERE column_name = 'extra'"),
        "1");
}

TEST_F(SchemaEngine, KeepsWhatSomebodyChangedAfterAFill) {
    write("001_a.toml", "[[step]]\nop = \"fill\"\ntable = \"item\"\nset = { note = \"'filled'\" }\n"
                        "where = \"note IS NULL\"\nbatch = 300\npause_ms = 0\n");
    ASSERT_EQ(up().exit_code, 0);
    EXPECT_EQ(ask(url_, "SELECT count(*) FROM item WHERE note = 'filled'"), "2000");
    execute("UPDATE item SET note = 'mine' WHERE id = 7");
    const Finished back = schema("down", {"--yes", "-v"});
    ASSERT_EQ(back.exit_code, 0) << back.errors;
    EXPECT_NE(back.output.find("1 that were changed since"), std::string::npos) << back.output;
    EXPECT_EQ(
        ask(url_, "SELECT count(*) FILTER (WHERE note IS NULL) || ' ' || min(note) FROM item"),
        "1999 mine");
}

TEST_F(SchemaEngine, FillsEachRowInOnePassByItsKey) {
    write("001_a.toml", "[[step]]\nop = \"fill\"\ntable = \"item\"\nwhere = \"note IS NULL\"\n"
                        "batch = 500\npause_ms = 0\nset = { note = \"'x' || t.id\" }\n");
    ASSERT_EQ(up().exit_code, 0);
    EXPECT_EQ(ask(url_, "SELECT string_agg(records_processed::text, ' ') FROM ingot.migration_log "
                        "WHERE step LIKE '%(batch)'"),
              "500 500 500 500");
}

TEST_F(SchemaEngine, LocksATableOnceForStepsInARow) {
    execute("CREATE TABLE other (id integer PRIMARY KEY)");
    const auto column = [](const std::string& table, const std::string& name) {
        return "[[step]]\nop = \"add_column\"\ntype = \"text\"\ntable = \"" + table +
               "\"\ncolumn = \"" + name + "\"\n";
    };
    write("001_a.toml", "together = false\n" + column("item", "a") + column("item", "b") +
                            column("other", "a") + index("idx_a", "\"a\"") + column("item", "c"));
    ASSERT_EQ(up().exit_code, 0);
    EXPECT_EQ(ask(url_, "SELECT string_agg(objects, '; ' ORDER BY first) FROM (SELECT min(id) AS "
                        "first, string_agg(object, ', ' ORDER BY id) AS objects FROM "
                        "ingot.migration_journal GROUP BY xmin::text) AS transactions"),
              "column item.a, column item.b; column other.a; index idx_a; column item.c");
    EXPECT_EQ(schema("verify").exit_code, 0);
    EXPECT_EQ(schema("down", {"--all", "--yes"}).exit_code, 0);
}

TEST_F(SchemaEngine, RefusesAWayBackThatAViewOfOthersNeeds) {
    write("001_a.toml",
          "[[step]]\nop = \"add_column\"\ntable = \"item\"\ncolumn = \"extra\"\ntype = \"text\"\n");
    ASSERT_EQ(up().exit_code, 0);
    execute("CREATE VIEW theirs AS SELECT extra FROM item");
    const Finished refused = schema("down", {"--yes"});
    EXPECT_EQ(refused.exit_code, 3);
    EXPECT_NE(refused.errors.find("theirs"), std::string::npos) << refused.errors;
}

TEST_F(SchemaEngine, SaysWhatATypingErrorIs) {
    write("001_a.toml", index("idx_n", "\"n\"", "uniqe = true\n"));
    const Finished refused = schema("plan");
    EXPECT_EQ(refused.exit_code, 2);
    EXPECT_NE(refused.errors.find("001_a.toml:1: 'uniqe' is not known"), std::string::npos)
        << refused.errors;
}

TEST_F(SchemaEngine, KnowsColumnsWhoseNamesNeedQuotes) {
    execute("CREATE TABLE odd (id integer PRIMARY KEY, \"My Col\" text, \"desc\" text, \"a\"\"b\" "
            "text, "
            "\"größe\" integer); CREATE INDEX theirs ON odd (\"My Col\", \"desc\")");
    write("001_a.toml", "[[step]]\nop = \"create_index\"\ntable = \"odd\"\nname = "
                        "\"ix_1\"\ncolumns = ['\"My Col\"']\n"
                        "[[step]]\nop = \"create_index\"\ntable = \"odd\"\nname = "
                        "\"ix_2\"\ncolumns = ['a\"b desc', 'größe']\n"
                        "[[step]]\nop = \"create_index\"\ntable = \"odd\"\nname = "
                        "\"ix_3\"\ncolumns = ['\"a\"\"b\"', 'desc']\n"
                        "[[step]]\nop = \"create_index\"\ntable = \"odd\"\nname = "
                        "\"ix_4\"\ncolumns = ['lower(\"My Col\")']\n");
    ASSERT_EQ(up().exit_code, 0) << up().errors;
    EXPECT_EQ(ask(url_,
                  "SELECT to_regclass('ix_1') IS NULL AND to_regclass('ix_2') IS NOT NULL AND "
                  "to_regclass('ix_3') IS NOT NULL AND to_regclass('ix_4') IS NOT NULL"),
              "t")
        << "ix_1 is covered by theirs";
    EXPECT_EQ(schema("verify").exit_code, 0);
    EXPECT_EQ(schema("down", {"--yes"}).exit_code, 0);
}

TEST_F(SchemaEngine, EndsAFillWhoseConditionItsRowsNeverLeave) {
    write(
        "001_a.toml",
        "[[step]]\nop = \"fill\"\ntable = \"item\"\nset = { note = \"'x'\" }\nwhere = \"n > 0\"\n");
    const Finished failed = up();
    EXPECT_EQ(failed.exit_code, 1);
    EXPECT_NE(failed.errors.find("must no longer hold"), std::string::npos) << failed.errors;
    EXPECT_EQ(ask(url_, "SELECT count(*) FROM item WHERE note IS NOT NULL"), "0");
    write("001_a.toml", "[[step]]\nop = \"fill\"\ntable = \"item\"\nset = { note = \"'x'\" "
                        "}\nwhere = \"note IS NULL\"\nbatch = 0\n");
    EXPECT_NE(schema("plan").exit_code, 0);
}

TEST_F(SchemaEngine, PlansOnlyWhatTheServerCanPlan) {
    write("001_a.toml", "[[step]]\nop = \"fill\"\ntable = \"item\"\nset = { note = \"nocolumn\" "
                        "}\nwhere = \"note IS NULL\"\n");
    EXPECT_EQ(schema("plan").exit_code, 3);
    write("001_a.toml", index("idx_x", "\"lower(nocolumn)\""));
    EXPECT_EQ(schema("plan").exit_code, 3);
    write("001_a.toml",
          "[[step]]\nop = \"create_view\"\nview = \"v\"\nquery = \"SELECT nocolumn FROM item\"\n");
    EXPECT_EQ(schema("plan").exit_code, 3);
}

TEST_F(SchemaEngine, TakesRightsAndCommentsBackToo) {
    execute(
        "CREATE VIEW \"old view\" AS SELECT id FROM item; GRANT SELECT ON \"old view\" TO PUBLIC; "
        "COMMENT ON VIEW \"old view\" IS 'it''s old'; CREATE INDEX idx_n ON item (n); "
        "COMMENT ON INDEX idx_n IS 'numbers'");
    const std::string before = schema_dump(url_);
    write("001_a.toml",
          "[[step]]\nop = \"drop_view\"\nview = \"old view\"\n[[step]]\nop = \"drop_index\"\n"
          "table = \"item\"\ncolumns = [\"n\"]\n");
    ASSERT_EQ(up().exit_code, 0);
    ASSERT_NE(schema_dump(url_), before);
    ASSERT_EQ(schema("down", {"--yes"}).exit_code, 0);
    EXPECT_EQ(schema_dump(url_), before);
}

TEST_F(SchemaEngine, ReadsRulesOfForeignKeysInAnyCase) {
    execute("CREATE TABLE part (id integer PRIMARY KEY, item integer)");
    write("001_a.toml", "[[step]]\nop = \"add_foreign_key\"\ntable = \"part\"\nname = "
                        "\"fk\"\ncolumns = [\"item\"]\n"
                        "target = \"item\"\ntarget_columns = [\"id\"]\non_delete = \"cascade\"\n");
    EXPECT_EQ(up().exit_code, 0);
    EXPECT_EQ(schema("verify").exit_code, 0);
}

}  // namespace
}  // namespace ingot::testing
