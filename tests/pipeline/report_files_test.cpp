// SPDX-License-Identifier: MIT
#include "loaders/runs.hpp"
#include "pipeline/report/renderers.hpp"
#include "tests/loaders/cluster.hpp"
#include "tests/pipeline/fixture.hpp"
#include "tests/pipeline/page.hpp"
#include "tests/pipeline/program.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include <boost/filesystem/string_file.hpp>

namespace ingot::testing {
namespace {

namespace fs = boost::filesystem;
using nlohmann::json;

std::string text_of(const fs::path& file) {
    std::string text;
    fs::load_string_file(file, text);
    return text;
}

/// A workspace with its database beside it.
struct Place {
    Workspace workspace = lay_out("sample");

    std::string file(const std::string& name) const {
        return (workspace.folder.path() / name).string();
    }
    Finished ingot(std::vector<std::string> arguments) const {
        arguments.insert(arguments.end(), {"--sqlite", file("x.db")});
        return run_ingot(arguments);
    }
    Finished import(const std::vector<std::string>& more = {}) const {
        std::vector<std::string> arguments{"import", workspace.folder.path().string()};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return ingot(arguments);
    }
    std::string last_run() const {
        return json::parse(ingot({"runs", "--json"}).output)["runs"].back()["run_id"];
    }
};

/// Names in a folder, sorted.
std::vector<std::string> names_in(const fs::path& folder) {
    std::vector<std::string> names;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder))
        names.push_back(entry.path().filename().string());
    std::ranges::sort(names);
    return names;
}

