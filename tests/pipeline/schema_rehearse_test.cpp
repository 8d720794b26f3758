// SPDX-License-Identifier: MIT
#include "tests/loaders/before_state.hpp"
#include "tests/loaders/cluster.hpp"
#include "tests/pipeline/schema_place.hpp"

#include <gtest/gtest.h>

#include <SQLiteCpp/SQLiteCpp.h>

#include <algorithm>

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

std::string scratch_databases() {
    return ask("SELECT count(*) FROM pg_database WHERE datname LIKE 'ingot\\_scratch\\_%'");
}

class SchemaRehearsePack : public ::testing::TestWithParam<Case> {};

TEST_P(SchemaRehearsePack, GoesWellAndOnlyReadsTheDatabase) {
    const SchemaPlace place;
    const std::string url = before_database(GetParam().fixture, GetParam().variables);
    const std::string schema = schema_dump(url);
    const std::string rows = row_hashes(url);

    const Finished out =
        place.schema("rehearse", {"--pack", GetParam().pack, "--postgres", url, "--sample", "300"});
    EXPECT_EQ(out.exit_code, 0) << out.output << out.errors;
    EXPECT_NE(out.output.find("The rehearsal went well."), std::string::npos) << out.output;
    EXPECT_NE(out.output.find("up again"), std::string::npos) << out.output;

    EXPECT_EQ(schema_dump(url), schema);
    EXPECT_EQ(row_hashes(url), rows);
    EXPECT_EQ(ask(url, "SELECT to_regnamespace('ingot') IS NULL"), "t");
    EXPECT_EQ(scratch_databases(), "0");
    const std::string fingerprint = fingerprint_in(out.output);
    EXPECT_NE(place.rehearsals().find("\t" + fingerprint + "\t"), std::string::npos)
        << place.rehearsals();
}

