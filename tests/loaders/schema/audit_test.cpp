// SPDX-License-Identifier: MIT
#include "loaders/schema/audit/finding.hpp"
#include "loaders/schema/audit/names.hpp"
#include "tests/loaders/cluster.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace ingot::schema::audit {
namespace {

using Names = std::vector<std::string>;

class Audit : public ::testing::Test {
protected:
    /// A schema of its own on the private server.
    void postgres(const Names& statements) {
        const std::string schema = ingot::testing::new_schema();
        ingot::testing::ask("CREATE SCHEMA " + identifier(schema));
        target_ = open_postgres(ingot::testing::cluster_url(), schema);
        for (const std::string& statement : statements) target_->execute(statement);
    }

    void sqlite(const Names& statements) {
        std::string pattern = (std::filesystem::temp_directory_path() / "audit-XXXXXX").string();
        directory_ = mkdtemp(pattern.data());
        const std::string path = (directory_ / "db").string();
        std::ofstream(path).flush();
        target_ = open_sqlite(path);
        for (const std::string& statement : statements) target_->execute(statement);
    }

    void TearDown() override {
        target_.reset();
        if (!directory_.empty()) std::filesystem::remove_all(directory_);
    }

    Result result(const Limits& limits = {}) {
        return audit(read_catalog(*target_), *target_, limits);
    }

    /// "check: object", sorted.
    Names found(const Limits& limits = {}) {
        Names lines;
        for (const Finding& finding : result(limits).findings)
            lines.push_back(std::string(finding.check) + ": " + finding.object);
        std::ranges::sort(lines);
        return lines;
    }

    /// Runs what the findings say would mend them.
    void mend() {
        for (const Finding& finding : result().findings)
            if (!finding.mend.empty()) target_->execute(finding.mend);
    }

