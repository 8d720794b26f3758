// SPDX-License-Identifier: MIT
#include "loaders/schema/engine/scratch_database.hpp"
#include "loaders/schema/engine/subprocess.hpp"
#include "tests/loaders/cluster.hpp"
#include "tests/loaders/schema/backup_fixture.hpp"

#include <fstream>
#include <iterator>

#include <boost/filesystem.hpp>
#include <unistd.h>

namespace ingot::schema {
namespace {

namespace fs = boost::filesystem;
using testing::BackupTest;
using testing::message_of;

std::string without_rights(const std::string& url) {
    testing::ask("DO $$ BEGIN CREATE ROLE \"may not\" LOGIN; EXCEPTION WHEN duplicate_object THEN "
                 "NULL; END $$");
    std::string other = url;
    return other.replace(other.find("postgres@"), 9, "may%20not@");
}

bool has_partial_files(const std::string& directory) {
    for (const fs::directory_entry& entry : fs::directory_iterator(directory))
        if (entry.path().extension() == ".partial") return true;
    return false;
}

TEST_F(BackupTest, RowHashesKnowRowsValuesAndDuplicatesButNoOrder) {
    run("CREATE TABLE a (id integer, t text); INSERT INTO a VALUES (1, 'x'), (2, NULL)");
    run("CREATE TABLE b (id integer, t text); INSERT INTO b VALUES (2, NULL), (1, 'x')");
    run("CREATE TABLE c (id integer, t text); INSERT INTO c VALUES (1, 'x'), (2, '')");
    const TableHash a = row_hash(*target_, "a");
    EXPECT_EQ(a.rows, 2);
    EXPECT_EQ(a.hash, row_hash(*target_, "b").hash);
    EXPECT_NE(a.hash, row_hash(*target_, "c").hash);
    run("INSERT INTO b VALUES (7, 'twice'), (7, 'twice')");
    EXPECT_NE(a.hash, row_hash(*target_, "b").hash) << "a pair does not cancel itself out";
    run("ALTER TABLE a ADD COLUMN later integer DEFAULT 3");
    EXPECT_NE(row_hash(*target_, "a").hash, a.hash);
    EXPECT_EQ(row_hash(*target_, "a", a.columns), a) << "on the columns that were there before";
}

TEST_F(BackupTest, RowHashesDoNotDependOnSettingsAndLeaveThemAsTheyWere) {
    const TableHash before = row_hash(*target_, "Od\"d tä ble");
    run("SET DateStyle = 'German'; SET TimeZone = 'Asia/Tokyo'; SET extra_float_digits = 0");
    EXPECT_EQ(row_hash(*target_, "Od\"d tä ble"), before);
    EXPECT_EQ(ask("SHOW TimeZone"), "Asia/Tokyo");
    EXPECT_EQ(ask("SHOW DateStyle"), "German, DMY");
}

TEST_F(BackupTest, ScratchDatabasesAreOnesOwnAndGoWithTheObject) {
    std::string name;
    {
        const ScratchDatabase scratch = ScratchDatabase::on_server(url_);
        const auto target = scratch.open("public");
        name = target->ask("SELECT current_database()");
        EXPECT_TRUE(name.starts_with("ingot_scratch_"));
        EXPECT_EQ(target->ask("SHOW server_encoding"), ask("SHOW server_encoding"));
        target->execute("CREATE TABLE t ()");
    }
    EXPECT_EQ(ask("SELECT count(*) FROM pg_database WHERE datname = " + literal(name)), "0");
}

TEST_F(BackupTest, LeftoversOfKilledRunsGoButNotWhatIsNewOrInUse) {
    run("CREATE DATABASE ingot_scratch_1000_1_aa");
    run("CREATE DATABASE ingot_scratch_2000_1_bb");
    run("CREATE DATABASE ingot_scratch_99999999999_1_cc");
    run("CREATE DATABASE ingot_scratch_of_mine");
    const auto session = open_postgres(conninfo_for(url_, "ingot_scratch_2000_1_bb"), "public");
    const ScratchDatabase scratch = ScratchDatabase::on_server(url_);
    EXPECT_EQ(ask("SELECT string_agg(datname, ' ' ORDER BY datname) FROM pg_database WHERE datname "
                  "~ '_(aa|bb|cc|mine)$'"),
              "ingot_scratch_2000_1_bb ingot_scratch_99999999999_1_cc ingot_scratch_of_mine");
    for (const char* name : {"ingot_scratch_99999999999_1_cc", "ingot_scratch_of_mine"})
        run(std::string("DROP DATABASE ") + name);
}

TEST_F(BackupTest, WithoutTheRightToMakeDatabasesSaysWhatToDo) {
    const std::string says =
        message_of<RunError>([&] { ScratchDatabase::on_server(without_rights(url_)); });
    EXPECT_NE(says.find("ALTER ROLE \"may not\" CREATEDB"), std::string::npos) << says;
}

TEST_F(BackupTest, HoldsTheRowsOfItsTablesAndAllDefinitionsAndProvesIt) {
    const BackupInfo info = backup();
    ASSERT_EQ(info.tables.size(), 2U);
    EXPECT_EQ(info.tables[0].hash.table, "Od\"d tä ble");
    EXPECT_EQ(info.tables[0].hash.rows, 500);
    EXPECT_NE(info.position.find('/'), std::string::npos);
    EXPECT_NO_THROW(prove_backup(info, url_));
    const fs::perms mode = fs::status(file_).permissions();
    EXPECT_EQ(mode & fs::perms_mask, fs::owner_read | fs::owner_write);
    EXPECT_FALSE(has_partial_files(directory_));
    EXPECT_EQ(ask("SELECT count(*) FROM pg_database WHERE datname LIKE 'ingot_scratch%'"), "0");
}

TEST_F(BackupTest, ManifestComesBackAsItWasWritten) {
    const BackupInfo info = backup();
    const BackupInfo again = read_backup(file_);
    EXPECT_EQ(again.description, info.description);
    EXPECT_EQ(again.tables[0].hash, info.tables[0].hash);
    EXPECT_EQ(again.tables[1].oid, info.tables[1].oid);
    ASSERT_EQ(again.objects.size(), info.objects.size());
    for (std::size_t i = 0; i < info.objects.size(); ++i) {
        EXPECT_EQ(again.objects[i].identity, info.objects[i].identity);
        EXPECT_EQ(again.objects[i].definition, info.objects[i].definition);
    }
    EXPECT_EQ(again.position, info.position);
    EXPECT_EQ(again.content, info.content);
}

TEST_F(BackupTest, HashesAndDumpAreOfTheSameMoment) {
    const auto other = target_->another();
    const std::string pid = ask("SELECT pg_backend_pid()");
    bool wrote = false;
    target_->while_waiting = [&] {  // rows are hashed: pg_dump starts after it
        if (wrote || other->number("SELECT count(*) FROM pg_stat_activity WHERE query LIKE "
                                   "'%md5%AS h%' AND pid = " +
                                   pid) == 0)
            return;
        other->execute("DELETE FROM child; DELETE FROM \"Owner\" WHERE id < 5");
        wrote = true;
    };
    const BackupInfo info = backup();
    target_->while_waiting = [] {};
    EXPECT_TRUE(wrote);
    EXPECT_EQ(ask("SELECT count(*) FROM \"Owner\""), "16");
    EXPECT_NO_THROW(prove_backup(info, url_));
}

TEST_F(BackupTest, ProofNoticesADumpOfOtherRows) {
    const BackupInfo first = backup();
    run("UPDATE \"Owner\" SET name = 'other' WHERE id = 7");
    file_ += " 2";
    BackupInfo second = backup();
    second.tables = first.tables;
    const std::string says = message_of<ValidationFailed>([&] { prove_backup(second, url_); });
    EXPECT_NE(says.find("Owner has other values in its rows"), std::string::npos) << says;
    EXPECT_EQ(says.find("tä ble"), std::string::npos) << says;
}

TEST_F(BackupTest, ProofAndReadingNoticeADamagedFile) {
    const BackupInfo info = backup();
    {
        std::fstream file(file_, std::ios::in | std::ios::out | std::ios::binary);
        file.seekp(-2'000, std::ios::end);
        file << std::string(1'000, 'x');
    }
    EXPECT_THROW(prove_backup(info, url_), ValidationFailed);
    EXPECT_THROW(read_backup(file_), ValidationFailed);
    fs::resize_file(file_, 10);
    EXPECT_THROW(prove_backup(info, url_), ValidationFailed);
}

TEST_F(BackupTest, LeavesNothingWhenItCannotWrite) {
    file_ = directory_ + "/no such directory/file";
    EXPECT_NE(message_of<RunError>([&] { backup(); }).find("cannot write"), std::string::npos);
    file_ = directory_ + "/interrupted";
    target_->while_waiting = [] { throw RunError(Exit::failed, "interrupted"); };
    EXPECT_THROW(backup(), RunError);
    target_->while_waiting = [] {};
    EXPECT_FALSE(fs::exists(file_));
    EXPECT_FALSE(has_partial_files(directory_));
    EXPECT_FALSE(fs::exists(file_ + ".toml"));
}

TEST_F(BackupTest, NeverOverwritesAnotherBackup) {
    backup();
    EXPECT_NE(message_of<RunError>([&] { backup(); }).find("exists"), std::string::npos);
}

TEST_F(BackupTest, NoPasswordIsInArgumentsOrMessages) {
    const std::string script = directory_ + "/pg_show";
    std::ofstream(script) << "#!/bin/sh\necho \"$@\" >&2\n[ \"$PGPASSWORD\" = 's3cret' ] && echo "
                             "had it: $PGPASSWORD >&2\nexit 1\n";
    fs::permissions(script, fs::owner_all);
    const Ending ending = run_postgres_program(
        script, {"--x"}, "host=/nowhere user=me password=s3cret dbname='a b'", [] {});
    EXPECT_EQ(ending.exit_code, 1);
    EXPECT_NE(ending.errors.find("had it: ***"), std::string::npos) << ending.errors;
    EXPECT_NE(ending.errors.find("dbname='a b'"), std::string::npos) << ending.errors;
    EXPECT_EQ(ending.errors.find("s3cret"), std::string::npos) << ending.errors;
}

TEST_F(BackupTest, SaysWhichProgramIsMissing) {
    EXPECT_EQ(fs::path(postgres_program("pg_dump", 9)).filename(), "pg_dump");
    const std::string says = message_of<RunError>([] { postgres_program("pg_dump", 99); });
    EXPECT_NE(says.find("postgresql-client-99"), std::string::npos) << says;
    EXPECT_THROW(
        schema::run({.program = directory_ + "/none", .arguments = {}, .environment = {}}, [] {}),
        RunError);
}

}  // namespace
}  // namespace ingot::schema
