// SPDX-License-Identifier: MIT
#include "tests/pipeline/program.hpp"
#include "tests/pipeline/temp_folder.hpp"

#include "loaders/schema/lint_rule.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include <set>

#include <boost/filesystem/fstream.hpp>

namespace ingot::testing {
namespace {

using nlohmann::json;

struct SchemaLint : ::testing::Test {
    TempFolder folder;

    std::string file(const std::string& name, const std::string& text) const {
        const auto path = folder.path() / name;
        boost::filesystem::ofstream(path, std::ios::binary) << text;
        return path.string();
    }
    static Finished lint(std::vector<std::string> arguments) {
        arguments.insert(arguments.begin(), {"schema", "lint"});
        return run_ingot(std::move(arguments));
    }
};

const std::string kError = "BEGIN;\nVACUUM a;\nCOMMIT;\n";
const std::string kWarning = "DELETE FROM a;\n";
const std::string kClean = "SELECT 1;\n";

TEST_F(SchemaLint, ExitCodesSayWhatWasFound) {
    EXPECT_EQ(lint({file("clean.sql", kClean)}).exit_code, 0);
    EXPECT_EQ(lint({file("warning.sql", kWarning)}).exit_code, 0);
    EXPECT_EQ(lint({"--strict", file("warning.sql", kWarning)}).exit_code, 3);
    EXPECT_EQ(lint({file("clean.sql", kClean), file("error.sql", kError)}).exit_code, 3);
    EXPECT_EQ(lint({(folder.path() / "missing.sql").string()}).exit_code, 1);
    EXPECT_EQ(lint({folder.path().string()}).exit_code, 1);
    EXPECT_EQ(lint({}).exit_code, 2);
    EXPECT_EQ(lint({"--dialect", "mysql", file("clean.sql", kClean)}).exit_code, 2);
    EXPECT_EQ(lint({"--json", "--sarif", file("clean.sql", kClean)}).exit_code, 2);
    EXPECT_EQ(run_ingot({"schema"}).exit_code, 2);
}

TEST_F(SchemaLint, HelpListsTheSubcommands) {
    const Finished out = run_ingot({"schema", "--help"});
    EXPECT_EQ(out.exit_code, 0);
    EXPECT_NE(out.output.find("lint"), std::string::npos);
}

TEST_F(SchemaLint, TextNamesPlaceRuleReasonAndRemedy) {
    const std::string path = file("e.sql", kError);
    const Finished out = lint({path});
    EXPECT_NE(out.output.find(path + ":2:1: error not-in-transaction\n"), std::string::npos)
        << out.output;
    EXPECT_NE(out.output.find("instead  Send it alone"), std::string::npos);
    EXPECT_NE(out.output.find("1 file, 3 statements: 1 error, 0 warnings, 0 notes"),
              std::string::npos);
    EXPECT_EQ(lint({"-q", path}).output, "");
}

TEST_F(SchemaLint, ReadsStandardInput) {
    const Finished out = run(
        {"/bin/sh", "-c", "printf 'DELETE FROM a;' | \"$1\" schema lint --strict -", "sh", INGOT});
    EXPECT_EQ(out.exit_code, 3);
    EXPECT_NE(out.output.find("<stdin>:1:1: warning write-without-where"), std::string::npos);
}

TEST_F(SchemaLint, TheDialectDecidesWhatIsAMistake) {
    const std::string path = file("a.sql", "ALTER TABLE a ALTER COLUMN b SET NOT NULL;\n");
    EXPECT_EQ(lint({path}).exit_code, 0);
    EXPECT_EQ(lint({"--dialect", "sqlite", path}).exit_code, 3);
}

TEST_F(SchemaLint, AssumptionsReachTheRules) {
    const std::string path = file("a.sql", "CREATE INDEX CONCURRENTLY i ON a (b);\n");
    EXPECT_EQ(lint({path}).exit_code, 0);
    EXPECT_EQ(lint({"--assume", "transaction", path}).exit_code, 3);
}

TEST_F(SchemaLint, JsonIsOneDocument) {
    const std::string path = file("e.sql", kError + kWarning);
    const json document = json::parse(lint({"--json", path}).output);
    EXPECT_EQ(document.at("schema_version"), 1);
    EXPECT_EQ(document.at("statements"), 4);
    EXPECT_EQ(document.at("files"), json::array({path}));
    EXPECT_EQ(document.at("counts").at("error"), 1);
    EXPECT_EQ(document.at("counts").at("warning"), 1);
    const json& found = document.at("findings").at(0);
    EXPECT_EQ(found.at("rule"), "not-in-transaction");
    EXPECT_EQ(found.at("severity"), "error");
    EXPECT_EQ(found.at("file"), path);
    EXPECT_EQ(found.at("line"), 2);
    EXPECT_EQ(found.at("column"), 1);
    for (const char* member : {"message", "why", "instead"})
        EXPECT_FALSE(found.at(member).get<std::string>().empty()) << member;
}

/// What SARIF 2.1.0 requires of each object that is written (§3.13 to §3.52).
void expect_sarif(const json& document) {
    EXPECT_EQ(document.at("version"), "2.1.0");
    EXPECT_TRUE(document.at("$schema").is_string());
    ASSERT_EQ(document.at("runs").size(), 1U);
    const json& run = document.at("runs").at(0);
    const json& driver = run.at("tool").at("driver");
    EXPECT_EQ(driver.at("name"), "ingot");
    std::set<std::string> ids;
    for (const json& rule : driver.at("rules")) {
        EXPECT_TRUE(ids.insert(rule.at("id").get<std::string>()).second);
        for (const char* text : {"shortDescription", "fullDescription", "help"})
            EXPECT_FALSE(rule.at(text).at("text").get<std::string>().empty());
    }
    EXPECT_EQ(run.at("columnKind"), "unicodeCodePoints");
    const std::set<std::string> levels{"none", "note", "warning", "error"};
    for (const json& result : run.at("results")) {
        EXPECT_FALSE(result.at("message").at("text").get<std::string>().empty());
        EXPECT_TRUE(levels.contains(result.at("level").get<std::string>()));
        EXPECT_EQ(driver.at("rules").at(result.at("ruleIndex").get<std::size_t>()).at("id"),
                  result.at("ruleId"));
        const json& place = result.at("locations").at(0).at("physicalLocation");
        EXPECT_GE(place.at("region").at("startLine"), 1);
        EXPECT_GE(place.at("region").at("startColumn"), 1);
        const json& artifact = place.at("artifactLocation");
        EXPECT_EQ(run.at("artifacts")
                      .at(artifact.at("index").get<std::size_t>())
                      .at("location")
                      .at("uri"),
                  artifact.at("uri"));
        EXPECT_EQ(artifact.at("uri").get<std::string>().find(' '), std::string::npos);
    }
}

TEST_F(SchemaLint, SarifHasWhatItsSchemaRequires) {
    const json clean = json::parse(lint({"--sarif", file("clean.sql", kClean)}).output);
    expect_sarif(clean);
    EXPECT_TRUE(clean["runs"][0]["results"].empty());
    const std::string all = std::string(SOURCE_DIR) + "/tests/loaders/schema/fixtures/roadmap.sql";
    const json document = json::parse(lint({"--sarif", file("a b.sql", kWarning), all}).output);
    expect_sarif(document);
    EXPECT_GT(document["runs"][0]["results"].size(), 40U);
    EXPECT_EQ(document["runs"][0]["tool"]["driver"]["rules"].size(), lint::rules().size());
}

TEST_F(SchemaLint, BytesThatAreNoTextReachNoDocumentAndNoTerminal) {
    const std::string path =
        file("x.sql", "CREATE TABLE \"\xFF\x1b[2J\" (b int, INDEX \"\xFF\" (b));\n"
                      "CREATE TABLE \"\xFF\x1b[2J\" (b int);\n");
    EXPECT_EQ(lint({path}).output.find('\x1b'), std::string::npos);
    EXPECT_TRUE(json::accept(lint({"--json", path}).output));
    EXPECT_TRUE(json::accept(lint({"--sarif", path}).output));
}

TEST_F(SchemaLint, TheExampleSchemasOfThisProjectHaveNoErrors) {
    const std::string docs = std::string(SOURCE_DIR) + "/docs/";
    EXPECT_EQ(lint({docs + "schema.postgres.sql"}).exit_code, 0);
    EXPECT_EQ(lint({"--dialect", "sqlite", docs + "schema.sqlite.sql"}).exit_code, 0);
}

}  // namespace
}  // namespace ingot::testing
