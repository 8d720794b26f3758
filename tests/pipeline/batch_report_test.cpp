// SPDX-License-Identifier: MIT
#include "loaders/sqlite_rows.hpp"
#include "pipeline/report/renderers.hpp"
#include "tests/pipeline/page.hpp"
#include "tests/pipeline/program.hpp"
#include "tests/pipeline/temp_folder.hpp"

#include <gtest/gtest.h>

#include <boost/filesystem/string_file.hpp>

namespace ingot::testing {
namespace {

namespace fs = boost::filesystem;
using nlohmann::json;

constexpr int kWorkspaces = 40;

/// Forty small workspaces below one folder, one database beside it.
class Forty {
public:
    Forty() {
        for (int i = 1; i <= kWorkspaces; ++i) {
            fs::create_directories(claude(i) / "logs");
            std::string log;
            for (int line = 0; line < i; ++line)
                log += "2026-01-0" + std::to_string(line % 9 + 1) + "T00:00:00Z INFO started\n";
            fs::save_string_file(claude(i) / "logs" / "a.log", log);
            fs::save_string_file(claude(i) / "settings.json", "{\"model\": \"m\"}");
        }
    }

    fs::path claude(int i) const {
        return folder_.path() / "all" / ("team-" + std::to_string(100 + i)) / ".claude";
    }
    fs::path file(const std::string& name) const { return folder_.path() / name; }

    void sql(const std::string& text) const {
        SQLite::Database(file("x.db").string(), SQLite::OPEN_READWRITE).exec(text);
    }
    /// SQL for the id of a workspace.
    std::string id(int i) const {
        return "(SELECT workspace_id FROM workspaces WHERE path = '" + claude(i).string() + "')";
    }

    /// Runs a command over all of them and writes every kind of report.
    Finished all(const std::string& command) const {
        std::vector<std::string> arguments{
            command,  "--all", (folder_.path() / "all").string(), "--sqlite", file("x.db").string(),
            "--quiet"};
        for (const char* name : {"r.json", "r.html", "r.xml", "r.md"})
            arguments.insert(arguments.end(), {"--report", file(name).string()});
        return run_ingot(arguments);
    }

