// SPDX-License-Identifier: MIT
#include "pipeline/report/printable.hpp"

#include "pipeline/report/report.hpp"
#include "tests/pipeline/program.hpp"
#include "tests/pipeline/temp_folder.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include <boost/filesystem/string_file.hpp>

namespace ingot::testing {
namespace {

namespace fs = boost::filesystem;

const std::string kHostile = "a\x1b[2Jb\nc\xc2\x9b"
                             "31m\xe2\x80\xae"
                             "d\xff";

/// Nothing that a terminal would act on: only line feeds of our own, no C1, no override, all UTF-8.
void expect_tame(const std::string& shown) {
    EXPECT_TRUE(std::ranges::all_of(
        shown, [](char c) { return c == '\n' || static_cast<unsigned char>(c) >= 0x20; }));
    EXPECT_EQ(shown, printable_lines(shown));
}

TEST(Printable, LeavesPlainTextAlone) {
    EXPECT_EQ(printable("logs/März 2026 \\ 日本 🙂.log"),
              "logs/März 2026 \\ 日本 🙂.log");
}

TEST(Printable, ShowsControlCharactersAsEscapes) {
    EXPECT_EQ(printable("\x1b[31m\n\r\t\x7f"), "\\x1b[31m\\n\\r\\t\\x7f");
    EXPECT_EQ(printable(std::string_view("\0", 1)), "\\x00");
    EXPECT_EQ(printable("\xc2\x80\xc2\x9f"), "\\u0080\\u009f");
}

TEST(Printable, ShowsDirectionAndInvisibleCharactersAsEscapes) {
    EXPECT_EQ(printable("\xe2\x80\xae\xe2\x81\xa6\xe2\x80\x8b\xef\xbb\xbf"),
              "\\u202e\\u2066\\u200b\\ufeff");
    EXPECT_EQ(printable("\xf3\xa0\x81\x81"), "\\U000e0041");
    EXPECT_EQ(printable("\xef\xbf\xbe\xf0\x9f\xbf\xbf"), "\\ufffe\\U0001ffff");
}

TEST(Printable, ShowsBytesThatAreNotUtf8) {
    EXPECT_EQ(printable("a\xff\xc3"), "a\\xff\\xc3");
    EXPECT_EQ(printable("\xed\xa0\x80"), "\\xed\\xa0\\x80");  // a surrogate
}

TEST(Printable, KeepsTheLineFeedsOfOurOwnMessages) {
    EXPECT_EQ(printable_lines("one\ntwo\x1b\n"), "one\ntwo\\x1b\n");
}

TEST(Printable, NothingRawIsLeftInTheTextReport) {
    Report report;
    report.mode = "import";
    report.workspace_path = report.sqlite_path = report.postgres_target = kHostile;
    report.notes = {kHostile};
    report.tables.push_back({.table = "events",
                             .source_checksum = {},
                             .sqlite = {},
                             .postgres = {},
                             .checks = {{"events.rule", true, 1, {kHostile}}},
                             .ok = false});
    report.rejects.push_back({.reason = "bad_json", .count = 1, .examples = {{kHostile, 0, {}}}});
    report.exit = Exit::failed;
    report.error = kHostile;
    const std::string shown = text_report(report);
    expect_tame(shown);
    EXPECT_NE(shown.find("\\x1b[2Jb\\nc\\u009b31m\\u202ed\\xff"), std::string::npos);
}

TEST(Printable, NothingRawIsLeftInListings) {
    const TempFolder folder;
    const fs::path claude = folder.path() / ".claude";
    const std::string name = "h\x1b[2J\n\xe2\x80\xae.log";
    fs::create_directories(claude / "logs");
    fs::save_string_file(claude / "logs" / name, "2026-01-01T00:00:00Z INFO x\n");
    fs::create_symlink("no\x1bwhere", claude / "l\x1bink");
    const Finished scan = run_ingot({"scan", folder.path().string()});
    expect_tame(scan.output);
    EXPECT_NE(scan.output.find("h\\x1b[2J\\n\\u202e.log"), std::string::npos) << scan.output;
    EXPECT_NE(scan.output.find("l\\x1bink -> no\\x1bwhere"), std::string::npos) << scan.output;
    const Finished import = run_ingot(
        {"import", folder.path().string(), "-v", "--sqlite", (folder.path() / "x.db").string()});
    expect_tame(import.output);
    EXPECT_NE(import.output.find("h\\x1b[2J\\n\\u202e.log"), std::string::npos) << import.output;
}

}  // namespace
}  // namespace ingot::testing
