// SPDX-License-Identifier: MIT
#include "loaders/schema/engine/rehearsal_copy.hpp"
#include "loaders/schema/engine/row_hashes.hpp"
#include "tests/loaders/before_state.hpp"
#include "tests/loaders/schema/pack_fixture.hpp"

#include <gtest/gtest.h>

namespace ingot::testing {
namespace {

schema::RehearsalCopy copy_of(PackOn& on, std::optional<std::int64_t> rows) {
    return schema::copy_for_rehearsal(on.pack(), on.target(), on.ledger(), {},
                                      {.place = on.url(), .ledger_schema = "ingot", .rows = rows});
}

std::vector<std::string> hashes(schema::Target& target) {
    std::vector<std::string> lines;
    for (const auto& [name, relation] : schema::read_catalog(target).relations)
        if (relation.is_table()) lines.push_back(name + " " + row_hash(target, name).hash);
    return lines;
}

TEST(RehearsalCopy, OfAllRowsHasTheSameRows) {
    PackOn on("agent-hive-2", "agent_hive", {"types=enum"});
    const schema::RehearsalCopy copy = copy_of(on, std::nullopt);
    EXPECT_EQ(copy.complaints, std::vector<std::string>{});
    EXPECT_EQ(hashes(*copy.target), hashes(on.target()));
}

TEST(RehearsalCopy, KeepsValuesThatCopyWritesInAnotherWay) {
    PackOn on("project-tracking-indexes", "codebase_mcp");
    on.run("CREATE TABLE odd (id integer GENERATED ALWAYS AS IDENTITY, t text, b bytea,"
           " a text[], d date, i interval, f double precision,"
           " twice integer GENERATED ALWAYS AS (2) STORED)");
    on.run("SET DateStyle = 'SQL, DMY'; SET IntervalStyle = 'iso_8601'");
    on.run("INSERT INTO odd (t, b, a, d, i, f) VALUES (E'tab\\t nl\\n cr\\r back\\\\ \\\\N \\\\.',"
           " '\\x00ff', '{\"a,b\",NULL}', '2026-02-01', '1 mon 2 days', 0.1 + 0.2),"
           " (NULL, '', '{}', NULL, NULL, 'NaN')");
    const schema::RehearsalCopy copy = copy_of(on, 10);
    EXPECT_EQ(row_hash(*copy.target, "odd").hash, row_hash(on.target(), "odd").hash);
    EXPECT_EQ(copy.target->ask("INSERT INTO odd (t) VALUES ('next') RETURNING id"), "3");
}

TEST(RehearsalCopy, TakesWhatSampledRowsReferTo) {
    PackOn on("project-tracking-indexes", "codebase_mcp");
    on.run("CREATE SCHEMA other");
    on.run("CREATE TABLE other.country (id integer PRIMARY KEY)");
    on.run("CREATE TABLE town (id integer PRIMARY KEY, country integer REFERENCES other.country,"
           " twin integer REFERENCES town)");
    on.run("CREATE TABLE aaa (town integer REFERENCES town)");
    on.run("INSERT INTO other.country SELECT generate_series(1, 50)");
    on.run("INSERT INTO town SELECT i, i FROM generate_series(1, 50) AS i");
    on.run("UPDATE town SET twin = id - 1 WHERE id > 45");
    on.run("INSERT INTO aaa SELECT 50");
    const schema::RehearsalCopy copy = copy_of(on, 1);
    EXPECT_EQ(copy.complaints, std::vector<std::string>{});
    EXPECT_EQ(copy.target->ask("SELECT string_agg(id::text, ' ' ORDER BY id) FROM town"),
              "1 45 46 47 48 49 50");
    EXPECT_EQ(copy.target->ask("SELECT count(*) FROM other.country"), "7");
    EXPECT_EQ(copy.target->ask("SELECT bool_and(convalidated) FROM pg_constraint"), "t");
}

TEST(RehearsalCopy, LeavesTheConnectionAsItWas) {
    PackOn on("project-tracking-indexes", "codebase_mcp");
    const std::string before = on.ask("SHOW DateStyle");
    copy_of(on, 0);
    EXPECT_EQ(on.ask("SHOW default_transaction_read_only"), "off");
    EXPECT_EQ(on.ask("SHOW default_transaction_isolation"), "read committed");
    EXPECT_EQ(on.ask("SHOW DateStyle"), before);
    on.run("CREATE TABLE still_possible (id integer)");
}

}  // namespace
}  // namespace ingot::testing
