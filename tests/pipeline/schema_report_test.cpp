// SPDX-License-Identifier: MIT
#include "pipeline/report/figures.hpp"
#include "pipeline/report/text_layout.hpp"
#include "tests/loaders/before_state.hpp"
#include "tests/pipeline/page.hpp"
#include "tests/pipeline/program.hpp"
#include "tests/pipeline/temp_folder.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <set>
#include <sstream>

#include <boost/filesystem/string_file.hpp>

namespace ingot::testing {
namespace {

namespace fs = boost::filesystem;
using nlohmann::json;

const std::string kTracking = "project-tracking-indexes";

/// A database and the reports that commands write of it.
struct SchemaReports : ::testing::Test {
    TempFolder folder;
    std::string url = before_database("codebase_mcp");
    std::vector<std::string> pack{"--pack", kTracking};

    std::string file(const std::string& name) const { return (folder.path() / name).string(); }
    std::string text(const std::string& name) const {
        std::string content;
        fs::load_string_file(folder.path() / name, content);
        return content;
    }
    /// Runs a command that writes NAME.json, .md, .html and .xml.
    Finished report(const std::string& name, std::vector<std::string> words,
                    const std::vector<std::string>& more = {}) const {
        words.insert(words.begin(), "schema");
        words.insert(words.end(), pack.begin(), pack.end());
        words.insert(words.end(), {"--postgres", url});
        words.insert(words.end(), more.begin(), more.end());
        for (const char* ending : {".json", ".md", ".html", ".xml"})
            words.insert(words.end(), {"--report", file(name + ending)});
        return run_ingot(words);
    }
    std::vector<std::string> unasked() const {
        return {"--yes", "--no-backup", "--log-dir", folder.path().string()};
    }
    json found(const std::string& name) const {
        return read_json(folder.path() / (name + ".json"));
    }

