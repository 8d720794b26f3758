// SPDX-License-Identifier: MIT
#include "tests/extractors/database.hpp"

#include <algorithm>
#include <random>

#include <SQLiteCpp/Database.h>
#include <gtest/gtest.h>

namespace ingot::testing {
namespace {

constexpr std::size_t kPage = 512;

/// Table a: 3 rows; table t: 100 rows over many pages, each with its number in its text; table z: 1 row.
const std::string kThreeTables = R"(
    PRAGMA page_size=512;
    CREATE TABLE a(n); INSERT INTO a VALUES(1),(2),(3);
    CREATE TABLE t(id INTEGER PRIMARY KEY, s TEXT);
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i < 100)
    INSERT INTO t SELECT i, printf('row %03d %.*c', i, 60, 'x') FROM n;
    CREATE TABLE z(n); INSERT INTO z VALUES('last');
)";

std::size_t page_of(const std::string& bytes, std::string_view text) {
    return bytes.find(text) / kPage * kPage;
}

std::int64_t count(const Extracted& out, const std::string& table) {
    const std::string names = out.column("state_rows", "table_name") + ",";
    std::int64_t n = 0;
    for (std::size_t at = 0; (at = names.find(table + ",", at)) != std::string::npos; ++at) ++n;
    return n;
}

TEST(StateDamage, KeepsTheRowsOnBothSidesOfADamagedPageAndTheOtherTables) {
    const DatabaseFile file(kThreeTables);
    file.patch(page_of(file.bytes(), "row 050"), std::string(kPage, '\x07'));
    const auto out = extract_database("a.db", file);
    const std::string rows = out.column("state_rows", "row");
    EXPECT_NE(rows.find("row 001"), std::string::npos);
    EXPECT_EQ(rows.find("row 050"), std::string::npos);
    EXPECT_NE(rows.find("row 100"), std::string::npos);
    EXPECT_EQ(count(out, "a"), 3);
    EXPECT_EQ(count(out, "z"), 1);
    EXPECT_EQ(out.batch->tally.rejected, 1);
    EXPECT_NE(details(out).find("table t: database disk image is malformed, first after row"),
              std::string::npos);
    EXPECT_TRUE(out.balanced());
}

TEST(StateDamage, KeepsTheRowsBetweenDamagedPages) {
    const DatabaseFile file(kThreeTables);
    for (const char* row : {"row 001", "row 040", "row 060", "row 100"})
        file.patch(page_of(file.bytes(), row), std::string(kPage, '\x07'));
    const auto out = extract_database("a.db", file);
    EXPECT_GT(count(out, "t"), 75);
    EXPECT_LT(count(out, "t"), 100);
    EXPECT_NE(out.column("state_rows", "row").find("row 050"), std::string::npos);
    EXPECT_EQ(out.batch->tally.rejected, 1);
}

TEST(StateDamage, LosesOnlyTheRowWhoseOverflowIsDamaged) {
    const DatabaseFile file(
        "PRAGMA page_size=512; CREATE TABLE t(s TEXT, k INT);"
        "INSERT INTO t VALUES('one',1),(printf('%.*c', 1500, 'L'),2),('three',3)");
    // Page 3 is the first overflow page; it begins with the number of the next one.
    file.patch(2 * kPage, "\x7f\x11\x11\x11");
    const auto out = extract_database("a.db", file);
    EXPECT_EQ(out.column("state_rows", "row"), R"({"s":"one","k":1},{"s":"three","k":3})");
    EXPECT_NE(details(out).find("table t: row 2: "), std::string::npos);
    EXPECT_EQ(out.batch->tally.records, 3);
    EXPECT_TRUE(out.balanced());
}

TEST(StateDamage, DoesNotTrustADamagedIndex) {
    const DatabaseFile file("PRAGMA page_size=512; CREATE TABLE t(id TEXT PRIMARY KEY, n);"
                            "INSERT INTO t VALUES('bbb',1),('aaa',2)");
    const std::string bytes = file.bytes();
    file.patch(2 * kPage + 3,
               std::string("\x00\x01", 2));  // the index forgets one of its two cells
    const auto out = extract_database("a.db", file);
    EXPECT_EQ(out.column("state_rows", "row"), R"({"id":"bbb","n":1},{"id":"aaa","n":2})");
    EXPECT_EQ(out.rejects(), "");
}

TEST(StateDamage, RejectsATruncatedFileByTableAndKeepsTheRest) {
    const DatabaseFile file(kThreeTables);
    file.overwrite(file.bytes().substr(0, 5 * kPage));
    const auto out = extract_database("a.db", file);
    EXPECT_EQ(count(out, "a"), 3);
    EXPECT_GT(out.batch->tally.rejected, 0);
    EXPECT_TRUE(out.balanced());
}

TEST(StateDamage, KeepsTheBytesOfAFileThatCannotBeOpened) {
    const DatabaseFile file;
    file.overwrite(std::string("SQLite format 3\0", 16) + std::string(5000, '\xff'));
    const auto out = extract_database("a.db", file);
    EXPECT_EQ(out.rejects(), "not_a_database@0+5016 line 1");
    EXPECT_EQ(out.batch->rejects()[0].raw, file.bytes());
    EXPECT_TRUE(out.balanced());
}

