// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/check.hpp"
#include "loaders/postgres.hpp"

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include <SQLiteCpp/SQLiteCpp.h>
#include <boost/filesystem/path.hpp>
#include <pqxx/transaction>

namespace ingot::testing {

/// Values of a row by column, as SQL.
using RowValues = std::map<std::string_view, std::string>;

/// The same tables in SQLite and PostgreSQL, without any constraint, so that every rule can be broken;
/// each holds one row that breaks none.
class CheckTest : public ::testing::Test {
protected:
    static void SetUpTestSuite();
    CheckTest();
    ~CheckTest() override;

    /// Adds a row to both databases; columns that are not named get values that break no rule.
    void add(std::string_view table, const RowValues& values);
    /// Adds a row to SQLite, for what PostgreSQL's types refuse.
    void add_to_sqlite(std::string_view table, const RowValues& values);
    void sql(const std::string& statement);

    /// All checks of a table.
    std::vector<CheckResult> sqlite_checks(const Table& table, const std::string& run_id = "");
    std::vector<CheckResult> postgres_checks(const Table& table, const std::string& run_id = "");
    /// What a rule found in SQLite, which has to be as often in PostgreSQL: "1: logs/a.log:1:0 …".
    std::string found(const std::string& check, const std::string& run_id = "");
    std::string found_in_sqlite(const std::string& check, const std::string& run_id = "");
    std::string found_in_postgres(const std::string& check, const std::string& run_id = "");

    boost::filesystem::path store;  ///< Directory of the file store; there is none yet.

private:
    void fill();

    SQLite::Database db_{":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE};
    std::unique_ptr<Connection> connection_;
    std::unique_ptr<pqxx::work> work_;  ///< Undone at the end of each test.
    int rows_ = 0;
};

/// The table of this name.
const Table& table_named(std::string_view name);

}  // namespace ingot::testing
