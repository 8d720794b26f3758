// SPDX-License-Identifier: MIT
#include "tests/loaders/before_state.hpp"
#include "tests/pipeline/schema_place.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace ingot::testing {
namespace {

/// A pack of one index, on a database that profiles name.
struct SchemaProfile : ::testing::Test {
    SchemaProfile() {
        make_item(url);
        place.write_pack("001_index.toml", "[[step]]\nop = \"create_index\"\ntable = \"item\"\n"
                                           "name = \"idx_item_name\"\ncolumns = [\"name\"]\n");
    }

    static void make_item(const std::string& database) {
        ask(database, "CREATE TABLE item (id integer PRIMARY KEY, name text)");
    }

    /// The environment is all that is said of the database.
    Finished in(const std::string& env, const std::string& command,
                std::vector<std::string> more = {}) const {
        more.insert(more.begin(), {"--pack", "mine", "--pack-dir", "packs", "--env", env});
        return place.schema(command, more);
    }
    void profile(const std::string& env, const std::string& more) const {
        place.write_profile(env, "postgres = \"" + url + "\"\n" + more);
    }
    bool has_index(const std::string& database) const {
        return ask(database, "SELECT to_regclass('idx_item_name') IS NOT NULL") == "t";
    }
    bool has_index() const { return has_index(url); }

