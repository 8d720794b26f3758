// SPDX-License-Identifier: MIT
#pragma once

#include "tests/pipeline/fixture.hpp"
#include "tests/pipeline/program.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace ingot::testing {

/// A fixture, its SQLite file and a PostgreSQL schema of its own, with the commands that tests run on
/// them.
struct ImportedTest : ::testing::Test {
    explicit ImportedTest(const std::string& fixture = "sample");

    Workspace workspace;
    boost::filesystem::path folder;
    std::string database;
    std::string schema;  ///< Made by the first publication.

    /// Runs `ingot command … --sqlite database` in quiet; `more` follows.
    Finished ingot(const std::string& command, const std::vector<std::string>& more = {}) const;
    /// The same on both databases.
    Finished ingot_both(const std::string& command,
                        const std::vector<std::string>& more = {}) const;
    /// On PostgreSQL alone.
    Finished ingot_postgres(const std::string& command, const std::vector<std::string>& more) const;
    Finished import() const { return ingot("import", {folder.string(), "--workspace", "w"}); }
    Finished import_both() const {
        return ingot_both("import", {folder.string(), "--workspace", "w"});
    }

    /// Changes the SQLite file behind Ingot's back.
    void change(const std::string& sql) const;
    /// Changes PostgreSQL; the schema is in the search path.
    void change_postgres(const std::string& sql) const;
    /// The first cell of a query on the SQLite file.
    std::string ask_sqlite(const std::string& sql) const;
    /// Rows of every table and the history that a run leaves, in both databases, as text.
    std::string state() const;
};

}  // namespace ingot::testing
