// SPDX-License-Identifier: MIT
#include "tests/pipeline/merged.hpp"
#include "tests/pipeline/program.hpp"
#include "tests/pipeline/table_dump.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <random>
#include <sstream>

namespace ingot::testing {

namespace fs = boost::filesystem;

namespace {

using Tables = std::map<std::string, std::string>;

Tables import(const fs::path& workspace, const fs::path& database,
              std::vector<std::string> more = {}) {
    std::vector<std::string> arguments{"import",          workspace.string(), "--sqlite",
                                       database.string(), "--workspace",      "w"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const Finished done = run_ingot(arguments);
    EXPECT_EQ(done.exit_code, 0) << done.errors << done.output;
    return done.exit_code == 0 ? dump_tables(database.string()) : Tables{};
}

/// The lines in one order, whatever order the database gave them in.
std::string sorted(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    std::ranges::sort(lines);
    std::string out;
    for (const std::string& line : lines) out += line + "\n";
    return out;
}

void expect_equal(const Tables& expected, const Tables& found, const std::string& when) {
    for (const auto& [name, text] : expected) {
        const auto at = found.find(name);
        EXPECT_EQ(sorted(text), sorted(at == found.end() ? "" : at->second)) << name << " " << when;
    }
    EXPECT_EQ(expected.size(), found.size()) << when;
}

/// A file's bytes and times, to be given to a copy in increments.
struct Growing {
    fs::path relative;
    std::string bytes;
    std::size_t given = 0;
};

std::vector<Growing> files_below(const fs::path& root) {
    std::vector<Growing> files;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(root)) {
        if (fs::symlink_status(entry.path()).type() != fs::regular_file) continue;
        Growing& file = files.emplace_back(Growing{fs::relative(entry.path(), root), {}, 0});
        fs::load_string_file(entry.path(), file.bytes);
    }
    return files;
}

TEST(Determinism, BatchRowsAndThreadsDoNotMatter) {
    const Merged workspace;
    const TempFolder folder;
    const Tables expected = import(workspace.folder.path(), folder.path() / "reference.db");
    ASSERT_GT(expected.size(), 15U);
    for (const std::string rows : {"1", "7", "1000", "100000"})
        for (const std::string jobs : {"1", "2", "8"})
            expect_equal(expected,
                         import(workspace.folder.path(),
                                folder.path() / (rows + "-" + jobs + ".db"),
                                {"--batch-rows", rows, "-j", jobs}),
                         "with --batch-rows " + rows + " -j " + jobs);
}

TEST(Determinism, ASecondImportChangesNothing) {
    const Merged workspace;
    const TempFolder folder;
    import(workspace.folder.path(), folder.path() / "a.db");
    std::string before;
    fs::load_string_file(folder.path() / "a.db", before);
    import(workspace.folder.path(), folder.path() / "a.db");
    std::string after;
    fs::load_string_file(folder.path() / "a.db", after);
    EXPECT_TRUE(before == after) << "not one byte of the database";
}

TEST(Determinism, AWorkspaceThatGrewInIncrementsGivesTheRowsOfTheWhole) {
    const Merged workspace;
    for (const unsigned seed : {1U, 2U}) {
        std::mt19937 random(seed);
        const TempFolder folder;
        const fs::path root = folder.path() / ".claude";
        std::vector<Growing> files = files_below(workspace.claude());
        for (int step = 0; step < 10; ++step) {
            for (Growing& file : files) {
                const std::size_t left = file.bytes.size() - file.given;
                const std::size_t part =
                    step == 9 ? left
                              : std::uniform_int_distribution<std::size_t>(0, left / 3)(random);
                if (part == 0 && (step < 9 || file.given > 0)) continue;
                fs::create_directories((root / file.relative).parent_path());
                std::ofstream(((root / file.relative).string()), std::ios::binary | std::ios::app)
                    << file.bytes.substr(file.given, part);
                file.given += part;
            }
            if (step == 9) {
                fs::remove_all(folder.path() / "whole");
                fs::create_directory(folder.path() / "whole");
                for (const Growing& file : files)
                    fs::last_write_time(root / file.relative, 1'767'323'045);
            }
            if (fs::exists(root)) import(folder.path(), folder.path() / "grown.db");
        }
        expect_equal(import(folder.path(), folder.path() / "at_once.db"),
                     dump_tables((folder.path() / "grown.db").string()),
                     "seed " + std::to_string(seed));
    }
}

TEST(Determinism, TwoWorkspacesStayApartInAnyOrder) {
    const Workspace one = lay_out("sample");
    const Workspace two = lay_out("agents");
    const TempFolder folder;
    const auto both = [&](const std::string& name, bool swapped) {
        const std::string database = (folder.path() / name).string();
        for (const bool first : {!swapped, swapped}) {
            const Workspace& workspace = first ? one : two;
            const Finished done = run_ingot({"import", workspace.folder.path().string(), "--sqlite",
                                             database, "--workspace", first ? "one" : "two", "-q"});
            EXPECT_EQ(done.exit_code, 0) << done.errors;
        }
        return dump_tables(database);
    };
    expect_equal(both("a.db", false), both("b.db", true), "in the other order");
}

TEST(Determinism, APartFirstAndTheRestLaterGivesTheWhole) {
    const Merged workspace;
    const TempFolder folder;
    const Tables expected = import(workspace.folder.path(), folder.path() / "whole.db");
    import(workspace.folder.path(), folder.path() / "parts.db",
           {"--only", "log", "--only", "**/config/**"});
    import(workspace.folder.path(), folder.path() / "parts.db", {"--only", "transcript"});
    expect_equal(expected, import(workspace.folder.path(), folder.path() / "parts.db"), "in parts");
}

}  // namespace
}  // namespace ingot::testing