TEST(StateDamage, KeepsNoMoreBytesThanARecordMayHave) {
    Settings settings;
    settings.max_record = 1000;
    const DatabaseFile file;
    file.overwrite(std::string("SQLite format 3\0", 16) + std::string(5000, '\xff'));
    const auto out = extract_database("a.db", file, settings);
    EXPECT_FALSE(out.batch->rejects().at(0).raw.has_value());
    EXPECT_EQ(out.account(), "0/5016/0/0");
}

TEST(StateDamage, IsNotMisledByAHugePageCount) {
    const DatabaseFile file("CREATE TABLE t(a); INSERT INTO t VALUES(1)");
    file.patch(28, "\x7f\xff\xff\xff");
    const auto out = extract_database("a.db", file);
    EXPECT_EQ(out.column("state_rows", "row"), R"({"a":1})");
    EXPECT_TRUE(out.balanced());
}

TEST(StateDamage, RejectsARowLongerThanARecordMayBe) {
    Settings settings;
    settings.max_record = 1;  // the least in force is 1 MiB
    const auto out = extract_database("a.db",
                                      "CREATE TABLE t(a);"
                                      "INSERT INTO t VALUES(1),(zeroblob(1200000)),(3)",
                                      settings);
    EXPECT_EQ(out.column("state_rows", "row"), R"({"a":1},{"a":3})");
    EXPECT_EQ(out.rejects(), "too_long@1+0 line 0");
}

TEST(StateDamage, PassesOverAViewThatItDoesNotUnderstand) {
    const DatabaseFile file(
        "CREATE TABLE t(a); INSERT INTO t VALUES(1); CREATE VIEW v AS SELECT 1;"
        "PRAGMA writable_schema=ON;"
        "UPDATE sqlite_schema SET sql='CREATE VIEW v AS SELECT 1 FROM FROM' WHERE name='v'");
    const auto out = extract_database("a.db", file);
    EXPECT_EQ(out.column("state_rows", "row"), R"({"a":1})");
    EXPECT_NE(details(out).find("file: malformed database schema (v)"), std::string::npos);
}

TEST(StateDamage, NamesATableThatItDoesNotUnderstand) {
    const DatabaseFile file("CREATE TABLE t(a); INSERT INTO t VALUES(1); CREATE TABLE u(a);"
                            "PRAGMA writable_schema=ON;"
                            "UPDATE sqlite_schema SET sql='CREATE TABLE u(a,,)' WHERE name='u'");
    const auto out = extract_database("a.db", file);
    EXPECT_EQ(out.column("state_rows", "table_name"), "t");
    EXPECT_NE(details(out).find("table u: its definition cannot be read"), std::string::npos);
}

TEST(StateDamage, StopsWhenOnePageIsNamedOverAndOver) {
    const DatabaseFile file(kThreeTables);
    std::string bytes = file.bytes();
    const std::size_t root = 2 * kPage;  // of t: an interior page, pointers to cells from byte 12
    ASSERT_EQ(bytes[root], '\x05');
    const auto cells = static_cast<std::size_t>(static_cast<unsigned char>(bytes[root + 4]));
    const auto cell = [&](std::size_t i) {
        const auto high = static_cast<unsigned char>(bytes[root + 12 + 2 * i]);
        return root + high * 256U + static_cast<unsigned char>(bytes[root + 13 + 2 * i]);
    };
    for (std::size_t i = 1; i < cells; ++i) bytes.replace(cell(i), 4, bytes.substr(cell(0), 4));
    file.overwrite(bytes);
    const auto out = extract_database("a.db", file);
    EXPECT_LT(count(out, "t"), 30);
    EXPECT_NE(details(out).find("row numbers out of order"), std::string::npos);
    EXPECT_EQ(count(out, "z"), 1);
}

TEST(StateDamage, SurvivesAnyBytes) {
    const DatabaseFile original(kThreeTables +
                                "CREATE TABLE w(k TEXT PRIMARY KEY, v) WITHOUT ROWID;"
                                "INSERT INTO w SELECT s, id FROM t; CREATE INDEX i ON t(s);");
    const std::string bytes = original.bytes();
    std::mt19937 random(20260102);
    const DatabaseFile file;
    for (int round = 0; round < 150; ++round) {
        std::string changed = bytes;
        for (int i = 0; i < 1 + round % 30; ++i)
            changed[random() % (round % 3 == 0 ? 3 * kPage : changed.size())] =
                static_cast<char>(random());
        if (round % 5 == 0) changed.resize(random() % changed.size());
        file.overwrite(changed);
        const auto out = extract_database("a.db", file);
        ASSERT_TRUE(out.balanced()) << round;
        ASSERT_EQ(out.batch->tally.rejected,
                  static_cast<std::int64_t>(out.batch->rejects().size()));
    }
}

}  // namespace
}  // namespace ingot::testing