    SchemaPlace place;
    std::string url = empty_database();
};

TEST_F(SchemaProfile, NamesTheDatabaseUnlessTheCommandLineDoes) {
    profile("dev", "approval = \"none\"\nbackup = false\n");
    const std::string other = empty_database();
    make_item(other);
    EXPECT_EQ(in("dev", "up", {"--postgres", other}).exit_code, 0);
    EXPECT_FALSE(has_index());
    EXPECT_TRUE(has_index(other));
    const Finished out = in("dev", "up");
    EXPECT_EQ(out.exit_code, 0) << out.errors;
    EXPECT_TRUE(has_index());
}

TEST_F(SchemaProfile, NamesSchemasUnlessTheCommandLineDoes) {
    ask(url, "CREATE SCHEMA app");
    ask(url, "CREATE TABLE app.item (name text)");
    profile("dev", "approval = \"none\"\nbackup = false\ntarget_schema = \"app\"\n"
                   "pg_schema = \"notes\"\n");
    EXPECT_EQ(in("dev", "up").exit_code, 0);
    EXPECT_EQ(ask(url, "SELECT to_regclass('app.idx_item_name') IS NOT NULL AND"
                       " to_regclass('notes.schema_migrations') IS NOT NULL"),
              "t");
    EXPECT_FALSE(has_index());
    EXPECT_EQ(in("dev", "up", {"--target-schema", "public", "--pg-schema", "ingot"}).exit_code, 0);
    EXPECT_TRUE(has_index());
}

TEST_F(SchemaProfile, IsReadFromTheDirectoryAndElseFromTheConfiguration) {
    place.write("config/ingot/far.toml", "postgres = \"" + url + "\"\n");
    EXPECT_EQ(in("far", "status").exit_code, 0);
    place.write_profile("far", "postgres = \"host=/nowhere\"\n");
    EXPECT_EQ(in("far", "status").exit_code, 5);
    const Finished none = in("nowhere", "status");
    EXPECT_EQ(none.exit_code, 2);
    EXPECT_NE(none.errors.find("ingot.nowhere.toml"), std::string::npos) << none.errors;
    EXPECT_EQ(in("../far", "status").exit_code, 2);
    EXPECT_EQ(in("", "status").exit_code, 2);
}

TEST_F(SchemaProfile, WhatItDoesNotKnowIsAnErrorWithItsLine) {
    const auto error_of = [&](const std::string& text) {
        profile("bad", text);
        const Finished out = in("bad", "status");
        EXPECT_EQ(out.exit_code, 2) << text;
        return out.errors;
    };
    EXPECT_NE(error_of("colour = 1\n").find("ingot.bad.toml:2: 'colour' is not known here"),
              std::string::npos);
    EXPECT_NE(error_of("\napproval = \"maybe\"\n").find("ingot.bad.toml:3: 'approval' must be"),
              std::string::npos);
    EXPECT_NE(error_of("[hooks]\nbetween = [\"x\"]\n").find("ingot.bad.toml:2: 'between' is not"),
              std::string::npos);
    EXPECT_NE(error_of("dry_run = \"yes\"\n").find("'dry_run' must be true or false"),
              std::string::npos);
    EXPECT_NE(error_of("backup = 3\n").find("'backup' must be"), std::string::npos);
}

TEST_F(SchemaProfile, ADryRunOnlyShowsThePlanUnlessItIsApproved) {
    profile("dev", "dry_run = true\napproval = \"none\"\nbackup = false\n");
    const Finished shown = in("dev", "up");
    EXPECT_EQ(shown.exit_code, 0) << shown.errors;
    const std::string fingerprint = fingerprint_in(shown.output);
    EXPECT_EQ(fingerprint.size(), 16U) << shown.output;
    EXPECT_FALSE(has_index());
    EXPECT_EQ(in("dev", "up", {"--expect", fingerprint}).exit_code, 0);
    EXPECT_TRUE(has_index());
    EXPECT_EQ(in("dev", "down").exit_code, 0);
    EXPECT_TRUE(has_index());
    EXPECT_EQ(in("dev", "down", {"--yes"}).exit_code, 0);
    EXPECT_FALSE(has_index());
}

TEST_F(SchemaProfile, ItsBackupsGoWhereItSays) {
    place.write("kept/README", "");
    profile("dev", "approval = \"none\"\nbackup = \"kept\"\n");
    const Finished out = in("dev", "up");
    EXPECT_EQ(out.exit_code, 0) << out.errors;
    EXPECT_NE(out.output.find("Backup: kept/backup-mine-"), std::string::npos) << out.output;
    EXPECT_EQ(in("dev", "down").exit_code, 0);
    profile("dev", "approval = \"none\"\nbackup = false\n");
    EXPECT_EQ(in("dev", "up").output.find("Backup:"), std::string::npos);
}

TEST_F(SchemaProfile, SaysHowMuchIsPrinted) {
    profile("dev", "verbosity = \"quiet\"\n");
    EXPECT_EQ(in("dev", "plan").output, "");
    EXPECT_NE(in("dev", "plan", {"-v"}).output, "");
}

TEST_F(SchemaProfile, AFingerprintIsWanted) {
    profile("staging", "approval = \"fingerprint\"\nbackup = false\n");
    EXPECT_EQ(in("staging", "up", {"--yes"}).exit_code, 2);
    EXPECT_EQ(in("staging", "up", {"--expect", "0123456789abcdef"}).exit_code, 8);
    EXPECT_FALSE(has_index());
    const std::string fingerprint = fingerprint_in(in("staging", "plan").output);
    EXPECT_EQ(in("staging", "up", {"--expect", fingerprint}).exit_code, 0);
    EXPECT_TRUE(has_index());
}

TEST_F(SchemaProfile, ProductionWantsAPlanThatWasRehearsedThereWhateverItsFileSays) {
    profile("production", "approval = \"none\"\nbackup = false\n");
    EXPECT_EQ(in("production", "up", {"--yes"}).exit_code, 2);
    const std::string fingerprint = fingerprint_in(in("production", "plan").output);
    const Finished refused = in("production", "up", {"--expect", fingerprint});
    EXPECT_EQ(refused.exit_code, 8);
    EXPECT_NE(refused.errors.find("was not rehearsed"), std::string::npos) << refused.errors;

    const std::string other = empty_database();
    make_item(other);
    EXPECT_EQ(in("production", "rehearse", {"--postgres", other}).exit_code, 0);
    EXPECT_EQ(in("production", "up", {"--expect", fingerprint}).exit_code, 8);
    EXPECT_FALSE(has_index());

    EXPECT_EQ(in("production", "rehearse").exit_code, 0);
    EXPECT_EQ(in("production", "up", {"--expect", fingerprint}).exit_code, 0);
    EXPECT_TRUE(has_index());
}

TEST_F(SchemaProfile, ProductionNeedsNoFile) {
    EXPECT_EQ(in("production", "up", {"--postgres", url, "--yes"}).exit_code, 2);
    EXPECT_EQ(in("production", "status", {"--postgres", url}).exit_code, 0);
    EXPECT_FALSE(has_index());
}

TEST_F(SchemaProfile, ProductionTakesBackWhatWasTakenBackInARehearsal) {
    profile("production", "backup = false\n");
    profile("dev", "backup = false\n");
    ASSERT_EQ(in("dev", "up", {"--yes"}).exit_code, 0);
    profile("shown", "dry_run = true\n");
    const std::string way_back = fingerprint_in(in("shown", "down").output);
    EXPECT_EQ(in("production", "down", {"--yes"}).exit_code, 2);
    EXPECT_EQ(in("production", "down", {"--expect", way_back}).exit_code, 8);
    EXPECT_TRUE(has_index());

    ASSERT_EQ(in("dev", "down", {"--yes"}).exit_code, 0);
    ASSERT_EQ(in("production", "rehearse").exit_code, 0);
    ASSERT_EQ(in("dev", "up", {"--yes"}).exit_code, 0);
    const std::string again = fingerprint_in(in("shown", "down").output);
    EXPECT_EQ(in("production", "down", {"--expect", again}).exit_code, 0);
    EXPECT_FALSE(has_index());
}

TEST_F(SchemaProfile, ItsHooksRunAroundAChange) {
    const std::string tell = "[\"sh\", \"-c\", \"echo $0 $INGOT_COMMAND $INGOT_PACK "
                             "$INGOT_FINGERPRINT $INGOT_EXIT >> told\", ";
    profile("dev", "approval = \"none\"\nbackup = false\n[hooks]\nbefore = " + tell +
                       "\"before\"]\nafter = " + tell + "\"after\"]\n");
    const std::string fingerprint = fingerprint_in(in("dev", "plan").output);
    EXPECT_EQ(place.content("told"), "");
    EXPECT_EQ(in("dev", "up").exit_code, 0);
    EXPECT_EQ(place.content("told"),
              "before up mine " + fingerprint + "\nafter up mine " + fingerprint + " 0\n");
    EXPECT_EQ(in("dev", "up").exit_code, 0) << "nothing is pending, so that nobody is told";
    EXPECT_EQ(std::ranges::count(place.content("told"), '\n'), 2);
}

TEST_F(SchemaProfile, AHookThatFailsBeforeAChangeStopsIt) {
    profile("dev", "approval = \"none\"\n[hooks]\n"
                   "before = [\"sh\", \"-c\", \"echo not today >&2; exit 4\"]\n"
                   "after = [\"touch\", \"told\"]\n");
    const Finished out = in("dev", "up");
    EXPECT_EQ(out.exit_code, 1);
    EXPECT_NE(out.errors.find("sh ended with 4: not today"), std::string::npos) << out.errors;
    EXPECT_FALSE(has_index());
    EXPECT_EQ(ask(url, "SELECT to_regnamespace('ingot') IS NULL"), "t");
    profile("dev", "approval = \"none\"\n[hooks]\nbefore = [\"no-such-program-anywhere\"]\n");
    EXPECT_EQ(in("dev", "up").exit_code, 1);
    EXPECT_FALSE(has_index());
}

TEST_F(SchemaProfile, AHookThatFailsAfterAChangeIsReported) {
    profile("dev", "approval = \"none\"\nbackup = false\n[hooks]\nafter = [\"false\"]\n");
    const Finished out = in("dev", "up");
    EXPECT_EQ(out.exit_code, 1);
    EXPECT_NE(out.output.find("false ended with 1"), std::string::npos) << out.output;
    EXPECT_TRUE(has_index());
}

}  // namespace
}  // namespace ingot::testing
