// SPDX-License-Identifier: MIT
#include "tests/pipeline/fixture.hpp"
#include "tests/pipeline/program.hpp"
#include "tests/pipeline/table_dump.hpp"

#include <gtest/gtest.h>

#include <cstdlib>

namespace ingot::testing {

namespace fs = boost::filesystem;

namespace {

using Tables = std::map<std::string, std::string>;

Tables read_expected(const fs::path& folder) {
    Tables expected;
    if (!fs::exists(folder)) return expected;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder))
        if (entry.path().extension() == ".tsv")
            fs::load_string_file(entry.path(), expected[entry.path().stem().string()]);
    return expected;
}

void write_expected(const fs::path& folder, const Tables& tables) {
    fs::remove_all(folder);
    fs::create_directory(folder);
    for (const auto& [name, text] : tables) fs::save_string_file(folder / (name + ".tsv"), text);
}

/// Imports the case into a new database and returns the rows. `jobs` must not matter.
Tables imported(const Workspace& workspace, const std::string& jobs) {
    const std::string database = (workspace.folder.path() / ("jobs" + jobs + ".db")).string();
    const Finished import =
        run_ingot({"import", workspace.folder.path().string(), "--sqlite", database, "--workspace",
                   "fixture", "--jobs", jobs, "--json"});
    EXPECT_EQ(import.exit_code, 0) << import.errors;
    return import.exit_code == 0 ? dump_tables(database) : Tables{};
}

class Golden : public ::testing::TestWithParam<std::string> {};

TEST_P(Golden, RowsAreAsExpected) {
    const Tables rows = imported(lay_out(GetParam()), "2");
    const fs::path folder = fixture_folder(GetParam()) / "expected";
    if (std::getenv("UPDATE_GOLDEN") != nullptr) write_expected(folder, rows);
    const Tables expected = read_expected(folder);
    for (const auto& [name, text] : rows) {
        const auto known = expected.find(name);
        EXPECT_EQ(known == expected.end() ? "" : known->second, text) << name;
    }
    for (const auto& [name, text] : expected)
        EXPECT_TRUE(rows.contains(name)) << name << " has no rows";
}

TEST_P(Golden, ThreadsDoNotMatter) {
    const Workspace workspace = lay_out(GetParam());
    EXPECT_EQ(imported(workspace, "1"), imported(workspace, "4"));
}

INSTANTIATE_TEST_SUITE_P(Fixtures, Golden, ::testing::ValuesIn(fixture_names()),
                         [](const auto& fixture) { return fixture.param; });

}  // namespace
}  // namespace ingot::testing