    std::string text(const std::string& name) const {
        std::string content;
        fs::load_string_file(file(name), content);
        return content;
    }

private:
    TempFolder folder_;
};

/// The exit codes of the workspaces that are not as they should be, by their place.
std::map<std::size_t, int> problems(const json& reports) {
    std::map<std::size_t, int> found;
    for (std::size_t i = 0; i < reports["workspaces"].size(); ++i)
        if (const int code = reports["workspaces"][i]["exit_code"]; code != 0) found[i] = code;
    return found;
}

/// What Python's XML parser sees: per suite its name, its counts, and what is not passed.
json read_junit(const fs::path& file) {
    const Finished parsed = run({"/usr/bin/python3", "-c", R"(
import json, sys, xml.etree.ElementTree as tree
root = tree.parse(sys.argv[1]).getroot()
print(json.dumps([{
    "name": suite.get("name"), "tests": int(suite.get("tests")), "failures": int(suite.get("failures")),
    "errors": int(suite.get("errors")), "cases": len(suite.findall("testcase")),
    "failed": [c.get("name") for c in suite.findall("testcase") if c.find("failure") is not None],
    "broken": [c.get("name") for c in suite.findall("testcase") if c.find("error") is not None],
    "warned": [c.get("name") for c in suite.findall("testcase") if c.find("system-out") is not None],
} for suite in root.findall("testsuite")])))",
                                 file.string()});
    EXPECT_EQ(parsed.exit_code, 0) << parsed.errors;
    return parsed.exit_code == 0 ? json::parse(parsed.output) : json::array();
}

TEST(BatchReport, ImportGoesOnPastBrokenWorkspaces) {
    const Forty forty;
    run_ingot({"import", forty.claude(1).string(), "--sqlite", forty.file("x.db").string()});
    // Rows of these three cannot be written, whatever the reason.
    for (const int broken : {7, 20, 33})
        forty.sql("CREATE TRIGGER broken" + std::to_string(broken) +
                  " BEFORE INSERT ON workspaces WHEN NEW.path = '" + forty.claude(broken).string() +
                  "' BEGIN SELECT RAISE(ABORT, 'no <b>luck</b>'); END");
    const Finished import = forty.all("import");
    EXPECT_EQ(import.exit_code, 1) << import.errors;
    const json reports = read_json(forty.file("r.json"));
    EXPECT_FALSE(reports["ok"]);
    ASSERT_EQ(reports["workspaces"].size(), 40U);
    EXPECT_EQ(problems(reports), (std::map<std::size_t, int>{{6, 1}, {19, 1}, {32, 1}}));
    EXPECT_EQ(reports["workspaces"][39]["bytes"]["unaccounted"], 0);
}

TEST(BatchReport, ValidateFindsTheThreeThatAreBrokenInEveryFormat) {
    const Forty forty;
    ASSERT_EQ(forty.all("import").exit_code, 0);
    fs::save_string_file(forty.claude(7) / "logs" / "a.log", "edited\n");
    forty.sql("DELETE FROM events WHERE workspace_id = " + forty.id(20));
    forty.sql("UPDATE configurations SET value = '{' WHERE workspace_id = " + forty.id(33));
    EXPECT_EQ(forty.all("validate").exit_code, 3);

    const json reports = read_json(forty.file("r.json"));
    EXPECT_EQ(problems(reports), (std::map<std::size_t, int>{{6, 3}, {19, 3}, {32, 3}}));

    const json page = open_page(forty.file("r.html"), {"--open"});
    expect_harmless(page);
    expect_numbers_of(page, reports);
    EXPECT_EQ(page["title"], "3 of 40 workspaces with problems");

    const json suites = read_junit(forty.file("r.xml"));
    ASSERT_EQ(suites.size(), 40U);
    for (std::size_t i = 0; i < suites.size(); ++i) {
        EXPECT_EQ(suites[i]["name"], reports["workspaces"][i]["workspace"]["name"]);
        EXPECT_EQ(suites[i]["tests"], suites[i]["cases"]);
        EXPECT_EQ(suites[i]["failures"] > 0, i == 6 || i == 19 || i == 32) << i;
    }
    EXPECT_EQ(suites[19]["failed"][0], "events.count_extracted");
    EXPECT_TRUE(forty.text("r.md").starts_with("# 3 of 40 workspaces with problems\n"));
}

TEST(BatchReport, ValidateNamesAWorkspaceThatWasNeverImported) {
    const Forty forty;
    ASSERT_EQ(forty.all("import").exit_code, 0);
    fs::create_directories(forty.claude(99));
    EXPECT_EQ(forty.all("validate").exit_code, 1);
    const json suites = read_junit(forty.file("r.xml"));
    EXPECT_EQ(suites.back()["broken"], json({"validate"}));
    EXPECT_EQ(problems(read_json(forty.file("r.json"))), (std::map<std::size_t, int>{{40, 1}}));
}

TEST(JunitReport, TellsErrorsWarningsAndHostileTextApart) {
    Report report;
    report.mode = "validate";
    report.workspace_name = "<\"&'\x1b\xff\xef\xbf\xbe]]>";
    report.exit = Exit::invalid;
    report.tables.push_back({.table = "events",
                             .source_checksum = {},
                             .sqlite = {},
                             .postgres = {},
                             .checks = {{"events.good", true, 0, {}},
                                        {"events.broken", true, 2, {"]]></failure>\x1b"}},
                                        {"events.odd", false, 1, {"<system-out>"}}},
                             .ok = false});
    const std::vector<Report> reports{report};
    const TempFolder folder;
    fs::save_string_file(folder.path() / "r.xml", render_junit({reports}));
    const json suite = read_junit(folder.path() / "r.xml").at(0);
    EXPECT_EQ(suite["name"], "<\"&'\\x1b\\xff\\ufffe]]>");
    EXPECT_EQ(suite["failed"], json({"events.broken"}));
    EXPECT_EQ(suite["warned"], json({"events.odd"}));
    EXPECT_EQ(suite["failures"], 1);
    EXPECT_EQ(suite["cases"], 4);
}

TEST(MarkdownReport, LeavesNoMarkupToAHostileWorkspace) {
    Report report;
    report.mode = "import";
    report.workspace_name = "a`b``c|d\n@everyone <script>";
    report.workspace_path = "`";
    const std::vector<Report> reports{report};
    const std::string page = render_markdown({reports});
    EXPECT_NE(page.find("| Workspace | ```a`b``c\\|d\\n@everyone <script>``` |\n"),
              std::string::npos)
        << page;
    EXPECT_NE(page.find("| Path | `` ` `` |\n"), std::string::npos) << page;
}

}  // namespace
}  // namespace ingot::testing
