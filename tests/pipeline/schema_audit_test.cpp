// SPDX-License-Identifier: MIT
#include "tests/loaders/before_state.hpp"
#include "tests/pipeline/program.hpp"
#include "tests/pipeline/temp_folder.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include <SQLiteCpp/SQLiteCpp.h>

#include <boost/filesystem/fstream.hpp>

namespace ingot::testing {
namespace {

using nlohmann::json;

Finished schema(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "schema");
    return run_ingot(std::move(arguments));
}

struct SchemaAudit : ::testing::Test {
    TempFolder folder;

    std::string sqlite(const std::string& sql) const {
        const std::string path = (folder.path() / "app.db").string();
        SQLite::Database db(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        db.exec(sql);
        return path;
    }
};

TEST_F(SchemaAudit, SaysNothingOfAWellKeptDatabase) {
    const Finished out = schema({"audit", "--sqlite", sqlite("CREATE TABLE t (a INT)")});
    EXPECT_EQ(out.exit_code, 0) << out.errors;
    EXPECT_NE(out.output.find("1 table, 0 indexes, 0 constraints: 0 errors, 0 warnings, 0 advised"),
              std::string::npos)
        << out.output;
}

TEST_F(SchemaAudit, ExitCodesSayWhatWasFound) {
    const std::string path = sqlite("CREATE TABLE t (a INT); CREATE INDEX i ON t (a); "
                                    "CREATE INDEX j ON t (a)");
    EXPECT_EQ(schema({"audit", "--sqlite", path}).exit_code, 0);
    EXPECT_EQ(schema({"audit", "--strict", "--sqlite", path}).exit_code, 3);
    EXPECT_EQ(schema({"audit"}).exit_code, 2);
    EXPECT_EQ(schema({"audit", "--sqlite", path + "x"}).exit_code, 1);
    EXPECT_EQ(schema({"audit", "--sqlite", path, "--postgres", "host=/nowhere"}).exit_code, 2);
    EXPECT_EQ(schema({"audit", "--postgres", "host=/nowhere"}).exit_code, 5);
    EXPECT_EQ(schema({"audit", "-q", "--sqlite", path}).output, "");
}

TEST_F(SchemaAudit, AnInvalidIndexIsAnError) {
    const std::string url = empty_database();
    ask(url, "CREATE TABLE t (a int)");
    ask(url, "INSERT INTO t VALUES (1), (1)");
    try {
        ask(url, "CREATE UNIQUE INDEX CONCURRENTLY broken ON t (a)");
    } catch (const std::exception&) {  // it is meant to fail
    }
    const Finished out = schema({"audit", "--json", "--postgres", url});
    EXPECT_EQ(out.exit_code, 3) << out.errors;
    const json report = json::parse(out.output);
    EXPECT_EQ(report["counts"]["error"], 1);
    EXPECT_EQ(report["findings"][0]["object"], "index broken");
    EXPECT_EQ(report["findings"][0]["in_pack"], true);
    EXPECT_EQ(report["tables"], 1);
}

TEST_F(SchemaAudit, WritesAPackAndChangesNothing) {
    const std::string url = before_database("codebase_mcp");
    const std::string before = schema_dump(url) + row_hashes(url);
    const std::string pack = (folder.path() / "pack").string();
    const Finished out = schema({"audit", "--postgres", url, "--fix", pack});
    EXPECT_EQ(out.exit_code, 0) << out.errors;
    EXPECT_NE(out.output.find("wrote " + pack + "/001_index_foreign_keys.toml"), std::string::npos);
    EXPECT_TRUE(boost::filesystem::exists(pack + "/pack.toml"));
    EXPECT_EQ(schema_dump(url) + row_hashes(url), before);
    EXPECT_EQ(schema({"audit", "--postgres", url, "--fix", pack}).exit_code, 1);
}

TEST_F(SchemaAudit, ItsPackMendsWhatWasFoundAndGoesBack) {
    for (const char* fixture : {"codebase_mcp", "terminal_manager", "agent_hive_genuine"}) {
        const std::string url = before_database(fixture);
        const std::string before = schema_dump(url);
        const std::string packs = (folder.path() / fixture).string();
        ASSERT_EQ(schema({"audit", "-q", "--postgres", url, "--fix", packs + "/mend"}).exit_code,
                  0);
        const std::vector<std::string> pack{"--pack-dir", packs, "--pack", "mend",
                                            "--postgres", url,   "--yes",  "--log-dir",
                                            packs,        "-q"};
        const auto with_pack = [&](std::vector<std::string> words) {
            words.insert(words.end(), pack.begin(), pack.end());
            return schema(std::move(words));
        };
        const Finished up = with_pack({"up", "--no-backup"});
        EXPECT_EQ(up.exit_code, 0) << fixture << up.errors;
        EXPECT_EQ(schema({"audit", "--strict", "-q", "--postgres", url}).exit_code, 0) << fixture;
        EXPECT_NE(schema_dump(url), before);
        const Finished down = with_pack({"down", "--all"});
        EXPECT_EQ(down.exit_code, 0) << fixture << down.errors;
        EXPECT_EQ(schema_dump(url), before);
    }
}

TEST_F(SchemaAudit, HostileNamesCannotSteerTheTerminal) {
    const Finished out =
        schema({"audit", "--sqlite",
                sqlite("CREATE TABLE \"t\x1b[31m\" (a INT); CREATE INDEX i ON \"t\x1b[31m\" (a); "
                       "CREATE INDEX j ON \"t\x1b[31m\" (a)")});
    EXPECT_EQ(out.output.find('\x1b'), std::string::npos);
    EXPECT_NE(out.output.find("\\x1b[31m"), std::string::npos);
}

struct SchemaRenamePlan : SchemaAudit {};

TEST_F(SchemaRenamePlan, SaysWhatATableTakesWithIt) {
    const std::string url = before_database("personal_ai");
    const std::string before = schema_dump(url);
    boost::filesystem::create_directory(folder.path() / "src");
    boost::filesystem::ofstream(folder.path() / "src/a.ts") << "sql`SELECT 1 FROM \"User\"`\n";
    const std::string pack = (folder.path() / "pack").string();
    const Finished out =
        schema({"rename-plan", "--to", "snake_case", "--map", "User=users,AuditLog=AuditLog",
                "--postgres", url, "--scan", (folder.path() / "src").string(), "-o", pack});
    EXPECT_EQ(out.exit_code, 0) << out.errors;
    EXPECT_NE(out.output.find("User → users\n"), std::string::npos) << out.output;
    EXPECT_NE(out.output.find("a.ts:1: \"User\"  sql`SELECT 1 FROM \"User\"`"), std::string::npos);
    EXPECT_NE(out.output.find("stays: AuditLog"), std::string::npos);
    EXPECT_NE(out.output.find("no disk"), std::string::npos);
    EXPECT_TRUE(boost::filesystem::exists(pack + "/001_rename_tables.toml"));
    EXPECT_EQ(schema_dump(url), before);
    EXPECT_NE(out.output.find("next: ingot schema plan --pack-dir " + folder.path().string() +
                              " --pack pack"),
              std::string::npos);
}

TEST_F(SchemaRenamePlan, ItsPackLeavesNoOldNameAndGoesBack) {
    const std::string url = before_database("personal_ai");
    const std::string before = schema_dump(url) + row_hashes(url);
    const std::string packs = folder.path().string();
    ASSERT_EQ(schema({"rename-plan", "--to", "snake_case", "--map", "User=users", "--postgres", url,
                      "-o", packs + "/rename"})
                  .exit_code,
              0);
    const auto with_pack = [&](std::vector<std::string> words) {
        for (const std::string& word :
             std::vector<std::string>{"--pack-dir", packs, "--pack", "rename", "--postgres", url,
                                      "--yes", "--log-dir", packs, "-q"})
            words.push_back(word);
        return schema(std::move(words));
    };
    const Finished up = with_pack({"up", "--no-backup"});
    EXPECT_EQ(up.exit_code, 0) << up.errors;
    const json audit = json::parse(schema({"audit", "--json", "--postgres", url}).output);
    for (const json& finding : audit["findings"]) {
        EXPECT_NE(finding["check"], "stale-name") << finding;
        EXPECT_NE(finding["check"], "quoted-name") << finding;
    }
    EXPECT_EQ(ask(url, "SELECT count(*) FROM \"User\""), ask(url, "SELECT count(*) FROM users"));
    const Finished down = with_pack({"down", "--all"});
    EXPECT_EQ(down.exit_code, 0) << down.errors;
    EXPECT_EQ(schema_dump(url) + row_hashes(url), before);
}

TEST_F(SchemaRenamePlan, WithConflictsIsNoPack) {
    const std::string url = empty_database();
    ask(url, "CREATE TABLE \"LogLine\" (a int)");
    ask(url, "CREATE TABLE log_line (a int)");
    const std::string pack = (folder.path() / "pack").string();
    const Finished out =
        schema({"rename-plan", "--to", "snake_case", "--json", "--postgres", url, "-o", pack});
    EXPECT_EQ(out.exit_code, 3) << out.errors;
    const json report = json::parse(out.output);
    EXPECT_EQ(report["conflicts"], 1);
    EXPECT_EQ(report["tables"][0]["conflicts"][0], "the name log_line is taken by a table");
    EXPECT_EQ(report["tables"][0]["lock"], "AccessExclusive");
    EXPECT_EQ(report["disk_bytes"], 0);
    EXPECT_FALSE(boost::filesystem::exists(pack));
}

TEST_F(SchemaRenamePlan, ArgumentsAreChecked) {
    const std::string path = sqlite("CREATE TABLE AbC (a INT); CREATE TABLE User (a INT)");
    EXPECT_EQ(schema({"rename-plan", "--sqlite", path}).exit_code, 2);
    EXPECT_EQ(schema({"rename-plan", "--to", "camelCase", "--sqlite", path}).exit_code, 2);
    EXPECT_EQ(
        schema({"rename-plan", "--to", "snake_case", "--map", "X=y", "--sqlite", path}).exit_code,
        2);
    const Finished out = schema({"rename-plan", "--to", "snake_case", "--sqlite", path});
    EXPECT_EQ(out.exit_code, 0) << out.errors;
    EXPECT_NE(out.output.find("AbC → ab_c"), std::string::npos);
    EXPECT_NE(out.output.find("stays: User"), std::string::npos);
}

}  // namespace
}  // namespace ingot::testing