void expect_valid(const std::string& file) {
    const Finished checked =
        run({"/usr/bin/jsonschema", "-i", file, SOURCE_DIR "/docs/report.schema.json"});
    EXPECT_EQ(checked.exit_code, 0) << checked.errors.substr(0, 2'000);
}

TEST(ReportFiles, AreWrittenInEveryFormatAtOnce) {
    const Place place;
    const Finished done =
        place.import({"--report", place.file("r.json"), "--report", place.file("R.HTML"),
                      "--report", place.file("r.xml"), "--report", place.file("r.md")});
    EXPECT_EQ(done.exit_code, 0) << done.errors;
    EXPECT_TRUE(read_json(place.file("r.json"))["ok"]);
    EXPECT_TRUE(text_of(place.file("R.HTML")).starts_with("<!doctype html>"));
    EXPECT_TRUE(text_of(place.file("r.xml")).starts_with("<?xml"));
    EXPECT_TRUE(text_of(place.file("r.md")).starts_with("# Everything valid"));
    EXPECT_EQ(names_in(place.workspace.folder.path()),
              (std::vector<std::string>{".claude", "R.HTML", "r.json", "r.md", "r.xml", "x.db"}));
}

TEST(ReportFiles, AnUnknownEndingIsRefusedBeforeAnyWork) {
    const Place place;
    const Finished done = place.import({"--report", place.file("r.pdf")});
    EXPECT_EQ(done.exit_code, 2);
    EXPECT_NE(done.errors.find(".json, .html, .xml, .md"), std::string::npos) << done.errors;
    EXPECT_FALSE(fs::exists(place.file("x.db")));
}

TEST(ReportFiles, AreNeverWrittenBelowTheWorkspace) {
    const Place place;
    fs::create_directory_symlink(place.workspace.claude() / "logs", place.file("way-in"));
    for (const std::string& below :
         {(place.workspace.claude() / "r.html").string(), place.file("way-in/r.html")}) {
        const Finished done = place.import({"--report", below});
        EXPECT_EQ(done.exit_code, 2) << below;
        EXPECT_FALSE(fs::exists(below));
        EXPECT_FALSE(fs::exists(place.file("x.db")));
    }
}

TEST(ReportFiles, OneThatCannotBeWrittenIsNamedAndTheOthersAreThere) {
    const Place place;
    const Finished done = place.import(
        {"--report", place.file("none/r.json"), "--report", place.file("r.md"), "--quiet"});
    EXPECT_EQ(done.exit_code, 1);
    EXPECT_NE(done.errors.find(place.file("none/r.json")), std::string::npos) << done.errors;
    EXPECT_TRUE(fs::exists(place.file("r.md")));
}

TEST(ReportFiles, AnOldFileIsReplacedWhole) {
    const Place place;
    fs::save_string_file(place.file("old.json"), "old");
    fs::create_symlink("old.json", place.file("r.json"));
    EXPECT_EQ(place.import({"--report", place.file("r.json")}).exit_code, 0);
    EXPECT_TRUE(fs::is_symlink(place.file("r.json")));
    EXPECT_TRUE(read_json(place.file("old.json"))["ok"]);
}

TEST(ReportFiles, JsonFollowsItsSchema) {
    const Place place;
    const std::string schema = new_schema();
    const std::vector<std::string> target{"--postgres", cluster_url(), "--pg-schema", schema};
    std::vector<std::string> options = target;
    options.insert(options.end(), {"--report", place.file("import.json")});
    place.import(options);
    place.import({"--report", place.file("again.json")});
    for (const std::string command : {"publish", "validate"})
        place.ingot({command, "--postgres", cluster_url(), "--pg-schema", schema, "--report",
                     place.file(command + ".json")});
    place.import({"--timezone", "nowhere", "--report", place.file("failed.json")});
    run_ingot({"validate", "--all", place.workspace.folder.path().string(), "--sqlite",
               place.file("x.db"), "--report", place.file("all.json")});
    for (const char* name : {"import", "again", "publish", "validate", "failed", "all"})
        expect_valid(place.file(std::string(name) + ".json"));
}

TEST(ReportFiles, TheSchemaRefusesWhatIsNoReport) {
    const Place place;
    place.import({"--report", place.file("r.json")});
    json report = read_json(place.file("r.json"));
    report["bytes"].erase("blank");
    fs::save_string_file(place.file("r.json"), report.dump());
    EXPECT_NE(run({"/usr/bin/jsonschema", "-i", place.file("r.json"),
                   SOURCE_DIR "/docs/report.schema.json"})
                  .exit_code,
              0);
}

TEST(StoredReport, IsTheReportThatTheImportPrinted) {
    const Place place;
    const std::string schema = new_schema();
    const Finished imported = place.import(
        {"--postgres", cluster_url(), "--pg-schema", schema, "--report", place.file("r.json")});
    ASSERT_EQ(imported.exit_code, 0) << imported.errors;
    const std::string printed = text_of(place.file("r.json"));
    const Finished from_sqlite = place.ingot({"report", place.last_run(), "--json"});
    EXPECT_EQ(from_sqlite.exit_code, 0);
    EXPECT_EQ(from_sqlite.output, printed);
    const Finished from_postgres = run_ingot(
        {"report", place.last_run(), "--postgres", cluster_url(), "--pg-schema", schema, "--json"});
    EXPECT_EQ(from_postgres.output, printed) << from_postgres.errors;
}

TEST(StoredReport, IsRenderedInEveryFormatAgain) {
    const Place place;
    place.import({"--report", place.file("first.html")});
    const Finished again =
        place.ingot({"report", place.last_run(), "--report", place.file("again.html")});
    EXPECT_EQ(again.exit_code, 0);
    EXPECT_NE(again.output.find("everything valid"), std::string::npos);
    EXPECT_EQ(text_of(place.file("again.html")), text_of(place.file("first.html")));
}

TEST(StoredReport, ARunThatChangedNothingWritesNothing) {
    const Place place;
    place.import();
    const std::string before = text_of(place.file("x.db"));
    EXPECT_EQ(place.import().exit_code, 0);
    EXPECT_EQ(text_of(place.file("x.db")), before);
}

TEST(StoredReport, OfAFailedPublicationSaysSo) {
    const Place place;
    const Finished failed =
        place.import({"--postgres", "postgresql://nobody@127.0.0.1:1/none", "--quiet"});
    EXPECT_EQ(failed.exit_code, 5);
    const json stored = json::parse(place.ingot({"report", place.last_run(), "--json"}).output);
    EXPECT_EQ(stored["exit_code"], 5);
    EXPECT_FALSE(stored["error"].is_null());
}

TEST(StoredReport, AnUnknownRunIsAWrongUsage) {
    const Place place;
    place.import();
    const Finished unknown = place.ingot({"report", "2026'; --"});
    EXPECT_EQ(unknown.exit_code, 2);
    EXPECT_NE(unknown.errors.find("ingot runs"), std::string::npos) << unknown.errors;
}

TEST(StoredReport, LeavesOutSourcesAndSaysSo) {
    Report report;
    for (int i = 0; i < 1'000; ++i)
        report.sources.push_back({.path = std::to_string(i),
                                  .family = "log",
                                  .extractor = {},
                                  .bytes = i,
                                  .rejects = i == 0 ? 1 : 0,
                                  .status = "loaded",
                                  .change = "new"});
    report.rejects.push_back({.reason = "bad_json", .count = 4, .examples = {}});
    report.rejects[0].examples.assign(4, {.path = "p", .excerpt = std::string(999, 'x')});
    const Report stored = parse_report(stored_json(truncated(report)));
    EXPECT_EQ(stored.sources.size(), kStoredSources);
    EXPECT_EQ(stored.sources.front().path, "0") << "the one with a reject stays";
    EXPECT_EQ(stored.truncated.sources, 800);
    EXPECT_EQ(stored.truncated.examples, 1);
    EXPECT_LT(stored.rejects[0].examples[0].excerpt.size(), 210U);
    EXPECT_EQ(stored.families.at(0).files, 1'000) << "the families still count all";
    const std::vector<Report> reports{stored};
    EXPECT_NE(render_html({reports}).find("200 of 1,000 sources shown"), std::string::npos);
}

TEST(StoredReport, WhatIsNoReportIsAnErrorNotACrash) {
    for (const char* text : {"", "[]", "{\"files\":3}", "{\"workspace\":{\"id\":\"x\"}}"})
        EXPECT_THROW(parse_report(text), RunError) << text;
}

TEST(Runs, AreListedNewestLastWithTheirTotals) {
    const Place place;
    place.import();
    fs::save_string_file(place.workspace.claude() / "logs" / "new.log",
                         "2026-01-01T00:00:00Z INFO x\n");
    place.import();
    const json runs = json::parse(place.ingot({"runs", "--json"}).output)["runs"];
    ASSERT_EQ(runs.size(), 2U);
    EXPECT_LT(runs[0]["started_at"], runs[1]["started_at"]);
    EXPECT_EQ(runs[0]["rows_rejected"], 1);
    EXPECT_EQ(runs[1]["rows_loaded"], 1);
    EXPECT_EQ(runs[1]["status"], "completed");
    const Finished table = place.ingot({"runs"});
    EXPECT_EQ(std::ranges::count(table.output, '\n'), 3);
    EXPECT_NE(table.output.find(runs[1]["run_id"].get<std::string>()), std::string::npos);
}

TEST(Runs, AreTheSameInPostgres) {
    const Place place;
    const std::string schema = new_schema();
    place.import({"--postgres", cluster_url(), "--pg-schema", schema});
    const Finished postgres =
        run_ingot({"runs", "--json", "--postgres", cluster_url(), "--pg-schema", schema});
    EXPECT_EQ(postgres.output, place.ingot({"runs", "--json"}).output);
}

}  // namespace
}  // namespace ingot::testing
