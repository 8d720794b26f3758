// SPDX-License-Identifier: MIT
#include "tests/extractors/database.hpp"

#include <fstream>

#include <SQLiteCpp/Database.h>
#include <gtest/gtest.h>

namespace ingot::testing {
namespace {

std::string contents(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// Four bytes, the highest first.
std::string big_endian(std::size_t number) {
    std::string out;
    for (const unsigned shift : {24U, 16U, 8U, 0U})
        out.push_back(static_cast<char>(number >> shift & 255U));
    return out;
}

/// A database whose journal takes back its last change, and names a file as its super-journal.
class Interrupted {
public:
    explicit Interrupted(const std::string& super_journal) {
        const DatabaseFile other(
            "PRAGMA page_size=512; CREATE TABLE t(a); INSERT INTO t VALUES('before')");
        SQLite::Database writer(other.path().string(), SQLite::OPEN_READWRITE);
        writer.exec("PRAGMA cache_size=1; PRAGMA cache_spill=1; BEGIN; UPDATE t SET a = 'after';"
                    "CREATE TABLE filler(b)");
        for (int i = 0; i < 200; ++i)
            writer.exec("INSERT INTO filler VALUES(printf('%.*c', 400, 'x'))");
        file.overwrite(other.bytes());
        std::size_t sum = 0;
        for (const char c : super_journal) sum += static_cast<unsigned char>(c);
        std::ofstream journal(file.path().string() + "-journal", std::ios::binary);
        journal << contents(other.path().string() + "-journal");
        if (super_journal.empty()) return;
        journal << big_endian(0x40000000 / 512 + 1) << super_journal
                << big_endian(super_journal.size()) << big_endian(sum)
                << "\xd9\xd5\x05\xf9\x20\xa1\x63\xd7";
    }
    DatabaseFile file;
};

TEST(StateHostile, RunsNoViewAndNoTrigger) {
    const auto out =
        extract_database("a.db", "CREATE TABLE t(a); INSERT INTO t VALUES(1);"
                                 "CREATE VIEW v AS SELECT a FROM t;"
                                 "CREATE TRIGGER g AFTER INSERT ON t BEGIN DELETE FROM t; END");
    EXPECT_EQ(out.rows("state_rows"), "0.0 table_name=t row={\"a\":1}\n");
    EXPECT_EQ(out.rejects(), "");
}

TEST(StateHostile, DoesNotReadAViewThatPosesAsATable) {
    const auto out = extract_database(
        "a.db", "CREATE TABLE t(a); INSERT INTO t VALUES(1);"
                "CREATE VIEW v AS SELECT 'from the view'; PRAGMA writable_schema=ON;"
                "UPDATE sqlite_schema SET type='table', rootpage=2 WHERE name='v'");
    EXPECT_EQ(out.column("state_rows", "table_name"), "t");
}

TEST(StateHostile, CallsNoFunctionThatReachesOutside) {
    const DatabaseFile file("CREATE TABLE t(a, b AS (1)); INSERT INTO t(a) VALUES(1);"
                            "PRAGMA writable_schema=ON; UPDATE sqlite_schema SET "
                            "sql = 'CREATE TABLE t(a, b AS (fts3_tokenizer(a)))'");
    const auto out = extract_database("a.db", file);
    EXPECT_EQ(out.column("state_rows", "row"), R"({"a":1,"b":null})");
}

TEST(StateHostile, BoundsColumnsThatAreComputedFromOneAnother) {
    std::string columns = "a";
    for (char c = 'b'; c < 'z'; ++c)
        columns += std::string(", ") + c + " AS (" + char(c - 1) + "||" + char(c - 1) + ")";
    const DatabaseFile file(
        "CREATE TABLE t(a); INSERT INTO t VALUES('x'); CREATE TABLE u(a);"
        "INSERT INTO u VALUES(1); PRAGMA writable_schema=ON; UPDATE sqlite_schema SET "
        "sql = 'CREATE TABLE t(" +
        columns + ")' WHERE name = 't'");
    const auto out = extract_database("a.db", file);
    EXPECT_EQ(out.column("state_rows", "row"), R"({"a":"x"},{"a":1})");
}

TEST(StateHostile, TakesBackWhatAJournalBegan) {
    const Interrupted interrupted("");
    ASSERT_NE(interrupted.file.bytes().find("after"), std::string::npos);
    const auto out = extract_database("a.db", interrupted.file);
    EXPECT_EQ(out.rows("state_rows"), "0.0 table_name=t row={\"a\":\"before\"}\n");
}

TEST(StateHostile, NeverRemovesAFileThatAJournalNames) {
    const DatabaseFile precious("CREATE TABLE keep(me)");
    const Interrupted interrupted(precious.path().string());
    const auto out = extract_database("a.db", interrupted.file);
    EXPECT_EQ(out.rows("state_rows"), "0.0 table_name=t row={\"a\":\"before\"}\n");
    EXPECT_TRUE(std::filesystem::exists(precious.path()));
}

TEST(StateHostile, LeavesAJournalAloneWhoseSuperJournalIsGone) {
    const Interrupted interrupted("/nowhere/at/all-mj1");
    const auto out = extract_database("a.db", interrupted.file);
    EXPECT_EQ(out.rows("state_rows").find("before"), std::string::npos);
}

TEST(StateHostile, ReadsTextOfACollationThatItDoesNotKnow) {
    const DatabaseFile file(
        "CREATE TABLE t(k TEXT PRIMARY KEY, v) WITHOUT ROWID; INSERT INTO t VALUES('b',1),('a',2);"
        "CREATE TABLE u(k TEXT PRIMARY KEY); INSERT INTO u VALUES('d'),('c'); PRAGMA "
        "writable_schema=ON;"
        "UPDATE sqlite_schema SET sql = replace(sql, 'TEXT', 'TEXT COLLATE theirs')");
    const auto out = extract_database("a.db", file);
    EXPECT_EQ(out.column("state_rows", "row"),
              R"({"k":"a","v":2},{"k":"b","v":1},{"k":"c"},{"k":"d"})");
    EXPECT_EQ(out.rejects(), "");
}

}  // namespace
}  // namespace ingot::testing
