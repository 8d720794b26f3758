// SPDX-License-Identifier: MIT
#include "tests/loaders/schema/linted.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace ingot::testing {
namespace {

using Found = std::vector<std::string>;

lint::Options options_for(const lint::Rule& rule) {
    return {.dialect = rule.dialect == lint::For::sqlite ? Dialect::sqlite : Dialect::postgres};
}

bool names(const std::vector<std::string>& findings, std::string_view rule) {
    return std::any_of(findings.begin(), findings.end(), [rule](const std::string& finding) {
        return finding.substr(0, finding.find(' ')) == rule;
    });
}

TEST(LintRules, ReportTheirBadExample) {
    for (const lint::Rule& rule : lint::rules())
        EXPECT_TRUE(names(linted(std::string(rule.bad), options_for(rule)), rule.id)) << rule.id;
}

TEST(LintRules, AreSilentOnTheirGoodExample) {
    for (const lint::Rule& rule : lint::rules())
        EXPECT_FALSE(names(linted(std::string(rule.good), options_for(rule)), rule.id)) << rule.id;
}

TEST(LintRules, HaveIdsOfTheirOwn) {
    std::set<std::string_view> ids;
    for (const lint::Rule& rule : lint::rules()) EXPECT_TRUE(ids.insert(rule.id).second) << rule.id;
}

/// The rules that find something in `text` among `of`; the others are not of interest.
void expect_found(const std::string& text, const std::string& rule, int times) {
    const auto counts = counted({{"a.sql", text}});
    const auto found = counts.find(rule);
    EXPECT_EQ(found == counts.end() ? 0 : found->second, times) << rule << "\n" << text;
}

TEST(LintRules, ATableOfTheSameFileIsNotInUse) {
    EXPECT_EQ(linted("CREATE TABLE a (b int);\nCREATE INDEX i ON a (b);\n"
                     "ALTER TABLE a ALTER b SET NOT NULL;\nALTER TABLE a ADD UNIQUE (b);\n"
                     "ALTER TABLE a ADD CHECK (b > 0);\n"),
              Found{});
}

TEST(LintRules, DumpsOfPgDumpAreClean) {
    EXPECT_EQ(linted("SET statement_timeout = 0;\nSET lock_timeout = 0;\n"
                     "SELECT pg_catalog.set_config('search_path', '', false);\n"
                     "CREATE TABLE public.a (\n    b integer NOT NULL\n);\n"
                     "COPY public.a (b) FROM stdin;\n1\n2\n\\.\n"
                     "ALTER TABLE ONLY public.a ADD CONSTRAINT a_pkey PRIMARY KEY (b);\n"),
              Found{});
}

TEST(LintRules, ConditionsMixOnlyInsideOneClause) {
    const std::string rule = "and-or-brackets";
    expect_found("SELECT 1 FROM a JOIN b ON c AND d WHERE e OR f;", rule, 0);
    expect_found("SELECT 1 FROM a WHERE b BETWEEN 1 AND 2 OR c;", rule, 0);
    expect_found("SELECT 1 FROM a WHERE b BETWEEN 1 AND 2 AND c OR d;", rule, 1);
    expect_found("SELECT CASE WHEN a AND b THEN 1 WHEN c OR d THEN 2 END;", rule, 0);
    expect_found("SELECT CASE WHEN a AND b OR c THEN 1 END;", rule, 1);
    expect_found("SELECT 1 FROM a WHERE (b OR c) AND (d OR e);", rule, 0);
    expect_found("SELECT 1 WHERE a IN (SELECT b WHERE c AND d OR e) AND f;", rule, 1);
    expect_found(
        "CREATE OR REPLACE TRIGGER t BEFORE INSERT OR UPDATE ON a FOR EACH ROW WHEN (b AND "
        "c) EXECUTE FUNCTION f();",
        rule, 0);
    expect_found("DO $$ BEGIN IF a AND b OR c THEN NULL; END IF; END $$;", rule, 1);
}

TEST(LintRules, PatternsWithUnderscores) {
    const std::string rule = "like-underscore";
    expect_found("SELECT a LIKE '\\_a\\_%';", rule, 0);
    expect_found("SELECT a LIKE '____';", rule, 0);
    expect_found("SELECT a ILIKE '%_id';", rule, 1);
    expect_found("SELECT a LIKE 'a!_b' ESCAPE '!';", rule, 0);
    EXPECT_TRUE(names(linted("SELECT a LIKE 'a\\_b';", {.dialect = Dialect::sqlite}), rule));
}

TEST(LintRules, UpdatesThatReadWhatTheySet) {
    const std::string rule = "update-reads-old-value";
    expect_found("UPDATE a SET b = b + 1, c = d WHERE e;", rule, 0);
    expect_found("UPDATE a SET b = 1, c = (SELECT max(b) FROM x) WHERE e;", rule, 0);
    expect_found("UPDATE a SET b = 1, c = (a.b + 2) * 3 WHERE e;", rule, 1);
    expect_found("UPDATE a SET d = b IS DISTINCT FROM c, b = 1 WHERE e;", rule, 1);
    expect_found("UPDATE a SET b = s.b, c = s.b FROM s WHERE e;", rule, 0);
    expect_found("UPDATE a x SET (b, d) = (1, 2), c = CASE WHEN x.d > 1 THEN 1 END WHERE e;", rule,
                 1);
}

TEST(LintRules, DefaultsOfAddedColumns) {
    const std::string rule = "volatile-default";
    for (const char* fallback :
         {"0", "'x'", "now()", "CURRENT_TIMESTAMP", "'{}'::jsonb", "'a'::varchar(3)", "array['a']"})
        expect_found("ALTER TABLE a ADD COLUMN b text DEFAULT " + std::string(fallback) + ";", rule,
                     0);
    for (const char* fallback : {"random()", "clock_timestamp()", "nextval('s')", "my_function(1)",
                                 "encode(gen_random_bytes(3), 'hex')"})
        expect_found("ALTER TABLE a ADD COLUMN b text DEFAULT " + std::string(fallback) +
                         " NOT NULL;",
                     rule, 1);
    expect_found("ALTER TABLE a ADD b bigserial;", rule, 1);
}

TEST(LintRules, NamesAcrossKindsAndFiles) {
    EXPECT_EQ(counted({{"a.sql", "CREATE TABLE \"UserRole\" (a int);"},
                       {"b.sql", "CREATE TYPE \"UserRole\" AS ENUM ('A');"}})["duplicate-name"],
              1);
    expect_found("CREATE TABLE A (b int); CREATE TABLE \"a\" (b int);", "duplicate-name", 1);
    expect_found("CREATE TABLE x.a (b int); CREATE TABLE y.a (b int);", "duplicate-name", 0);
    expect_found("CREATE TABLE a (b int); DROP TABLE a; CREATE TABLE a (b int);", "duplicate-name",
                 0);
    expect_found("CREATE INDEX i ON a (b); DROP TABLE a; CREATE INDEX i ON c (b);",
                 "duplicate-name", 0);
    expect_found("CREATE TABLE a (b int); ALTER TABLE a RENAME TO c; CREATE TABLE a (b int);",
                 "duplicate-name", 0);
    expect_found("ALTER TABLE a ADD b int; ALTER TABLE a ADD b text;", "duplicate-name", 1);
    expect_found(
        "\\if :x\nCREATE TYPE t AS ENUM ('a');\n\\else\nCREATE DOMAIN t AS text;\n\\endif\n",
        "duplicate-name", 0);
}

TEST(LintRules, ForeignKeysAndTheirIndexes) {
    const std::string rule = "foreign-key-without-index";
    expect_found("CREATE TABLE a (b int, c int, PRIMARY KEY (b, c), FOREIGN KEY (b) REFERENCES d);",
                 rule, 0);
    expect_found("CREATE TABLE a (b int, c int, PRIMARY KEY (b, c), FOREIGN KEY (c) REFERENCES d);",
                 rule, 1);
    expect_found("CREATE TABLE a (b int, c int, FOREIGN KEY (b, c) REFERENCES d);"
                 "CREATE INDEX ON a (c, b, e);",
                 rule, 0);
    expect_found("CREATE TABLE a (b int REFERENCES d); CREATE INDEX i ON a (b) WHERE b > 1;", rule,
                 1);
    expect_found("ALTER TABLE a ADD COLUMN b int REFERENCES d;", rule, 1);
}

TEST(LintRules, CommentsSilenceOneFindingEach) {
    const std::string bad = "DELETE FROM a;\n";
    const std::string ignore = "-- ingot:ignore write-without-where scratch\n";
    EXPECT_EQ(linted(ignore + bad + bad), Found{"write-without-where 3"});
    EXPECT_EQ(linted(ignore + ignore + bad), Found{"unused-ignore 1"});
    EXPECT_EQ(linted("-- ingot:ignore write-without-where\n" + bad),
              (Found{"bad-ignore 1", "write-without-where 2"}));
    EXPECT_EQ(linted("-- ingot:ignore no-such-rule because\n" + bad),
              (Found{"bad-ignore 1", "write-without-where 2"}));
    EXPECT_EQ(
        linted("CREATE TABLE a (\n  -- ingot:ignore timestamp-without-zone local time is meant\n"
               "  b timestamp\n);\n"),
        Found{});
}

TEST(LintRules, WhatTheRunnerDoesCanBeAssumed) {
    const std::string text = "CREATE INDEX CONCURRENTLY i ON a (b);\n";
    EXPECT_TRUE(names(linted(text, {.in_transaction = true}), "concurrently-in-transaction"));
    EXPECT_EQ(linted(text, {.lock_timeout = true}), Found{});
}

}  // namespace
}  // namespace ingot::testing
