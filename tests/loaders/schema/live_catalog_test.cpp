// SPDX-License-Identifier: MIT
#include "loaders/schema/engine/catalog.hpp"
#include "tests/loaders/cluster.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace ingot::schema {
namespace {

/// A schema of its own on the private server.
std::unique_ptr<Target> postgres_with(const std::vector<std::string>& statements) {
    const std::string schema = ingot::testing::new_schema();
    ingot::testing::ask("CREATE SCHEMA " + identifier(schema));
    auto target = open_postgres(ingot::testing::cluster_url(), schema);
    for (const std::string& statement : statements) target->execute(statement);
    return target;
}

class LiveSqlite : public ::testing::Test {
protected:
    void SetUp() override {
        std::string pattern = (std::filesystem::temp_directory_path() / "catalog-XXXXXX").string();
        directory_ = mkdtemp(pattern.data());
    }
    void TearDown() override { std::filesystem::remove_all(directory_); }

    Catalog catalog_of(const std::vector<std::string>& statements) {
        const std::string path = (directory_ / "db").string();
        std::ofstream(path).flush();
        const auto target = open_sqlite(path);
        for (const std::string& statement : statements) target->execute(statement);
        return read_catalog(*target);
    }

    std::filesystem::path directory_;
};

std::vector<std::string> columns_of(const Index& index) {
    std::vector<std::string> texts;
    for (const Key& key : index.keys) texts.push_back(key.text);
    return texts;
}

using Names = std::vector<std::string>;

TEST(LivePostgresCatalog, OfASchemaThatDoesNotExistIsEmpty) {
    const auto target = open_postgres(ingot::testing::cluster_url(), "there is none");
    const Catalog catalog = read_catalog(*target);
    EXPECT_TRUE(catalog.relations.empty());
    EXPECT_TRUE(catalog.indexes.empty());
    EXPECT_TRUE(catalog.constraints.empty());
    EXPECT_GE(catalog.server_version, 120000);
    EXPECT_EQ(catalog.user, "postgres");
}

TEST(LivePostgresCatalog, HasColumnsWithTypesDefaultsAndCollations) {
    const auto target = postgres_with(
        {"CREATE TABLE \"Mixed\" (id serial PRIMARY KEY, \"userName\" varchar(20) NOT NULL "
         "DEFAULT 'a b', code text COLLATE \"C\", n int GENERATED ALWAYS AS IDENTITY, "
         "m int GENERATED ALWAYS AS (1 + 1) STORED)",
         "INSERT INTO \"Mixed\" (code) SELECT 'x' FROM generate_series(1, 7)"});
    const Catalog catalog = read_catalog(*target);
    const Relation* table = catalog.table("Mixed");
    ASSERT_NE(table, nullptr);
    EXPECT_EQ(table->rows, 7);
    EXPECT_GT(table->bytes, 0);
    EXPECT_TRUE(table->may_change);
    const Column* name = table->column("userName");
    ASSERT_NE(name, nullptr);
    EXPECT_EQ(name->type, "character varying(20)");
    EXPECT_TRUE(name->not_null);
    EXPECT_EQ(name->fallback, "'a b'::character varying");
    EXPECT_EQ(table->column("code")->collation, "C");
    EXPECT_TRUE(table->column("n")->generated);
    EXPECT_EQ(table->column("m")->generation, "GENERATED ALWAYS AS STORED");
    EXPECT_EQ(catalog.relation("Mixed_id_seq")->owned_by, "Mixed.id");
    EXPECT_EQ(catalog.holder_of("Mixed_id_seq"), "a sequence");
    EXPECT_EQ(catalog.holder_of("Mixed_pkey"), "an index");
    EXPECT_EQ(catalog.holder_of("mixed"), "");
}

TEST(LivePostgresCatalog, HasIndexesByTheirKeys) {
    const auto target =
        postgres_with({"CREATE TABLE t (a int, \"Bb\" text, c text, d timestamp)",
                       "CREATE INDEX i_plain ON t (a, \"Bb\" DESC, d DESC NULLS LAST) INCLUDE (c)",
                       "CREATE UNIQUE INDEX i_partial ON t (lower(\"Bb\")) WHERE c IS NULL",
                       "CREATE INDEX i_pattern ON t (c text_pattern_ops, \"Bb\" COLLATE \"C\")"});
    const Catalog catalog = read_catalog(*target);
    const Index* plain = catalog.index("i_plain");
    ASSERT_NE(plain, nullptr);
    EXPECT_EQ(columns_of(*plain), (Names{"a", "Bb", "d"}));
    EXPECT_EQ(plain->included, Names{"c"});
    EXPECT_TRUE(plain->keys[1].descending && plain->keys[1].nulls_first);
    EXPECT_TRUE(plain->keys[2].descending && !plain->keys[2].nulls_first);
    EXPECT_FALSE(plain->unique);
    EXPECT_EQ(plain->keys[0], (Key{.text = "a"}));
    const Index* partial = catalog.index("i_partial");
    EXPECT_TRUE(partial->unique);
    EXPECT_FALSE(partial->keys[0].is_column);
    EXPECT_EQ(partial->keys[0].text, "lower(\"Bb\")");
    EXPECT_EQ(partial->predicate, "c IS NULL");
    const Index* pattern = catalog.index("i_pattern");
    EXPECT_EQ(pattern->keys[0].operator_class, "text_pattern_ops");
    EXPECT_EQ(pattern->keys[1].collation, "C");
    EXPECT_EQ(catalog.indexes_of("t").size(), 3U);
}

TEST(LivePostgresCatalog, TellsAnIndexWhoseConcurrentBuildFailed) {
    const auto target = postgres_with({"CREATE TABLE t (a int)", "INSERT INTO t VALUES (1), (1)"});
    EXPECT_THROW(target->execute("CREATE UNIQUE INDEX CONCURRENTLY broken ON t (a)"),
                 StatementFailed);
    target->execute("CREATE INDEX whole ON t (a)");
    const Catalog catalog = read_catalog(*target);
    EXPECT_FALSE(catalog.index("broken")->valid);
    EXPECT_TRUE(catalog.index("whole")->valid);
}

TEST(LivePostgresCatalog, HasConstraintsWithWhatTheyReferTo) {
    const auto target = postgres_with(
        {"CREATE TABLE p (a int, b int, UNIQUE (b, a), PRIMARY KEY (a))",
         "CREATE TABLE q (x int, y int, CONSTRAINT q_fk FOREIGN KEY (y, x) REFERENCES p (b, a) "
         "ON DELETE SET NULL ON UPDATE CASCADE)",
         "ALTER TABLE q ADD CONSTRAINT positive CHECK (x > 0) NOT VALID"});
    const Catalog catalog = read_catalog(*target);
    const Constraint* key = catalog.constraint("q", "q_fk");
    ASSERT_NE(key, nullptr);
    EXPECT_EQ(key->columns, (Names{"y", "x"}));
    EXPECT_EQ(key->target, "p");
    EXPECT_EQ(key->target_columns, (Names{"b", "a"}));
    EXPECT_EQ(key->on_delete, "SET NULL");
    EXPECT_EQ(key->on_update, "CASCADE");
    EXPECT_TRUE(key->valid);
    const Constraint* check = catalog.constraint("q", "positive");
    EXPECT_FALSE(check->valid);
    EXPECT_EQ(check->definition, "CHECK ((x > 0))");
    EXPECT_EQ(catalog.constraint("p", "p_pkey")->index, "p_pkey");
    EXPECT_EQ(catalog.index("p_pkey")->constraint, "p_pkey");
    EXPECT_EQ(catalog.referrers_of("p").size(), 1U);
    EXPECT_EQ(catalog.constraints_of("q").size(), 2U);
}

TEST(LivePostgresCatalog, HasViewsTypesRoutinesAndTriggers) {
    const auto target = postgres_with(
        {"CREATE TYPE mood AS ENUM ('sad', 'ok')", "ALTER TYPE mood ADD VALUE 'fine' BEFORE 'ok'",
         "CREATE DOMAIN pos AS int CHECK (VALUE > 0)", "CREATE TABLE t (a int, b mood)",
         "CREATE VIEW v AS SELECT a FROM t",
         "CREATE MATERIALIZED VIEW m AS SELECT a FROM v WITH NO DATA",
         "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
         "CREATE TRIGGER w BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f()",
         "CREATE FUNCTION g(x int) RETURNS int LANGUAGE sql RETURN x + 1"});
    const Catalog catalog = read_catalog(*target);
    EXPECT_EQ(catalog.enums.at("mood"), (Names{"sad", "fine", "ok"}));
    EXPECT_TRUE(catalog.other_types.at("pos").starts_with("domain integer"));
    EXPECT_EQ(catalog.views_on("t"), Names{"v"});
    EXPECT_EQ(catalog.views_on("t", "a"), Names{"v"});
    EXPECT_TRUE(catalog.views_on("t", "b").empty());
    EXPECT_EQ(catalog.views_on("v"), Names{"m"});
    EXPECT_FALSE(catalog.relation("m")->populated);
    ASSERT_EQ(catalog.routines.size(), 2U);
    EXPECT_EQ(catalog.routines[0].signature, "f()");
    EXPECT_EQ(catalog.routines[0].body, "BEGIN RETURN NEW; END");
    EXPECT_EQ(catalog.routines[1].signature, "g(x integer)");
    EXPECT_EQ(catalog.routines[1].body, "");
    ASSERT_EQ(catalog.triggers.size(), 1U);
    EXPECT_EQ(catalog.triggers[0].table, "t");
    EXPECT_EQ(catalog.holder_of("mood"), "an enum type");
}

/// One query over all of them would need more locks than a server has.
TEST(LivePostgresCatalog, CountsTheRowsOfManyNewTables) {
    const auto target = postgres_with(
        {"DO $$ BEGIN FOR i IN 1..205 LOOP EXECUTE format('CREATE TABLE t%s AS SELECT "
         "generate_series(1, %s)', i, i); END LOOP; END $$"});
    const Catalog catalog = read_catalog(*target);
    ASSERT_EQ(catalog.relations.size(), 205U);
    for (const int number : {1, 20, 21, 200, 205})
        EXPECT_EQ(catalog.table("t" + std::to_string(number))->rows, number);
}

TEST(LivePostgresCatalog, LeavesOutWhatBelongsToAnExtension) {
    const auto target = postgres_with({"CREATE TABLE own (a int)"});
    target->execute("CREATE EXTENSION IF NOT EXISTS pg_stat_statements");
    const Catalog catalog = read_catalog(*target);
    target->execute("DROP EXTENSION pg_stat_statements");
    EXPECT_TRUE(catalog.extensions.contains("pg_stat_statements"));
    EXPECT_EQ(catalog.relations.size(), 1U);
    EXPECT_TRUE(catalog.routines.empty());
}

/// Each of these changes is one that pg_dump -s would show.
TEST(LivePostgresCatalog, IsDescribedSoThatEveryChangeShows) {
    const auto target = postgres_with(
        {"CREATE TABLE t (id serial PRIMARY KEY, a int, b text)", "CREATE INDEX i ON t (a)",
         "CREATE VIEW v AS SELECT a FROM t", "CREATE TYPE e AS ENUM ('x')",
         "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
         "CREATE TRIGGER w BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f()",
         "ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID"});
    Names before = describe(read_catalog(*target));
    EXPECT_TRUE(std::is_sorted(before.begin(), before.end()));
    for (const char* change :
         {"ALTER TABLE t VALIDATE CONSTRAINT c", "ALTER TABLE t ALTER b SET NOT NULL",
          "ALTER TABLE t ALTER b SET DEFAULT 'z'", "ALTER TABLE t ALTER b TYPE varchar(9)",
          "ALTER TABLE t ALTER b TYPE varchar(9) COLLATE \"C\"", "ALTER INDEX i RENAME TO j",
          "CREATE OR REPLACE VIEW v AS SELECT a FROM t WHERE a > 1", "ALTER TYPE e ADD VALUE 'y'",
          "CREATE OR REPLACE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN OLD; "
          "END'",
          "ALTER TABLE t DISABLE TRIGGER w", "ALTER TRIGGER w ON t RENAME TO x",
          "ALTER SEQUENCE t_id_seq OWNED BY NONE", "ALTER SEQUENCE t_id_seq MAXVALUE 99",
          "ALTER TABLE t SET (fillfactor = 50)", "CREATE DOMAIN d AS int",
          "ALTER DOMAIN d SET NOT NULL", "ALTER TABLE t RENAME TO u"}) {
        target->execute(change);
        Names after = describe(read_catalog(*target));
        EXPECT_NE(after, before) << change;
        before = std::move(after);
    }
    target->execute("INSERT INTO u (b) VALUES ('1')");
    target->execute("ANALYZE u");
    EXPECT_EQ(describe(read_catalog(*target)), before);
}

TEST_F(LiveSqlite, HasTablesColumnsAndViews) {
    const Catalog catalog = catalog_of(
        {"CREATE TABLE T (id INTEGER PRIMARY KEY, Name TEXT COLLATE NOCASE NOT NULL DEFAULT 'x', "
         "two INT AS (id * 2) STORED)",
         "INSERT INTO T (id) VALUES (1), (2)", "CREATE VIEW v AS SELECT id FROM t",
         "CREATE TRIGGER w AFTER INSERT ON T BEGIN SELECT 1; END"});
    const Relation* table = catalog.table("T");
    ASSERT_NE(table, nullptr);
    EXPECT_EQ(table->rows, 2);
    EXPECT_EQ(table->column("Name")->collation, "nocase");
    EXPECT_EQ(table->column("Name")->fallback, "'x'");
    EXPECT_TRUE(table->column("two")->generated);
    EXPECT_EQ(catalog.views_on("T"), Names{"v"});
    EXPECT_EQ(catalog.views_on("T", "id"), Names{"v"});
    EXPECT_EQ(catalog.relation("v")->definition, "SELECT id FROM t");
    EXPECT_EQ(catalog.triggers.at(0).table, "T");
    EXPECT_GE(catalog.server_version, 3037000);
}

TEST_F(LiveSqlite, HasIndexesWithExpressionsAndPredicates) {
    const Catalog catalog = catalog_of(
        {"CREATE TABLE t (a INT, b TEXT COLLATE NOCASE, c TEXT)",
         "CREATE UNIQUE INDEX i ON t (a, lower(c) DESC, b, c COLLATE RTRIM) WHERE c <> 'A b'"});
    const Index* index = catalog.index("i");
    ASSERT_NE(index, nullptr);
    EXPECT_EQ(columns_of(*index), (Names{"a", "lower(c)", "b", "c"}));
    EXPECT_TRUE(index->keys[1].descending);
    EXPECT_FALSE(index->keys[1].is_column);
    EXPECT_EQ(index->keys[2].collation, "");
    EXPECT_EQ(index->keys[3].collation, "RTRIM");
    EXPECT_EQ(index->predicate, "c <> 'A b'");
    EXPECT_TRUE(index->unique);
}

TEST_F(LiveSqlite, HasConstraintsByTheNamesOfTheirText) {
    const Catalog catalog = catalog_of(
        {"CREATE TABLE p (a INT, b INT, CONSTRAINT p_key PRIMARY KEY (a, b), UNIQUE (b))",
         "CREATE TABLE q (id INTEGER PRIMARY KEY, x INT CONSTRAINT pos CHECK (x > 0), y INT, "
         "CONSTRAINT q_p FOREIGN KEY (x, y) REFERENCES P (a, b) ON DELETE CASCADE)"});
    const Constraint* primary = catalog.constraint("p", "p_key");
    ASSERT_NE(primary, nullptr);
    EXPECT_EQ(primary->kind, ConstraintKind::primary);
    EXPECT_EQ(primary->columns, (Names{"a", "b"}));
    EXPECT_EQ(primary->index, "sqlite_autoindex_p_1");
    EXPECT_EQ(catalog.constraint("q", "pos")->definition, "CHECK (x > 0)");
    const Constraint* key = catalog.constraint("q", "q_p");
    ASSERT_NE(key, nullptr);
    EXPECT_EQ(key->target, "p");
    EXPECT_EQ(key->on_delete, "CASCADE");
    EXPECT_EQ(catalog.constraints_of("q").size(), 3U);
    EXPECT_EQ(catalog.constraints_of("p").size(), 2U);
}

}  // namespace
}  // namespace ingot::schema