INSTANTIATE_TEST_SUITE_P(
    Packs, SchemaRehearsePack,
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

/// A pack of the test's own on a small database.
struct SchemaRehearse : ::testing::Test {
    SchemaRehearse() {
        ask(url, "CREATE TABLE item (id integer PRIMARY KEY, name text NOT NULL, n integer)");
        ask(url, "INSERT INTO item SELECT i, 'item ' || i, i FROM generate_series(1, 500) AS i");
    }

    Finished rehearse(std::vector<std::string> more = {}) const {
        more.insert(more.begin(),
                    {"--pack", "mine", "--pack-dir", place.path("packs"), "--postgres", url});
        return place.schema("rehearse", more);
    }

    SchemaPlace place;
    std::string url = empty_database();
};

constexpr const char* kIndex = "[[step]]\nop = \"create_index\"\ntable = \"item\"\n"
                               "name = \"idx_item_name\"\ncolumns = [\"name\"]\n";

TEST_F(SchemaRehearse, FindsAWayBackThatLeavesDefinitions) {
    place.write_pack("001_column.sql",
                     "-- ingot:up\nALTER TABLE item ADD COLUMN tag text;\n"
                     "CREATE INDEX idx_tag ON item (tag);\n"
                     "-- ingot:down\nDROP INDEX idx_tag;\n"
                     "-- ingot:verify\nSELECT to_regclass('idx_tag') IS NOT NULL;\n");
    const Finished out = rehearse();
    EXPECT_EQ(out.exit_code, 3) << out.output << out.errors;
    EXPECT_NE(out.output.find("+ column item.tag"), std::string::npos) << out.output;
    EXPECT_NE(out.output.find("The rehearsal failed."), std::string::npos);
    EXPECT_EQ(out.output.find("up again"), std::string::npos);
    EXPECT_EQ(place.rehearsals(), "");
    EXPECT_EQ(ask(url, "SELECT count(*) FROM pg_attribute WHERE attname = 'tag'"), "0");
}

TEST_F(SchemaRehearse, FindsAWayBackThatLeavesRows) {
    place.write_pack("001_rows.sql", "-- ingot:up\nUPDATE item SET n = 0 WHERE id = 7;\n"
                                     "-- ingot:down\nUPDATE item SET n = 8 WHERE id = 7;\n"
                                     "-- ingot:verify\nSELECT n = 0 FROM item WHERE id = 7;\n");
    const Finished out = rehearse();
    EXPECT_EQ(out.exit_code, 3) << out.output << out.errors;
    EXPECT_NE(out.output.find("item has other values in its rows"), std::string::npos)
        << out.output;
    EXPECT_EQ(ask(url, "SELECT n FROM item WHERE id = 7"), "7");
}

TEST_F(SchemaRehearse, FindsAWayBackThatFails) {
    place.write_pack("001_table.sql",
                     "-- ingot:up\nCREATE TABLE extra (id integer);\n"
                     "-- ingot:down\nDROP TABLE extras;\n"
                     "-- ingot:verify\nSELECT to_regclass('extra') IS NOT NULL;\n");
    const Finished out = rehearse();
    EXPECT_EQ(out.exit_code, 3) << out.output << out.errors;
    EXPECT_NE(out.output.find("\"extras\" does not exist"), std::string::npos) << out.output;
    EXPECT_EQ(scratch_databases(), "0");
}

TEST_F(SchemaRehearse, RunsWhatIsPendingOnTopOfWhatIsApplied) {
    place.write_pack("001_index.toml", kIndex);
    const Finished up = place.schema("up", {"--pack", "mine", "--pack-dir", place.path("packs"),
                                            "--postgres", url, "--yes", "--no-backup"});
    ASSERT_EQ(up.exit_code, 0) << up.errors;
    const Finished none = rehearse();
    EXPECT_EQ(none.exit_code, 0) << none.errors;
    EXPECT_NE(none.output.find("nothing is pending"), std::string::npos) << none.output;
    EXPECT_EQ(place.rehearsals(), "");

    place.write_pack(
        "002_more.sql",
        "-- ingot:up\nALTER TABLE item ADD COLUMN tag text;\n"
        "-- ingot:down\nALTER TABLE item DROP COLUMN tag;\n"
        "-- ingot:verify\nSELECT count(*) = 1 FROM pg_attribute WHERE attname = 'tag';\n");
    const Finished out = rehearse();
    EXPECT_EQ(out.exit_code, 0) << out.output << out.errors;
    EXPECT_NE(place.rehearsals().find("\t2\n"), std::string::npos) << place.rehearsals();
}

TEST_F(SchemaRehearse, SaysWhatStandsInTheWay) {
    ask(url, "CREATE INDEX idx_item_name ON item (n)");
    place.write_pack("001_index.toml", kIndex);
    const Finished out = rehearse();
    EXPECT_EQ(out.exit_code, 3) << out.errors;
    EXPECT_NE(out.output.find("conflict"), std::string::npos) << out.output;
}

TEST_F(SchemaRehearse, WorksOnACopyOfASqliteFile) {
    const std::string file = place.path("app.db");
    SQLite::Database(file, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE)
        .exec("CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT); "
              "INSERT INTO item VALUES (1, 'a'), (2, 'b')");
    const std::string before = place.content("app.db");
    place.write_pack("001_index.toml", kIndex);
    const std::vector<std::string> words{"--pack",   "mine", "--pack-dir", place.path("packs"),
                                         "--sqlite", file};
    const Finished out = place.schema("rehearse", words);
    EXPECT_EQ(out.exit_code, 0) << out.output << out.errors;
    EXPECT_EQ(place.content("app.db"), before);
    EXPECT_NE(place.rehearsals().find("\tsqlite:"), std::string::npos);
}

TEST_F(SchemaRehearse, TakesANumberOrAllAsSample) {
    place.write_pack("001_index.toml", kIndex);
    EXPECT_EQ(rehearse({"--sample", "few"}).exit_code, 2);
    EXPECT_EQ(rehearse({"--sample", "-1"}).exit_code, 2);
    EXPECT_EQ(rehearse({"--sample", "0"}).exit_code, 0);
    const Finished all = rehearse({"--sample", "all"});
    EXPECT_NE(all.output.find("1 tables, 500 rows"), std::string::npos) << all.output;
}

}  // namespace
}  // namespace ingot::testing
