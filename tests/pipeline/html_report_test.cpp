// SPDX-License-Identifier: MIT
#include "pipeline/report/renderers.hpp"
#include "tests/loaders/cluster.hpp"
#include "tests/pipeline/fixture.hpp"
#include "tests/pipeline/page.hpp"
#include "tests/pipeline/program.hpp"

#include <gtest/gtest.h>

#include <boost/filesystem/string_file.hpp>

namespace ingot::testing {
namespace {

namespace fs = boost::filesystem;
using nlohmann::json;

const std::string kName = "<script>alert('n')</script>\"\xe2\x80\xae&";

/// A workspace whose names and records want to be markup, scripts and terminal commands.
Workspace hostile_workspace() {
    Workspace workspace = lay_out("sample");
    fs::save_string_file(
        workspace.claude() / "logs" / "<img src=x onerror=alert(1)>\"'&.jsonl",
        "{\"timestamp\": \"2026-01-03T10:00:00Z\", \"level\": \"INFO\", \"message\": \"m\"}\n"
        "{broken </pre><script>alert('r')</script> \x1b[31m\xe2\x80\xae\n"
        "{\"message\": \"</style><iframe src=http://example.invalid/>\xff\"}\n");
    fs::save_string_file(workspace.claude() / "\x1b[2J\n\xc2\x9b\xe2\x81\xa6.log", "nothing\n");
    return workspace;
}

/// Reports of one import in every format, beside the workspace.
struct Imported {
    Workspace workspace;
    Finished finished;

    fs::path file(const std::string& name) const { return workspace.folder.path() / name; }
    json report() const { return read_json(file("r.json")); }
};

Imported import(Workspace workspace, const std::vector<std::string>& options = {}) {
    Imported imported{.workspace = std::move(workspace), .finished = {}};
    std::vector<std::string> arguments{"import", imported.workspace.folder.path().string(),
                                       "--sqlite", imported.file("x.db").string(), "--quiet"};
    for (const char* name : {"r.json", "r.html"})
        arguments.insert(arguments.end(), {"--report", imported.file(name).string()});
    arguments.insert(arguments.end(), options.begin(), options.end());
    imported.finished = run_ingot(arguments);
    return imported;
}

TEST(HtmlReport, ShowsTheNumbersOfTheJsonAndNothingOfAHostileWorkspaceRuns) {
    const Imported done = import(hostile_workspace(), {"--workspace", kName, "--postgres",
                                                       cluster_url(), "--pg-schema", new_schema()});
    ASSERT_EQ(done.finished.exit_code, 0) << done.finished.errors;
    const json page = open_page(done.file("r.html"), {"--open"});
    expect_harmless(page);
    expect_numbers_of(page, done.report());
    const auto text = page["text"].get<std::string>();
    for (const char* shown :
         {"<script>alert('n')</script>\"\\u202e&", "<img src=x onerror=alert(1)>\"'&.jsonl",
          "{broken </pre><script>alert('r')</script> \\x1b[31m\\u202e\\n",
          "</style><iframe src=http://example.invalid/>", "\\x1b[2J\\n\\u009b\\u2066.log"})
        EXPECT_NE(text.find(shown), std::string::npos) << shown;
}

TEST(HtmlReport, HasADarkSideAndFitsAPhone) {
    const Imported done = import(lay_out("sample"));
    const json light = open_page(done.file("r.html"));
    const json dark = open_page(done.file("r.html"), {"--dark"});
    EXPECT_NE(light["background"], dark["background"]);
    expect_harmless(open_page(done.file("r.html"), {"--dark", "--width", "390", "--open"}));
}

TEST(HtmlReport, OpensEveryTableByKeyboard) {
    const Imported done = import(lay_out("sample"));
    const json page = open_page(done.file("r.html"));
    EXPECT_GT(page["focusable"], done.report()["tables"].size());
}

TEST(HtmlReport, IsCorrectForAnEmptyWorkspace) {
    const Imported done = import(lay_out("empty"));
    const json page = open_page(done.file("r.html"));
    expect_harmless(page);
    expect_numbers_of(page, done.report());
    EXPECT_NE(page["text"].get<std::string>().find("Everything valid"), std::string::npos);
}

TEST(HtmlReport, SaysWhyARunFailed) {
    Workspace workspace = lay_out("sample");
    fs::save_string_file(workspace.folder.path() / "x.db", "this is <b>no</b> database");
    const Imported done = import(std::move(workspace));
    EXPECT_EQ(done.finished.exit_code, 1);
    const json page = open_page(done.file("r.html"));
    expect_harmless(page);
    expect_numbers_of(page, done.report());
    EXPECT_NE(page["text"].get<std::string>().find(done.report()["error"].get<std::string>()),
              std::string::npos);
}

TEST(HtmlReport, StaysSmallWithTenThousandSources) {
    Report report;
    report.mode = "import";
    report.files.seen = 10'000;
    for (int i = 0; i < 10'000; ++i)
        report.sources.push_back({.path = std::to_string(i) + std::string(400, '<'),
                                  .family = "log",
                                  .extractor = "log",
                                  .bytes = i,
                                  .records = 1,
                                  .rows = 1,
                                  .rejects = i == 3 ? 1 : 0,
                                  .status = "loaded",
                                  .change = "new"});
    const Workspace workspace = lay_out("empty");
    const std::vector<Report> reports{report};
    const fs::path file = workspace.folder.path() / "r.html";
    fs::save_string_file(file, render_html({reports}));
    EXPECT_LT(fs::file_size(file), 2'000'000U);
    const json page = open_page(file, {"--open"});
    expect_harmless(page);
    EXPECT_LT(page["load_ms"], 2'000);
    const auto text = page["text"].get<std::string>();
    EXPECT_NE(text.find("500 of 10,000 sources shown"), std::string::npos);
    EXPECT_NE(text.find("\n3<<<"), std::string::npos) << "the one with a reject is not left out";
    EXPECT_EQ(text.find("\n4<<<"), std::string::npos);
}

TEST(HtmlReport, DrawsTheDaysThatMatterWhenALoneRowIsOld) {
    Report report;
    report.days = {{"1970-01-01", 1}};
    for (int day = 1; day <= 28; ++day)
        report.days.emplace_back(
            "2026-02-" + std::string(day < 10 ? "0" : "") + std::to_string(day), 100);
    const std::vector<Report> reports{report};
    const std::string page = render_html({reports});
    EXPECT_NE(page.find("1 row before 2026-02-01 not drawn"), std::string::npos);
    EXPECT_NE(page.find("<title>2026-02-28: 100 rows</title>"), std::string::npos);
    EXPECT_EQ(page.find("<title>1970"), std::string::npos);
}

TEST(HtmlReport, TheBrowserTestFindsWhatIsWrong) {
    const Workspace workspace = lay_out("empty");
    const fs::path file = workspace.folder.path() / "bad.html";
    fs::save_string_file(file, "<script>console.log('ran')</script><img src='missing.png'>"
                               "<data value='2' data-json='/a'>2</data>");
    const json page = open_page(file);
    EXPECT_NE(page["messages"], json::array());
    EXPECT_NE(page["requests"], json::array());
    EXPECT_EQ(page["elements"]["script"], 2);
    EXPECT_EQ(page["numbers"][0][2], "2");
}

}  // namespace
}  // namespace ingot::testing
