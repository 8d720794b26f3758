// SPDX-License-Identifier: MIT
#include "tests/loaders/schema/backup_fixture.hpp"

namespace ingot::schema {
namespace {

using testing::message_of;

constexpr const char* kVarcharList =
    "CREATE TABLE state (id integer PRIMARY KEY, kind varchar(20) NOT NULL "
    "CONSTRAINT known CHECK (kind IN ('on', 'off')));"
    "CREATE INDEX is_known ON state (id) WHERE kind IN ('on', 'off');"
    "CREATE VIEW known_states AS SELECT id FROM state WHERE kind IN ('on', 'off');"
    "INSERT INTO state VALUES (1, 'on'), (2, 'off')";

class RestoreOfVarchars : public testing::BackupTest {
protected:
    RestoreOfVarchars() { run(kVarcharList); }
    BackupInfo backup_of_state() { return make_backup(*target_, url_, {"state"}, file_); }
};

TEST_F(RestoreOfVarchars, AListThatTheServerWordsAnewIsTheSame) {
    const BackupInfo info = backup_of_state();
    EXPECT_NO_THROW(prove_backup(info, url_));
    const std::string condition = ask("SELECT pg_get_constraintdef(oid) FROM pg_constraint "
                                      "WHERE conrelid = 'state'::regclass AND contype = 'c'");
    run("DROP TABLE state CASCADE");
    EXPECT_TRUE(do_restore(*target_, info).differences.empty());
    EXPECT_EQ(ask("SELECT string_agg(kind, ' ' ORDER BY id) FROM state"), "on off");
    EXPECT_NE(ask("SELECT pg_get_constraintdef(oid) FROM pg_constraint "
                  "WHERE conrelid = 'state'::regclass AND contype = 'c'"),
              condition)
        << "or else this test shows nothing";
}

TEST_F(RestoreOfVarchars, AnotherConditionIsADifferenceToProofAndRestore) {
    BackupInfo info = backup_of_state();
    for (std::string& line : info.description)
        if (line.starts_with("constraint known")) line.replace(line.find("'off'"), 5, "'out'");
    for (const auto& work : {std::function<void()>([&] { prove_backup(info, url_); }),
                             std::function<void()>([&] { do_restore(*target_, info); })}) {
        const std::string says = message_of<ValidationFailed>(work);
        EXPECT_NE(says.find("constraint known on state"), std::string::npos) << says;
    }
}

TEST_F(RestoreOfVarchars, TwoBackupsNeverTakeEachOthersName) {
    backup_of_state();
    const std::string says = message_of<RunError>([&] { backup_of_state(); });
    EXPECT_NE(says.find("exists; name another file"), std::string::npos) << says;
    EXPECT_NO_THROW(read_backup(file_));
}

}  // namespace
}  // namespace ingot::schema