    std::unique_ptr<Target> target_;
    std::filesystem::path directory_;
};

TEST_F(Audit, FindsNothingInAWellKeptSchema) {
    postgres(
        {"CREATE TABLE users (id serial PRIMARY KEY, email text UNIQUE, deleted_at timestamptz)",
         "CREATE TABLE orders (id serial PRIMARY KEY, user_id int REFERENCES users, n int "
         "CHECK (n > 0), state text, at timestamptz)",
         "CREATE INDEX idx_orders_user ON orders (user_id)",
         "CREATE INDEX orders_by_time ON orders (at DESC)",
         "CREATE INDEX orders_open ON orders (at) WHERE state = 'open'",
         "CREATE INDEX orders_email ON users (lower(email)) WHERE deleted_at IS NULL",
         "CREATE UNIQUE INDEX one_open ON orders (state) WHERE state = 'open'"});
    EXPECT_EQ(found(), Names());
}

TEST_F(Audit, FindsNamesThatStayedBehindWhenATableWasRenamed) {
    postgres(
        {"CREATE TABLE \"User\" (id text PRIMARY KEY)",
         "CREATE TABLE \"AssistantFolder\" (id serial, \"userId\" text NOT NULL, name text, "
         "CONSTRAINT \"AssistantFolder_pkey\" PRIMARY KEY (id), CHECK (name <> ''), "
         "CONSTRAINT \"AssistantFolder_userId_fkey\" FOREIGN KEY (\"userId\") REFERENCES \"User\")",
         "CREATE INDEX \"AssistantFolder_userId_idx\" ON \"AssistantFolder\" (\"userId\")",
         "CREATE INDEX \"IX_AssistantFolder_name\" ON \"AssistantFolder\" (name)",
         "CREATE INDEX folders_by_both ON \"AssistantFolder\" (name, \"userId\")",
         "ALTER TABLE \"AssistantFolder\" RENAME TO chat_folders",
         "ALTER TABLE \"User\" RENAME TO users"});
    EXPECT_EQ(found(), (Names{"covered-index: index IX_AssistantFolder_name",
                              "stale-name: constraint AssistantFolder_name_check",
                              "stale-name: constraint AssistantFolder_pkey",
                              "stale-name: constraint AssistantFolder_userId_fkey",
                              "stale-name: constraint User_pkey",
                              "stale-name: index AssistantFolder_userId_idx",
                              "stale-name: index IX_AssistantFolder_name",
                              "stale-name: sequence AssistantFolder_id_seq"}));
}

TEST_F(Audit, SaysStatementsThatMendAllOfIt) {
    postgres(
        {"CREATE TABLE \"User\" (id text CONSTRAINT \"User_pkey\" PRIMARY KEY)",
         "CREATE TABLE folders (id serial PRIMARY KEY, user_id text REFERENCES \"User\", n int)",
         "CREATE INDEX folders_id ON folders (id)", "CREATE INDEX f_n ON folders (n)",
         "CREATE INDEX f_n_id ON folders (n, id)",
         "ALTER TABLE folders ADD CONSTRAINT positive CHECK (n > 0) NOT VALID",
         "ALTER TABLE \"User\" RENAME TO accounts", "CREATE TABLE \"Odd\" (a int)",
         "INSERT INTO folders (n) VALUES (1), (1)"});
    EXPECT_THROW(target_->execute("CREATE UNIQUE INDEX CONCURRENTLY broken ON folders (n)"),
                 StatementFailed);
    target_->execute("DELETE FROM folders");
    EXPECT_EQ(result().count(Severity::error), 1U);
    EXPECT_EQ(result().findings.front().object, "index broken");
    mend();
    EXPECT_EQ(found(), Names());
}

TEST_F(Audit, KeepsIndexesBehindConstraintsAndUniqueOnes) {
    postgres({"CREATE TABLE t (a int, b int, PRIMARY KEY (a, b), UNIQUE (a), UNIQUE (b))",
              "CREATE UNIQUE INDEX u ON t (b, a)", "CREATE INDEX plain ON t (b)"});
    EXPECT_EQ(found(), Names{"duplicate-index: index plain"});
}

TEST_F(Audit, TakesOnlyEqualIndexesForDuplicates) {
    postgres({"CREATE TABLE t (a text, b int, c int)", "CREATE INDEX i1 ON t (a)",
              "CREATE INDEX i2 ON t (a text_pattern_ops)", "CREATE INDEX i3 ON t (a COLLATE \"C\")",
              "CREATE INDEX i4 ON t (a) WHERE b = 1", "CREATE INDEX i5 ON t USING hash (a)",
              "CREATE INDEX i6 ON t (a DESC, b)", "CREATE INDEX i7 ON t (b) INCLUDE (c)",
              "CREATE INDEX i8 ON t (b, a)"});
    EXPECT_EQ(found(), Names());
}

TEST_F(Audit, OfTwoEqualIndexesOneGoes) {
    postgres({"CREATE TABLE t (a int)", "CREATE INDEX i1 ON t (a)", "CREATE INDEX i2 ON t (a)",
              "CREATE INDEX i3 ON t (a)"});
    EXPECT_EQ(found(), (Names{"duplicate-index: index i2", "duplicate-index: index i3"}));
}

TEST_F(Audit, KnowsAForeignKeyByItsColumnsInAnyOrder) {
    postgres({"CREATE TABLE p (a int, b int, PRIMARY KEY (a, b))",
              "CREATE TABLE c1 (x int, y int, z int, FOREIGN KEY (x, y) REFERENCES p)",
              "CREATE INDEX i1 ON c1 (y, x, z)",
              "CREATE TABLE c2 (x int, y int, z int, FOREIGN KEY (x, y) REFERENCES p)",
              "CREATE INDEX i2 ON c2 (x, z, y)",
              "CREATE TABLE c3 (x int, y int, FOREIGN KEY (x, y) REFERENCES p)",
              "CREATE INDEX i3 ON c3 (x, y) WHERE y IS NOT NULL",
              "CREATE TABLE c4 (x int, y int, n int, FOREIGN KEY (x, y) REFERENCES p)",
              "CREATE INDEX i4 ON c4 (x, y) WHERE n = 1"});
    EXPECT_EQ(found(), (Names{"unindexed-foreign-key: foreign key c2_x_y_fkey",
                              "unindexed-foreign-key: foreign key c4_x_y_fkey"}));
}

TEST_F(Audit, FindsKeysThatTheirConditionMakesConstant) {
    postgres({"CREATE TABLE t (a int, b boolean, c varchar(9), d timestamptz)",
              "CREATE INDEX i1 ON t (d) WHERE d IS NULL", "CREATE INDEX i2 ON t (b) WHERE NOT b",
              "CREATE INDEX i3 ON t (c, a) WHERE c = 'x' AND a = -1",
              "CREATE INDEX i4 ON t (c, a) WHERE c = 'x'",
              "CREATE INDEX i5 ON t (d) WHERE d IS NOT NULL",
              "CREATE INDEX i6 ON t (a) WHERE a = 1 OR a = 2",
              "CREATE INDEX i7 ON t (c) WHERE c > 'x'"});
    EXPECT_EQ(found(), (Names{"constant-key: index i1", "constant-key: index i2",
                              "constant-key: index i3"}));
}

TEST_F(Audit, JudgesPartitionsByTheirTable) {
    postgres({"CREATE TABLE p (id int PRIMARY KEY)",
              "CREATE TABLE t (a int, p_id int REFERENCES p, b int) PARTITION BY RANGE (a)",
              "CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (1) TO (9)",
              "CREATE TABLE t_rest PARTITION OF t DEFAULT", "CREATE INDEX i ON t (b)",
              "CREATE INDEX j ON t (b, a)"});
    EXPECT_EQ(found(), (Names{"covered-index: index i", "unindexed-foreign-key: foreign key "
                                                        "t_p_id_fkey"}));
    mend();
    EXPECT_EQ(found(), Names());
}

TEST_F(Audit, FindsATypeThatDiffersFromATableBySpelling) {
    postgres({"CREATE TABLE \"UserRole\" (id int)", "CREATE TYPE user_role AS ENUM ('a')"});
    EXPECT_EQ(found(), (Names{"name-clash: type user_role", "quoted-name: table UserRole"}));
}

TEST_F(Audit, LeavesViewsThatKeepAnOldNameAlone) {
    postgres({"CREATE TABLE users (id int, name text)",
              "CREATE VIEW \"User\" AS SELECT * FROM users",
              "CREATE VIEW \"Names\" AS SELECT name FROM users"});
    EXPECT_EQ(found(), Names{"quoted-name: view Names"});
}

TEST_F(Audit, JudgesUseOnlyWithStatisticsOfSomeAge) {
    postgres({"CREATE TABLE t (a int, b int)", "CREATE INDEX i ON t (a)"});
    EXPECT_EQ(found(), Names());
    ASSERT_EQ(result().notes.size(), 1U);
    EXPECT_NE(result().notes[0].find("unused indexes are judged after 30.0"), std::string::npos);
    EXPECT_EQ(found({.unused_days = 0, .unused_reads = 1'000}), Names());
    EXPECT_EQ(found({.unused_days = 0, .unused_reads = 0}), Names{"unused-index: index i"});
}

TEST_F(Audit, WorksOnSqlite) {
    sqlite({"CREATE TABLE \"User\" (id INTEGER PRIMARY KEY, email TEXT UNIQUE)",
            "CREATE TABLE n (id INTEGER PRIMARY KEY REFERENCES \"User\", user_id INT REFERENCES "
            "\"User\", "
            "d TEXT, e TEXT)",
            "CREATE INDEX n_d ON n (d)", "CREATE INDEX n_d_e ON n (d, e)",
            "CREATE INDEX n_d_e2 ON n (d, e)", "CREATE INDEX n_null ON n (e) WHERE e IS NULL",
            "CREATE INDEX n_email ON \"User\" (email)"});
    EXPECT_EQ(found(), (Names{"constant-key: index n_null", "covered-index: index n_d",
                              "duplicate-index: index n_d_e2", "duplicate-index: index n_email",
                              "unindexed-foreign-key: foreign key (user_id)"}));
    EXPECT_EQ(result().notes.size(), 1U);
    mend();
    EXPECT_EQ(found(), Names());
}

TEST_F(Audit, MendsByAPackOfNumberedFiles) {
    sqlite({"CREATE TABLE p (id INTEGER PRIMARY KEY)",
            "CREATE TABLE c (p_id INT REFERENCES p, note TEXT)",
            "CREATE INDEX \"odd\\\"\"name\" ON c (note)", "CREATE INDEX n ON c (note)"});
    const std::vector<DraftFile> files = mending(result());
    ASSERT_EQ(files.size(), 2U);
    const auto paths = write_draft((directory_ / "pack").string(), "Mends.", files);
    ASSERT_EQ(paths.size(), 3U);
    EXPECT_TRUE(paths[1].ends_with("/001_index_foreign_keys.toml"));
    std::ifstream file(paths[2]);
    const std::string text((std::istreambuf_iterator<char>(file)), {});
    EXPECT_EQ(text, "says = \"Mends indexes that another one repeats.\"\n\n[[step]]\n"
                    "op = \"drop_index\"\nname = \"odd\\\\\\\"name\"\ntable = \"c\"\n"
                    "columns = [\"note\"]\nconcurrently = false\n");
    EXPECT_THROW(write_draft((directory_ / "pack").string(), "Mends.", files), RunError);
}

TEST(AuditBook, HasASectionForEveryCheck) {
    std::ifstream file(SOURCE_DIR "/docs/audit.md");
    const std::string page((std::istreambuf_iterator<char>(file)), {});
    for (const Check& check : checks())
        EXPECT_NE(page.find("\n## " + std::string(check.name) + "\n"), std::string::npos)
            << check.name;
}

TEST(AuditNames, AreTurnedIntoSnakeCase) {
    for (const auto& [from, to] : std::vector<std::pair<std::string, std::string>>{
             {"User", "user"},
             {"AssistantChatSession", "assistant_chat_session"},
             {"KBIssue", "kb_issue"},
             {"userID", "user_id"},
             {"User_email", "user_email"},
             {"already_there", "already_there"},
             {"V2Table", "v2_table"},
             {"ABC", "abc"}})
        EXPECT_EQ(snake_case(from), to);
}

TEST(AuditNames, SayTheirTableWhenTheyWereMadeByRule) {
    EXPECT_EQ(table_in_made_name("users_pkey", {"id"}), "users");
    EXPECT_EQ(table_in_made_name("users_pkey1", {"id"}), "users");
    EXPECT_EQ(table_in_made_name("a_b_c_fkey", {"b", "c"}), "a");
    EXPECT_EQ(table_in_made_name("users_createdat_idx", {"createdAt"}), "users");
    EXPECT_EQ(table_in_made_name("idx_users_email", {"email"}), std::nullopt);
    EXPECT_EQ(table_in_made_name("users_email_idx", {"mail"}), std::nullopt);
}

}  // namespace
}  // namespace ingot::schema::audit
