// SPDX-License-Identifier: MIT
#include "loaders/schema/sql_split.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

namespace ingot::testing {
namespace {

using sql::Place;
using sql::Positions;
using sql::Remark;
using sql::Splitter;
using sql::Statement;
using Texts = std::vector<std::string>;

struct Cut {
    Texts texts;
    std::vector<Statement> statements;
    std::vector<Remark> remarks;
};

Cut cut(const std::string& text, Dialect dialect = Dialect::postgres, Place place = Place::script) {
    static std::vector<std::unique_ptr<std::string>> kept;  // statements point into it
    kept.push_back(std::make_unique<std::string>(text));
    Positions positions(*kept.back());
    Splitter splitter(*kept.back(), dialect, place, positions);
    Cut result;
    Statement statement;
    while (splitter.next(statement)) {
        result.texts.emplace_back(statement.text);
        result.statements.push_back(statement);
    }
    result.remarks = splitter.remarks();
    return result;
}

Texts texts(const std::string& text, Dialect dialect = Dialect::postgres) {
    return cut(text, dialect).texts;
}

/// What the statements of `text` are, and that nothing is remarkable.
void expect_cut(const std::string& text, const Texts& expected) {
    const Cut result = cut(text);
    EXPECT_EQ(result.texts, expected);
    EXPECT_TRUE(result.remarks.empty()) << result.remarks[0].says;
}

TEST(SqlSplit, EndsStatementsAtSemicolonsAndAtTheEnd) {
    expect_cut("a; b;;  ;\n c", {"a", "b", "c"});
    expect_cut("", {});
    expect_cut(" -- nothing\n /* here */ ;", {});
}

TEST(SqlSplit, KeepsSemicolonsInStrings) {
    expect_cut("SELECT 'a;''b;'; c", {"SELECT 'a;''b;'", "c"});
    expect_cut("SELECT E'a\\';b'; c", {"SELECT E'a\\';b'", "c"});
    expect_cut("SELECT 'a\\'; c", {"SELECT 'a\\'", "c"});
    expect_cut("SELECT U&'a;', B'1', x'f;'; c", {"SELECT U&'a;', B'1', x'f;'", "c"});
    expect_cut("SELECT \"a;\"\"b;\", U&\"d;\"; c", {"SELECT \"a;\"\"b;\", U&\"d;\"", "c"});
}

TEST(SqlSplit, KeepsSemicolonsInDollarQuotes) {
    expect_cut("SELECT $$a;b$$; c", {"SELECT $$a;b$$", "c"});
    expect_cut("SELECT $x$a;$$;$y$;$x$; c", {"SELECT $x$a;$$;$y$;$x$", "c"});
    expect_cut("SELECT $\xC3\xA4$;$\xC3\xA4$; c", {"SELECT $\xC3\xA4$;$\xC3\xA4$", "c"});
}

TEST(SqlSplit, ParametersAndNamesWithDollarsAreNoQuotes) {
    expect_cut("SELECT $1, $2; c", {"SELECT $1, $2", "c"});
    expect_cut("SELECT a$b$; c$b$", {"SELECT a$b$", "c$b$"});
}

TEST(SqlSplit, CommentsNestInPostgresAndNotInSqlite) {
    expect_cut("a /* ; /* ; */ ; */ b; c", {"a /* ; /* ; */ ; */ b", "c"});
    EXPECT_EQ(texts("a /* ; /* ; */ b; c", Dialect::sqlite), (Texts{"a /* ; /* ; */ b", "c"}));
    expect_cut("a -- ; it's\n b; c", {"a -- ; it's\n b", "c"});
    expect_cut("SELECT 1 --1;\n; c", {"SELECT 1", "c"});
    expect_cut("SELECT 2*/*;*/3; c", {"SELECT 2*/*;*/3", "c"});
}

TEST(SqlSplit, SemicolonsInBracketsDoNotEndARule) {
    expect_cut("CREATE RULE r AS ON INSERT TO a DO (DELETE FROM b; DELETE FROM c); d",
               {"CREATE RULE r AS ON INSERT TO a DO (DELETE FROM b; DELETE FROM c)", "d"});
}

TEST(SqlSplit, BodiesOfBeginAtomicStayWhole) {
    const std::string function =
        "CREATE OR REPLACE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT CASE WHEN a THEN "
        "1 END; END";
    expect_cut(function + "; c", {function, "c"});
    expect_cut("BEGIN; a; END; b", {"BEGIN", "a", "END", "b"});
}

TEST(SqlSplit, TriggersOfSqliteStayWhole) {
    const std::string trigger =
        "CREATE TEMP TRIGGER t AFTER INSERT ON a BEGIN UPDATE b SET c = CASE WHEN d THEN 1 END; "
        "DELETE FROM e; END";
    EXPECT_EQ(texts(trigger + "; c", Dialect::sqlite), (Texts{trigger, "c"}));
}

TEST(SqlSplit, SqliteQuotesNamesInBracketsAndBackticks) {
    EXPECT_EQ(texts("SELECT [a;b], `c;``d`; e", Dialect::sqlite),
              (Texts{"SELECT [a;b], `c;``d`", "e"}));
    EXPECT_EQ(texts("SELECT $a; e", Dialect::sqlite), (Texts{"SELECT $a", "e"}));
}

TEST(SqlSplit, LinesOfPsqlAreNoSql) {
    const Cut result = cut("\\c db; it's\nSELECT 1\n\\gexec\n\\i x.sql\nSELECT \\if 2\n3;");
    EXPECT_EQ(result.texts, (Texts{"SELECT 1", "SELECT \\if 2\n3"}));
    ASSERT_EQ(result.remarks.size(), 4U);
    EXPECT_EQ(result.remarks[0].text, "\\c db; it's");
}

TEST(SqlSplit, DataOfCopyIsNotRead) {
    const Cut result =
        cut("COPY a (b) FROM stdin WITH (NULL 'x');\nit's; $$ (\n/*\n\\.\r\nSELECT 2;\n");
    EXPECT_EQ(result.texts.size(), 2U);
    EXPECT_EQ(result.texts[1], "SELECT 2");
    EXPECT_TRUE(result.remarks.empty());
    EXPECT_EQ(cut("COPY a FROM stdin;\n1\n").remarks.size(), 1U);
    EXPECT_EQ(texts("COPY a FROM 'stdin';\nSELECT 1;\n").size(), 2U);
}

TEST(SqlSplit, KnowsTheWordsOfOtherClients) {
    const Cut go = cut("SELECT 1\n  GO\nSELECT go\nFROM b");
    EXPECT_EQ(go.texts, (Texts{"SELECT 1", "SELECT go\nFROM b"}));
    EXPECT_EQ(go.remarks.size(), 1U);
    EXPECT_EQ(cut("DELIMITER //\nSELECT 1;\n").remarks.size(), 1U);
}

TEST(SqlSplit, GivesLineAndColumnInCharacters) {
    const Cut result = cut("a;\n\n  /* \xC3\xA4 */ b;\r\n\xC3\xA4\xC3\xA4; c");
    ASSERT_EQ(result.statements.size(), 4U);
    EXPECT_EQ(result.statements[1].position.line, 3U);
    EXPECT_EQ(result.statements[1].position.column, 11U);
    EXPECT_EQ(result.statements[3].position.line, 4U);
    EXPECT_EQ(result.statements[3].position.column, 5U);
}

TEST(SqlSplit, FollowsTransactions) {
    const Cut result = cut("a; BEGIN; b; SAVEPOINT s; ROLLBACK TO s; c; COMMIT; d; START "
                           "TRANSACTION; e; ROLLBACK; f");
    std::vector<std::size_t> transactions;
    for (const Statement& statement : result.statements)
        transactions.push_back(statement.transaction);
    EXPECT_EQ(transactions, (std::vector<std::size_t>{0, 1, 1, 1, 1, 1, 1, 0, 2, 2, 2, 0}));
}

TEST(SqlSplit, WhatHasNoEndIsARemark) {
    for (const char* text : {"SELECT 'a;", "SELECT \"a;", "SELECT $x$ a; $y$", "a; /* b; /* */",
                             "SELECT (1;", "CREATE FUNCTION f() BEGIN ATOMIC SELECT 1;",
                             "SELECT E'\\'", "'", "\"", "$$", "/*", "("}) {
        const Cut result = cut(text);
        ASSERT_EQ(result.remarks.size(), 1U) << text;
        EXPECT_EQ(result.remarks[0].kind, Remark::Kind::unterminated) << text;
    }
}

TEST(SqlSplit, CutsTheBodiesOfFunctions) {
    const Cut whole = cut("DO LANGUAGE plpgsql $x$BEGIN IF a THEN b; ELSE c; END IF; END$x$; d");
    ASSERT_EQ(whole.statements.size(), 2U);
    const auto body = body_of(whole.statements[0]);
    ASSERT_TRUE(body);
    EXPECT_EQ(cut(std::string(*body), Dialect::postgres, Place::body).texts,
              (Texts{"BEGIN", "IF a THEN", "b", "ELSE", "c", "END IF", "END"}));
    EXPECT_FALSE(body_of(whole.statements[1]));
    EXPECT_FALSE(body_of(
        cut("CREATE FUNCTION f() RETURNS int LANGUAGE plpython3u AS $$a;$$").statements[0]));
}

}  // namespace
}  // namespace ingot::testing
