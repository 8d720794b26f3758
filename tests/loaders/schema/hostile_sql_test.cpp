// SPDX-License-Identifier: MIT
#include "tests/loaders/schema/linted.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <random>
#include <string>

namespace ingot::testing {
namespace {

/// Pieces that mean something to a reader of SQL.
constexpr const char* kPieces[] = {"'",
                                   "\"",
                                   "$$",
                                   "$a$",
                                   "/*",
                                   "*/",
                                   "--",
                                   "\n",
                                   ";",
                                   "(",
                                   ")",
                                   "\\",
                                   "E'",
                                   "\\.\n",
                                   "BEGIN",
                                   "END",
                                   "CASE",
                                   "CREATE",
                                   "TABLE",
                                   "INDEX",
                                   "FUNCTION",
                                   "ALTER",
                                   "ADD",
                                   "COLUMN",
                                   "DROP",
                                   "UPDATE",
                                   "SET",
                                   "WHERE",
                                   "a",
                                   "b",
                                   ",",
                                   "=",
                                   "IN",
                                   "NOT",
                                   "NULL",
                                   "AND",
                                   "OR",
                                   "LIKE",
                                   "'_a'",
                                   "COPY",
                                   "FROM",
                                   "stdin",
                                   "DO",
                                   "AS",
                                   "ON",
                                   "UNIQUE",
                                   "CHECK",
                                   "REFERENCES",
                                   "DEFAULT",
                                   "CONSTRAINT",
                                   "RENAME",
                                   "TO",
                                   "::",
                                   "timestamp",
                                   "/",
                                   "1",
                                   "GO\n",
                                   "DELIMITER",
                                   "[",
                                   "]",
                                   "`",
                                   "\xC3",
                                   "-- ingot:ignore like-underscore x\n",
                                   "VIEW",
                                   "MATERIALIZED",
                                   "TYPE",
                                   "ENUM",
                                   "encode",
                                   "."};

std::string random_script(std::mt19937& random, std::size_t pieces) {
    std::string text;
    for (std::size_t i = 0; i < pieces; ++i) {
        text += kPieces[random() % std::size(kPieces)];
        if (random() % 3 != 0) text += ' ';
        if (random() % 50 == 0) text += static_cast<char>(random());
    }
    return text;
}

/// Half a megabyte takes a tenth of a second; so long only what is more than linear.
void expect_quick(const std::string& text, const char* what) {
    const auto start = std::chrono::steady_clock::now();
    lint::lint({{"a.sql", text}}, {});
    lint::lint({{"a.sql", text}}, {.dialect = Dialect::sqlite});
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(8)) << what;
}

std::string repeated(const std::string& piece, std::size_t bytes) {
    std::string text;
    while (text.size() < bytes) text += piece;
    return text;
}

TEST(HostileSql, RandomPiecesNeverCrash) {
    std::mt19937 random(4711);
    for (int round = 0; round < 3000; ++round) {
        const std::string text = random_script(random, 1 + random() % 200);
        for (const Dialect dialect : {Dialect::postgres, Dialect::sqlite})
            for (const lint::Finding& found :
                 lint::lint({{"a.sql", text}}, {.dialect = dialect}).findings) {
                ASSERT_NE(found.rule, nullptr);
                ASSERT_GE(found.position.line, 1U);
                ASSERT_LE(found.position.line, 1U + text.size());
            }
    }
}

TEST(HostileSql, RandomBytesNeverCrash) {
    std::mt19937 random(815);
    for (int round = 0; round < 500; ++round) {
        std::string text(random() % 2000, '\0');
        for (char& c : text) c = static_cast<char>(random());
        lint::lint({{"a.sql", text}}, {});
        lint::lint({{"a.sql", text}}, {.dialect = Dialect::sqlite});
    }
}

TEST(HostileSql, EveryPrefixOfAScriptCanBeRead) {
    const std::string text =
        "CREATE TABLE a (b int DEFAULT (1), UNIQUE (b), CONSTRAINT c FOREIGN KEY (b) REFERENCES d);"
        "ALTER TABLE a ADD CONSTRAINT x CHECK (b > 0) NOT VALID, ALTER COLUMN b TYPE int USING (b);"
        "CREATE UNIQUE INDEX i ON a USING gin (b, lower(c)) WHERE b IN ('x');"
        "UPDATE a SET (b, c) = (1, 2) FROM d WHERE b NOT IN (SELECT b FROM d) AND b LIKE 'a_';"
        "DO $$ BEGIN IF encode(b, 'x') THEN NULL; END IF; END $$;";
    for (std::size_t size = 0; size <= text.size(); ++size)
        lint::lint({{"a.sql", text.substr(0, size)}}, {});
}

TEST(HostileSql, TimeIsLinear) {
    constexpr std::size_t kBytes = 500'000;
    for (const char* piece : {"(",
                              "[",
                              "CASE ",
                              "BEGIN;",
                              "BEGIN ",
                              "$a",
                              "$a$ ",
                              "'",
                              "GO ",
                              "GO\n",
                              "a.",
                              "a,",
                              "b IN (",
                              "NOT IN (",
                              "NOT IN (SELECT ",
                              "b IS NULL AND ",
                              "DO $$;$$;",
                              "/*",
                              "-- ingot:ignore rename x\n",
                              "-- ingot:ignore write-without-where x\nDELETE FROM a;",
                              "DELETE FROM a;",
                              "CREATE VIEW v AS SELECT a;",
                              "DROP TABLE a;",
                              "CREATE INDEX i ON a(b);DROP INDEX i;",
                              "ALTER TABLE a RENAME TO b;ALTER TABLE b RENAME TO a;",
                              "encode(",
                              "a/b",
                              "x.id = y.id ON ",
                              "\\c\n",
                              "COPY a FROM stdin;\n"}) {
        expect_quick(repeated(piece, kBytes), piece);
        expect_quick(
            "CREATE TYPE t AS ENUM ('a'); CREATE TABLE a (b t); UPDATE a SET b = b WHERE " +
                repeated(piece, kBytes),
            piece);
    }
}

/// Many objects that could each be compared with each.
TEST(HostileSql, ManyObjectsTakeLinearTime) {
    std::string views, indexes, columns = "CREATE TABLE a (x int";
    for (int i = 0; i < 40'000; ++i) {
        const std::string n = std::to_string(i);
        views += "CREATE VIEW v" + n +
                 " AS SELECT b FROM a;ALTER TABLE a DROP COLUMN b;DROP VIEW v" + n + ";";
        indexes +=
            "CREATE INDEX i" + n + " ON a (c" + n + ");DROP INDEX i" + std::to_string(i / 2) + ";";
        columns += ",c" + n + " int REFERENCES d, UNIQUE (c" + n + ", x)";
    }
    expect_quick(views, "views");
    expect_quick(indexes, "indexes");
    expect_quick(columns + ");", "columns");
}

}  // namespace
}  // namespace ingot::testing