    void expect_valid(const std::string& name) const {
        const Finished checked = run({"/usr/bin/jsonschema", "-i", file(name + ".json"),
                                      SOURCE_DIR "/docs/schema-report.schema.json"});
        EXPECT_EQ(checked.exit_code, 0) << name << checked.errors.substr(0, 2'000);
    }
    void expect_well_formed(const std::string& name) const {
        const Finished checked =
            run({"/usr/bin/python3", "-c", "import sys, xml.dom.minidom as m; m.parse(sys.argv[1])",
                 file(name + ".xml")});
        EXPECT_EQ(checked.exit_code, 0) << name << checked.errors;
    }
    /// A pack of the user's own with one step.
    void write_pack(const std::string& step) {
        fs::create_directories(folder.path() / "packs/own");
        fs::save_string_file(folder.path() / "packs/own/pack.toml", "says = \"One step.\"\n");
        fs::save_string_file(folder.path() / "packs/own/001_step.toml",
                             "says = \"It.\"\n[[step]]\n" + step);
        pack = {"--pack", "own", "--pack-dir", file("packs")};
    }
};

void expect_holds(const std::string& text, const std::string& part) {
    EXPECT_NE(text.find(part), std::string::npos) << part << "\nis not in\n"
                                                  << text.substr(0, 3'000);
}

/// Every number on a page is the one of the JSON; returns the pointers.
std::set<std::string> expect_same_numbers(const json& page, const json& report) {
    std::set<std::string> pointers;
    for (const json& number : page["numbers"]) {
        const auto pointer = number[1].get<std::string>();
        const double expected = report.at(json::json_pointer(pointer)).get<double>();
        EXPECT_DOUBLE_EQ(std::stod(number[2].get<std::string>()), expected) << pointer;
        pointers.insert(pointer);
    }
    return pointers;
}

/// Each line of a statement stands somewhere in the text, in the order.
void expect_statement(const std::string& text, const std::string& sql) {
    std::istringstream lines(sql);
    std::size_t at = 0;
    for (std::string line; std::getline(lines, line);) {
        at = text.find(line, at);
        ASSERT_NE(at, std::string::npos) << line;
    }
}

TEST_F(SchemaReports, OfEveryCommandFollowTheirSchema) {
    EXPECT_EQ(report("plan", {"plan"}).exit_code, 0);
    EXPECT_EQ(report("baseline", {"baseline"}).exit_code, 0);
    setenv("XDG_STATE_HOME", folder.path().c_str(), 1);
    const Finished rehearsed = report("rehearse", {"rehearse"});
    unsetenv("XDG_STATE_HOME");
    EXPECT_EQ(rehearsed.exit_code, 0) << rehearsed.output << rehearsed.errors;
    const Finished up = report("up", {"up"}, unasked());
    EXPECT_EQ(up.exit_code, 0) << up.errors;
    EXPECT_EQ(report("status", {"status"}).exit_code, 0);
    report("verify", {"verify"});
    EXPECT_EQ(report("again", {"plan"}).exit_code, 0);
    EXPECT_EQ(report("down", {"down"}, {"--yes", "--log-dir", folder.path().string()}).exit_code,
              0);
    for (const char* name :
         {"plan", "baseline", "rehearse", "up", "status", "verify", "again", "down"}) {
        expect_valid(name);
        expect_well_formed(name);
        const json page = open_page(file(std::string(name) + ".html"), {"--open"});
        expect_harmless(page);
        expect_same_numbers(page, found(name));
    }
    EXPECT_EQ(found("rehearse")["rehearsal"]["passed"], true);
    EXPECT_EQ(found("up")["run"]["steps_done"], 2);
    EXPECT_EQ(found("up")["plan"]["fingerprint"], found("plan")["plan"]["fingerprint"]);
    EXPECT_EQ(found("down")["run"]["versions"], json({1}));
    EXPECT_FALSE(found("down")["smoke"].empty());
    EXPECT_EQ(found("again")["plan"]["to_do"], 0);
    const json answer = found("verify")["verification"]["answers"][3];
    EXPECT_EQ(answer["thresholds"]["warn_ms"], 10.0);
    EXPECT_TRUE(answer["median_ms"].is_number());
}

TEST_F(SchemaReports, JsonOnStdoutIsTheFile) {
    const Finished plan = report("plan", {"plan", "--json"});
    EXPECT_EQ(plan.output, text("plan.json"));
}

TEST_F(SchemaReports, TheSchemaRefusesWhatIsNoReport) {
    report("plan", {"plan"});
    json document = found("plan");
    document["plan"]["steps"][0].erase("state");
    fs::save_string_file(file("plan.json"), document.dump());
    EXPECT_NE(run({"/usr/bin/jsonschema", "-i", file("plan.json"),
                   SOURCE_DIR "/docs/schema-report.schema.json"})
                  .exit_code,
              0);
}

TEST_F(SchemaReports, ARunbookHasEveryStatementWithItsWayBackAndTheNumbers) {
    url = before_database("agent_hive");
    pack = {"--pack", "agent-hive-2"};
    const Finished plan = report("plan", {"plan"});
    EXPECT_EQ(plan.exit_code, 0) << plan.errors;
    const std::string runbook = text("plan.md");
    const json document = found("plan");
    std::size_t statements = 0;
    for (const json& step : document["plan"]["steps"])
        for (const json& statement : step["statements"]) {
            ++statements;
            expect_statement(runbook, statement["sql"]);
            for (const json& undo : statement["undo"]) expect_statement(runbook, undo);
            expect_holds(runbook,
                         "- [ ] **" + std::to_string(statement["number"].get<int>()) + "**");
            expect_holds(plan.output, statement["effect"]);
        }
    EXPECT_EQ(statements, document["plan"]["statements"]);
    EXPECT_GT(statements, 50U);
    for (const json& table : document["plan"]["tables"])
        expect_holds(runbook, "| `" + table["table"].get<std::string>() + "` | " +
                                  grouped(table["rows"]) + " | " + size_text(table["bytes"]) +
                                  " |");
    for (const json& each : document["pack"]["switches"])
        expect_holds(runbook, "--switch " + each["name"].get<std::string>());
    for (const json& query : document["pack"]["queries"]) expect_statement(runbook, query["sql"]);
    expect_holds(runbook, document["plan"]["fingerprint"]);
    expect_valid("plan");
    const json page = open_page(file("plan.html"), {"--open"});
    const auto pointers = expect_same_numbers(page, document);
    for (std::size_t i = 0; i < document["plan"]["tables"].size(); ++i)
        EXPECT_TRUE(pointers.contains("/plan/tables/" + std::to_string(i) + "/rows"));
}

TEST_F(SchemaReports, ArePagesForLightAndDarkKeyboardAndPhone) {
    report("plan", {"plan"});
    const json light = open_page(file("plan.html"));
    const json dark = open_page(file("plan.html"), {"--dark"});
    EXPECT_NE(light["background"], dark["background"]);
    EXPECT_GT(light["focusable"], 10);
    expect_harmless(open_page(file("plan.html"), {"--open", "--width", "390"}));
}

TEST_F(SchemaReports, HostileNamesAreMarkupNowhere) {
    url = empty_database();
    const std::string name = "<img src=x onerror=alert(1)>`|*\x1b[2J";
    ask(url, "CREATE TABLE \"" + name + "\" (a int)");
    ask(url, "INSERT INTO \"" + name + "\" VALUES (1)");
    write_pack("op = \"create_index\"\nname = \"ix\"\ncolumns = [\"a\"]\n"
               "table = \"<img src=x onerror=alert(1)>`|*\\u001b[2J\"\n");
    const Finished plan = report("plan", {"plan"});
    EXPECT_EQ(plan.exit_code, 0) << plan.errors;
    EXPECT_EQ(plan.output.find('\x1b'), std::string::npos);
    expect_holds(plan.output, "<img src=x onerror=alert(1)>`|*\\x1b[2J");
    EXPECT_EQ(found("plan")["plan"]["tables"][0]["table"], name);
    const json page = open_page(file("plan.html"), {"--open"});
    expect_harmless(page);
    expect_holds(page["text"], "<img src=x onerror=alert(1)>`|*\\x1b[2J");
    for (const char* file_name : {"plan.md", "plan.html", "plan.xml"})
        EXPECT_EQ(text(file_name).find('\x1b'), std::string::npos) << file_name;
    expect_holds(text("plan.md"), "| ``<img src=x onerror=alert(1)>`\\|*\\x1b[2J`` |");
    expect_holds(text("plan.md"), "\\<img src=x onerror=alert(1)\\>\\`\\|\\*");
    expect_valid("plan");
    expect_well_formed("plan");
}

TEST_F(SchemaReports, AreWrittenWhenTheCommandFails) {
    write_pack("op = \"sql\"\nup = [\"CREATE TABLE made (a int)\", \"SELECT 1 / 0\"]\n"
               "down = [\"DROP TABLE made\"]\n"
               "verify = \"SELECT to_regclass('made') IS NOT NULL\"\n");
    const Finished up = report("up", {"up"}, unasked());
    EXPECT_EQ(up.exit_code, 1);
    expect_holds(up.errors, "division by zero");
    expect_valid("up");
    EXPECT_FALSE(found("up")["ok"]);
    expect_holds(found("up")["error"], "division by zero");
    expect_holds(text("up.md"), "division by zero");
    expect_holds(text("up.xml"), "<error message=");
    const Finished again = report("json", {"up", "--json"}, unasked());
    EXPECT_EQ(json::parse(again.output)["exit_code"], 1) << "one document";
}

TEST_F(SchemaReports, AreWrittenWhenTheDatabaseCannotBeOpened) {
    url = "postgresql://nobody@127.0.0.1:1/none";
    EXPECT_EQ(report("plan", {"plan"}).exit_code, 5);
    EXPECT_EQ(found("plan")["exit_code"], 5);
    expect_valid("plan");
    const Finished printed = report("json", {"plan", "--json"});
    EXPECT_FALSE(json::parse(printed.output)["ok"]);
}

TEST_F(SchemaReports, AnUnknownEndingIsRefusedBeforeAnyWork) {
    const std::string before = schema_dump(url);
    const Finished up = report("up", {"up"}, {"--report", file("r.pdf"), "--yes", "--no-backup"});
    EXPECT_EQ(up.exit_code, 2);
    expect_holds(up.errors, ".json, .html, .xml, .md");
    EXPECT_EQ(schema_dump(url), before);
}

TEST_F(SchemaReports, OneThatCannotBeWrittenIsNamedAndTheOthersAreThere) {
    const Finished plan = report("plan", {"plan"}, {"--report", file("none/r.md")});
    EXPECT_EQ(plan.exit_code, 1);
    expect_holds(plan.errors, file("none/r.md"));
    expect_holds(text("plan.md"), "# Runbook");
}

TEST_F(SchemaReports, OfCommandsWithoutAPackAreThere) {
    pack.clear();
    EXPECT_EQ(report("audit", {"audit"}).exit_code, 0);
    url = before_database("personal_ai");
    EXPECT_EQ(
        report("rename", {"rename-plan", "--to", "snake_case", "--map", "User=users"}).exit_code,
        0);
    fs::save_string_file(file("m.sql"), "CREATE INDEX ON t (a);\n");
    const Finished lint =
        run_ingot({"schema", "lint", file("m.sql"), "--report", file("lint.md"), "--report",
                   file("lint.json"), "--report", file("lint.html"), "--report", file("lint.xml")});
    for (const char* name : {"audit", "rename", "lint"}) {
        expect_well_formed(name);
        const json page = open_page(file(std::string(name) + ".html"), {"--open"});
        expect_harmless(page);
        expect_same_numbers(page, found(name));
    }
    for (const json& finding : found("audit")["findings"])
        expect_holds(text("audit.md"), "**" + finding["severity"].get<std::string>() + "**");
    for (const json& table : found("rename")["tables"])
        expect_holds(text("rename.md"),
                     table["from"].get<std::string>() + " → " + table["to"].get<std::string>());
    EXPECT_FALSE(found("lint")["findings"].empty());
    url = "postgresql://nobody@127.0.0.1:1/none";
    EXPECT_EQ(report("unreachable", {"audit"}).exit_code, 5);
    EXPECT_EQ(found("unreachable")["exit_code"], 5);
}

TEST(TextLayout, WrapsBehindItsLead) {
    EXPECT_EQ(layout::hanging("  state  ", "one two three four five six", 30),
              "  state  one two three four\n         five six\n");
    EXPECT_EQ(layout::hanging("  state  ", "one two three four five six", 0),
              "  state  one two three four five six\n");
    EXPECT_EQ(layout::hanging("> ", "SELECT 1\n  FROM t", 80), "> SELECT 1\n    FROM t\n");
    EXPECT_EQ(layout::hanging("> ", std::string(40, 'x'), 30), "> " + std::string(40, 'x') + "\n");
}

TEST(TextLayout, PutsNumbersToTheRightAndCountsCharacters) {
    EXPECT_EQ(layout::grid({{"tä", "1", "x"}, {"long", "1,000", ""}}, "lrl", 2, 0),
              "  tä        1  x\n  long  1,000\n");
}

}  // namespace
}  // namespace ingot::testing
