// SPDX-License-Identifier: MIT
#include "tests/extractors/database.hpp"

#include <SQLiteCpp/Database.h>
#include <gtest/gtest.h>

namespace ingot::testing {
namespace {

TEST(StateDb, TakesADatabaseUnderAnyName) {
    const DatabaseFile file("CREATE TABLE t(a); INSERT INTO t VALUES(1)");
    const auto out = extract_database("state/memory", file);
    ASSERT_NE(out.extractor, nullptr);
    EXPECT_EQ(out.extractor->name, "state_db");
    EXPECT_EQ(out.rows("state_rows"), "0.0 table_name=t row={\"a\":1}\n");
}

TEST(StateDb, CountsTheWholeFileOnceAndEveryRowAsARecord) {
    const auto out = extract_database("a.db", "CREATE TABLE t(a); INSERT INTO t VALUES(1),(2),(3)");
    EXPECT_EQ(out.account(), std::to_string(out.source->size) + "/0/0/0");
    EXPECT_EQ(out.batch->tally.records, 3);
    EXPECT_TRUE(out.balanced());
}

TEST(StateDb, ReadsAnEmptyFileAsADatabaseWithoutRows) {
    const auto out = extract("context/state.db", "");
    ASSERT_NE(out.extractor, nullptr);
    EXPECT_EQ(out.extractor->name, "state_db");
    EXPECT_EQ(out.account(), "0/0/0/0");
    EXPECT_EQ(out.rejects(), "");
}

TEST(StateDb, ReadsADatabaseWithoutTables) {
    const auto out = extract_database("a.db", "CREATE TABLE t(a); DROP TABLE t");
    EXPECT_EQ(out.rejects(), "");
    EXPECT_EQ(out.batch->tally.records, 0);
    EXPECT_TRUE(out.balanced());
}

TEST(StateDb, KeepsTheBytesOfAFileThatOnlyHasTheName) {
    const auto out = extract("cache.sqlite3", "print('hello')\n");
    EXPECT_EQ(out.rejects(), "not_a_database@0+15 line 1");
    EXPECT_EQ(out.batch->rejects()[0].raw, "print('hello')\n");
    EXPECT_TRUE(out.balanced());
}

TEST(StateDb, NumbersRowsOverTablesByNameAndRowsByKey) {
    const auto out =
        extract_database("a.db", "CREATE TABLE b(k TEXT PRIMARY KEY);"
                                 "CREATE TABLE B2(k);"
                                 "CREATE TABLE a(k INTEGER PRIMARY KEY);"
                                 "INSERT INTO b VALUES('z'),('y'); INSERT INTO B2 VALUES(7);"
                                 "INSERT INTO a VALUES(9),(-3)");
    EXPECT_EQ(out.rows("state_rows"), "0.0 table_name=B2 row={\"k\":7}\n"
                                      "1.0 table_name=a row={\"k\":-3}\n"
                                      "2.0 table_name=a row={\"k\":9}\n"
                                      "3.0 table_name=b row={\"k\":\"y\"}\n"
                                      "4.0 table_name=b row={\"k\":\"z\"}\n");
}

TEST(StateDb, GivesTheSameRowsInWhateverOrderTheyWereWritten) {
    const std::string table = "CREATE TABLE t(a TEXT, n INT, PRIMARY KEY(n, a));";
    const auto one =
        extract_database("a.db", table + "INSERT INTO t VALUES('x',2),('b',1),('a',1)");
    const auto other =
        extract_database("a.db", table + "INSERT INTO t VALUES('a',1),('x',2);"
                                         "INSERT OR REPLACE INTO t VALUES('a',1),('b',1)");
    EXPECT_EQ(one.rows("state_rows"), other.rows("state_rows"));
    EXPECT_EQ(one.column("state_rows", "row"),
              R"({"a":"a","n":1},{"a":"b","n":1},{"a":"x","n":2})");
}

TEST(StateDb, OrdersRowsWithoutAKeyByTheirNumber) {
    const auto out = extract_database(
        "a.db", "CREATE TABLE t(a TEXT PRIMARY KEY, b);"
                "INSERT INTO t(rowid, a, b) VALUES(5,NULL,1),(2,NULL,2),(9,'a',3)");
    EXPECT_EQ(out.column("state_rows", "row"),
              R"({"a":null,"b":2},{"a":null,"b":1},{"a":"a","b":3})");
}

TEST(StateDb, ReadsTablesWithoutRowid) {
    const auto out = extract_database("a.db", "CREATE TABLE t(v, k TEXT COLLATE NOCASE, n INT, "
                                              "PRIMARY KEY(n DESC, k)) WITHOUT ROWID;"
                                              "INSERT INTO t VALUES(1,'b',1),(2,'A',1),(3,'c',0)");
    EXPECT_EQ(out.column("state_rows", "row"),
              R"({"v":3,"k":"c","n":0},{"v":2,"k":"A","n":1},{"v":1,"k":"b","n":1})");
}

TEST(StateDb, ReadsATableWhoseColumnsTookTheNamesOfTheRowNumber) {
    const auto out = extract_database("a.db", "CREATE TABLE t(rowid TEXT, oid, _rowid_);"
                                              "INSERT INTO t VALUES('b',1,2),('a',3,4)");
    EXPECT_EQ(out.column("state_rows", "row"),
              R"({"rowid":"b","oid":1,"_rowid_":2},{"rowid":"a","oid":3,"_rowid_":4})");
}

TEST(StateDb, WritesEveryKindOfValue) {
    const auto out =
        extract_database("a.db", "CREATE TABLE t(n,i,big,r,whole,tiny,s,b,e);"
                                 "INSERT INTO t VALUES(NULL,-5,9223372036854775807,0.1,2.0,"
                                 "2.5e-7,'a\"b',x'00ff10',x'')");
    EXPECT_EQ(out.column("state_rows", "row"),
              R"({"n":null,"i":-5,"big":9223372036854775807,"r":0.1,"whole":2.0,"tiny":2.5e-07,)"
              R"("s":"a\"b","b":{"$blob":"00ff10"},"e":{"$blob":""}})");
}

TEST(StateDb, WritesInfinityAsText) {
    const auto out =
        extract_database("a.db", "CREATE TABLE t(a,b); INSERT INTO t VALUES(9e999,-9e999)");
    EXPECT_EQ(out.column("state_rows", "row"), R"({"a":"inf","b":"-inf"})");
}

TEST(StateDb, RepairsTextThatNoDatabaseTakesAndCountsIt) {
    const auto out = extract_database("a.db", "CREATE TABLE t(a,b); INSERT INTO t VALUES("
                                              "CAST(x'610062' AS TEXT), CAST(x'61ff' AS TEXT))");
    EXPECT_EQ(out.column("state_rows", "row"), "{\"a\":\"a\xEF\xBF\xBD"
                                               "b\",\"b\":\"a\xEF\xBF\xBD\"}");
    EXPECT_EQ(out.batch->tally.repaired, 2);
}

TEST(StateDb, ReadsUtf16) {
    const auto out = extract_database("a.db", "PRAGMA encoding='UTF-16le'; CREATE TABLE tä(a);"
                                              "INSERT INTO tä VALUES('grün')");
    EXPECT_EQ(out.rows("state_rows"), "0.0 table_name=tä row={\"a\":\"grün\"}\n");
}

TEST(StateDb, KeepsGeneratedColumns) {
    const auto out =
        extract_database("a.db", "CREATE TABLE t(a INT, v AS (a+1), s AS (a*2) STORED);"
                                 "INSERT INTO t VALUES(4)");
    EXPECT_EQ(out.column("state_rows", "row"), R"({"a":4,"v":5,"s":8})");
}

TEST(StateDb, QuotesNames) {
    const auto out = extract_database("a.db", R"(CREATE TABLE "a ""b"" 'c"("x; y" INT, "select");)"
                                              R"(INSERT INTO "a ""b"" 'c" VALUES(1,2))");
    EXPECT_EQ(out.rows("state_rows"), "0.0 table_name=a \"b\" 'c row={\"x; y\":1,\"select\":2}\n");
}

TEST(StateDb, PassesOverWhatSqliteKeepsForItself) {
    const auto out =
        extract_database("a.db", "CREATE TABLE t(id INTEGER PRIMARY KEY AUTOINCREMENT, a);"
                                 "CREATE INDEX i ON t(a); INSERT INTO t(a) VALUES(1); ANALYZE");
    EXPECT_EQ(out.column("state_rows", "table_name"), "t");
}

TEST(StateDb, ReadsAVirtualTableByTheTablesThatHoldIt) {
    const auto out = extract_database("a.db", "CREATE VIRTUAL TABLE notes USING fts5(body);"
                                              "INSERT INTO notes VALUES('remember')");
    const std::string rows = out.rows("state_rows");
    EXPECT_NE(rows.find("table_name=notes_content row={\"id\":1,\"c0\":\"remember\"}"),
              std::string::npos);
    EXPECT_EQ(rows.find("table_name=notes row"), std::string::npos);
    EXPECT_EQ(out.rejects(), "");
}

TEST(StateDb, ReadsRowsThatAreOnlyInTheWal) {
    const DatabaseFile file;
    SQLite::Database writer(file.path().string(), SQLite::OPEN_READWRITE);
    writer.exec("PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=0;"
                "CREATE TABLE t(a); INSERT INTO t VALUES('only here')");
    const DatabaseFile copy;
    for (const char* ending : {"", "-wal"})
        std::filesystem::copy_file(file.path().string() + ending, copy.path().string() + ending,
                                   std::filesystem::copy_options::overwrite_existing);
    ASSERT_EQ(copy.bytes().find("only here"), std::string::npos);
    const auto out = extract_database("a.db", copy);
    EXPECT_EQ(out.column("state_rows", "row"), R"({"a":"only here"})");
    EXPECT_FALSE(std::filesystem::exists(copy.path().string() + "-shm"));
    EXPECT_EQ(extract_database("a.db", copy).rows("state_rows"), out.rows("state_rows"));
}

}  // namespace
}  // namespace ingot::testing
