// SPDX-License-Identifier: MIT
#include "tests/loaders/cluster.hpp"
#include "tests/pipeline/imported.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <nlohmann/json.hpp>

namespace ingot::testing {

namespace fs = boost::filesystem;

namespace {

using Json = nlohmann::json;

struct DryRun : ImportedTest {
    Json report(std::vector<std::string> more, int exit_code = 0) const {
        more.insert(more.begin(), {folder.string(), "--workspace", "w", "--json"});
        const Finished out = ingot_both("import", more);
        EXPECT_EQ(out.exit_code, exit_code) << out.errors;
        return Json::parse(out.output);
    }
    /// Names, sizes, times and contents of everything in the test's folder.
    std::string everything() const {
        return run({"/bin/sh", "-c",
                    "cd \"$1\" && find . -printf '%p %s %T@ %i\\n' | sort; find . -type f -print0 "
                    "| "
                    "sort -z | xargs -0 md5sum",
                    "sh", folder.string()})
            .output;
    }
    std::string postgres_state() const {
        return ask("SELECT coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0) || ' ' || (SELECT "
                   "count(*) FROM pg_class) FROM pg_stat_user_tables WHERE schemaname = '" +
                   schema + "'");
    }
    void change_files() const {
        fs::ofstream(workspace.claude() / "logs/errors.log", std::ios::app)
            << "2026-02-03 04:05:06,000 - harbor - ERROR - later\n";
        fs::ofstream(workspace.claude() / "CLAUDE.md") << "rewritten\n";
        fs::remove(workspace.claude() / "agents/harbor-builder-Jan-02-0915.json");
    }
    /// What a dry run says and the import that follows must say the same of.
    static Json promised(const Json& report) {
        Json out;
        for (const char* part : {"files", "bytes", "rejects", "schema_changes", "sources"})
            out[part] = report[part];
        for (const Json& table : report["tables"])
            for (const char* side : {"sqlite", "postgres"})
                for (const char* count : {"rows", "inserted", "updated", "removed", "unchanged"})
                    out["tables"][table["table"].get<std::string>()][side][count] =
                        table[side].is_null() ? Json() : table[side][count];
        return out;
    }
};

TEST_F(DryRun, SaysExactlyWhatTheImportWillSay) {
    for (int step = 0; step < 3; ++step) {
        if (step == 1) change_files();
        const Json dry = report({"--dry-run"});
        EXPECT_EQ(dry["mode"], "dry-run");
        const Json real = report({"--expect", dry["fingerprint"]});
        EXPECT_EQ(promised(dry), promised(real)) << "step " << step;
    }
}

TEST_F(DryRun, TouchesNothing) {
    for (int step = 0; step < 2; ++step) {
        const std::string files = everything();
        const std::string tables = postgres_state();
        const Json once = report({"--dry-run"});
        const Json again = report({"--dry-run"});
        EXPECT_EQ(everything(), files);
        EXPECT_EQ(postgres_state(), tables);
        EXPECT_EQ(once["fingerprint"], again["fingerprint"]);
        EXPECT_EQ(once["tables"], again["tables"]);
        ASSERT_EQ(import_both().exit_code, 0);
        change_files();
    }
}

TEST_F(DryRun, TellsByItsExitCodeWhetherChangesArePending) {
    report({"-n", "--exit-code"}, 8);
    ASSERT_EQ(import_both().exit_code, 0);
    report({"-n", "--exit-code"}, 0);
    change_files();
    report({"-n", "--exit-code"}, 8);
}

TEST_F(DryRun, AnImportRefusesAnotherPlanThanExpected) {
    const Json stale = report({"-n"});
    change_files();
    const Json refused = report({"--expect", stale["fingerprint"]}, 8);
    EXPECT_NE(refused["error"].get<std::string>().find("nothing was written"), std::string::npos);
    EXPECT_FALSE(fs::exists(database));
    const Json fresh = report({"-n"});
    EXPECT_NE(fresh["fingerprint"], stale["fingerprint"]);
    report({"--expect", fresh["fingerprint"]});
}

/// Keeps a database open with a change that is in its -wal only.
struct SQLiteWriter {
    explicit SQLiteWriter(const std::string& path) : db(path, SQLite::OPEN_READWRITE) {
        db.exec("PRAGMA wal_autocheckpoint = 0; UPDATE workspaces SET label = 'x'");
    }
    SQLite::Database db;
};

TEST_F(DryRun, ReadsADatabaseThatAnotherProgramHoldsInItsWal) {
    ASSERT_EQ(import_both().exit_code, 0);
    const SQLiteWriter writer(database);  // its change stays in the -wal while it is open
    const std::string files = everything();
    report({"-n"});
    EXPECT_EQ(everything(), files);
}

}  // namespace
}  // namespace ingot::testing
