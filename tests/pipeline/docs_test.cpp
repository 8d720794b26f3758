// SPDX-License-Identifier: MIT
#include "loaders/ddl.hpp"
#include "loaders/dictionary.hpp"
#include "loaders/rule_book.hpp"
#include "loaders/schema/lint_book.hpp"
#include "pipeline/tables/tables.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <string>

#include <boost/filesystem.hpp>
#include <boost/filesystem/string_file.hpp>

namespace ingot::testing {
namespace {

/// A page of docs/ that is printed from the code; UPDATE_DOCS=1 writes it.
void expect_page(const std::string& name, const std::string& printed) {
    const boost::filesystem::path page = boost::filesystem::path(SOURCE_DIR) / "docs" / name;
    if (std::getenv("UPDATE_DOCS") != nullptr) boost::filesystem::save_string_file(page, printed);
    std::string written;
    boost::filesystem::load_string_file(page, written);
    EXPECT_EQ(written, printed) << "run the tests with UPDATE_DOCS=1 and read the difference";
}

TEST(Docs, TablesAreWhatTheCodeSays) { expect_page("tables.md", data_dictionary(tables())); }

TEST(Docs, TheRulesAreWhatTheirFilesSay) { expect_page("checks.md", rule_book()); }

TEST(Docs, TheLintRulesAreWhatTheCodeSays) { expect_page("lint.md", lint::lint_book()); }

TEST(Docs, TheSqliteSchemaIsWhatTheCodeSays) {
    expect_page("schema.sqlite.sql", schema_script(Dialect::sqlite, tables()));
}

TEST(Docs, ThePostgresSchemaIsWhatTheCodeSays) {
    expect_page("schema.postgres.sql", schema_script(Dialect::postgres, tables()));
}

}  // namespace
}  // namespace ingot::testing
