// SPDX-License-Identifier: MIT
#include "loaders/schema/engine/catalog.hpp"
#include "tests/loaders/before_state.hpp"
#include "tests/pipeline/fixture.hpp"
#include "tests/pipeline/program.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

namespace ingot::testing {
namespace {

/// Databases with the first version of Ingot's schema, as its program made them.
class CorePack : public ::testing::Test {
protected:
    static std::string script(const std::string& dialect) {
        std::ifstream file(std::string(SOURCE_DIR) + "/tests/loaders/schema/fixtures/core_1." +
                           dialect + ".sql");
        return {std::istreambuf_iterator<char>(file), {}};
    }

    std::string path(const std::string& name) const {
        return (workspace_.folder.path() / name).string();
    }

    std::string old_sqlite() const {
        const std::string file = path("old.db");
        run({"/usr/bin/env", "sqlite3", file, script("sqlite") + "PRAGMA user_version = 1;"});
        return file;
    }

    static void make_old(const std::string& url) {
        run({"/usr/bin/env", "psql", "-q", "-v", "ON_ERROR_STOP=1", "-d", url, "-c",
             "CREATE SCHEMA ingot; SET search_path = ingot; " + script("postgres") +
                 "COMMENT ON SCHEMA ingot IS 'ingot schema version 1'"});
    }

    Finished import(const std::string& file, std::vector<std::string> more = {}) {
        std::vector<std::string> words{"import", workspace_.claude().string(), "--sqlite", file,
                                       "-q"};
        words.insert(words.end(), more.begin(), more.end());
        return run_ingot(words);
    }

    Workspace workspace_ = lay_out("sample");
};

TEST_F(CorePack, EndsInTheSchemaThatANewFileHas) {
    const std::string old = old_sqlite();
    ASSERT_EQ(import(old, {"--migrate"}).exit_code, 0);
    ASSERT_EQ(import(path("new.db")).exit_code, 0);
    const auto of = [](const std::string& file) {
        return run({"/usr/bin/env", "sqlite3", file,
                    "SELECT sql FROM sqlite_schema ORDER BY name; PRAGMA user_version"})
            .output;
    };
    EXPECT_EQ(of(old), of(path("new.db")));
    EXPECT_EQ(run_ingot({"validate", "--sqlite", old}).exit_code, 0);
    EXPECT_TRUE(boost::filesystem::exists(old + ".schema-1")) << "the copy from before";
}

TEST_F(CorePack, EndsInTheSchemaThatANewPublicationMakes) {
    const std::string url = empty_database();
    const std::string fresh = empty_database();
    make_old(url);
    ASSERT_EQ(import(path("a.db"), {"--postgres", url, "--migrate"}).exit_code, 0);
    ASSERT_EQ(import(path("b.db"), {"--postgres", fresh}).exit_code, 0);
    const auto of = [](const std::string& database) {
        return schema::describe(schema::read_catalog(*schema::open_postgres(database, "ingot")));
    };
    EXPECT_EQ(of(url), of(fresh));
    EXPECT_EQ(ask(url, "SELECT obj_description('ingot'::regnamespace)"),
              ask(fresh, "SELECT obj_description('ingot'::regnamespace)"));
    EXPECT_EQ(run_ingot({"validate", "--sqlite", path("a.db"), "--postgres", url}).exit_code, 0);
}

TEST_F(CorePack, IsNotRunWithoutBeingAskedFor) {
    const std::string old = old_sqlite();
    const std::string before = run({"/usr/bin/env", "sha256sum", old}).output;
    const Finished refused = import(old);
    EXPECT_EQ(refused.exit_code, 6);
    EXPECT_NE(refused.errors.find("--migrate"), std::string::npos) << refused.errors;
    EXPECT_EQ(import(old, {"-n"}).exit_code, 6);
    EXPECT_EQ(run_ingot({"validate", "--sqlite", old}).exit_code, 6);
    EXPECT_EQ(run({"/usr/bin/env", "sha256sum", old}).output, before);
}

TEST_F(CorePack, IsWrittenDownAndRunsOnce) {
    const std::string old = old_sqlite();
    ASSERT_EQ(import(old, {"--migrate"}).exit_code, 0);
    ASSERT_EQ(import(old, {"--migrate"}).exit_code, 0);
    EXPECT_EQ(run({"/usr/bin/env", "sqlite3", old,
                   "SELECT pack, version, direction FROM schema_migrations"})
                  .output,
              "core|2|up\n");
}

TEST_F(CorePack, LeavesRoomForALedgerThatWasThereBeforeTheFirstPublication) {
    const std::string url = before_database("codebase_mcp", {"rev=003b"});
    ASSERT_EQ(run_ingot({"schema", "up", "--pack", "project-tracking-indexes", "--postgres", url,
                         "--yes", "-q", "--no-backup", "--log-dir", path("")})
                  .exit_code,
              0);
    EXPECT_EQ(import(path("a.db"), {"--postgres", url}).exit_code, 0);
    EXPECT_EQ(run_ingot({"validate", "--sqlite", path("a.db"), "--postgres", url}).exit_code, 0);
    EXPECT_EQ(
        run_ingot({"schema", "verify", "--pack", "project-tracking-indexes", "--postgres", url})
            .exit_code,
        0);
}

}  // namespace
}  // namespace ingot::testing
