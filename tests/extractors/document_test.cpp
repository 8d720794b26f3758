// SPDX-License-Identifier: MIT
#include "extractors/front_matter.hpp"
#include "tests/extractors/extract.hpp"

#include <gtest/gtest.h>

namespace ingot {
namespace {

using testing::extract;
using testing::Extracted;

std::string kind(std::string_view path) { return extract(path, "x").column("documents", "kind"); }
std::string title(std::string_view body) {
    return extract("x.md", body).column("documents", "title");
}

TEST(Document, KeepsFrontMatterAndBodyApart) {
    const Extracted out =
        extract("agents/checker.md",
                "---\nname: doc-checker\nmodel: haiku # cheap\n---\n# Checks\n\nBody.\n");
    EXPECT_EQ(
        out.rows("documents"),
        "0.0 path=agents/checker.md kind=agent name=doc-checker title=Checks "
        "front_matter={\"name\":\"doc-checker\",\"model\":\"haiku\"} body=# Checks\n\nBody.\n "
        "modified_at=2026-01-02T03:04:05.000000Z\n");
    EXPECT_EQ(out.account(), "63/0/0/0");
    EXPECT_TRUE(out.batch->uses_file_time);
}

TEST(Document, TellsTheKindByThePlace) {
    EXPECT_EQ(kind("commands/git/commit.md"), "command");
    EXPECT_EQ(kind("rules/python.mdc"), "rule");
    EXPECT_EQ(kind("plans/quiet-ferry.md"), "plan");
    EXPECT_EQ(kind("CLAUDE.md"), "instructions");
    EXPECT_EQ(kind("agent-memory/lin/MEMORY.md"), "memory");
    EXPECT_EQ(kind("skills/tides/SKILL.md"), "skill");
    EXPECT_EQ(kind("skills/tides/references/high.md"), "document");
    EXPECT_EQ(kind("plugins/p/commands/agents/x.md"), "command");
    EXPECT_EQ(kind("commands/README.md"), "document");
    EXPECT_EQ(kind("NOTES.MD"), "document");
}

TEST(Document, NamesASkillByItsFolder) {
    EXPECT_EQ(extract("skills/tides/SKILL.md", "x").column("documents", "name"), "tides");
    EXPECT_EQ(
        extract("skills/tides/SKILL.md", "---\nname: moon\n---\n").column("documents", "name"),
        "moon");
    EXPECT_EQ(extract("commands/a.b.md", "---\nname: \" \"\n---\n").column("documents", "name"),
              "a.b");
}

TEST(Document, TakesTheFirstHeadingOutsideOfCode) {
    EXPECT_EQ(title("text\n## Second\n```sh\n# no\n```\n# First #\n# Other\n"), "First");
    EXPECT_EQ(title("\xEF\xBB\xBF# With a mark\r\nx"), "With a mark");
    EXPECT_EQ(title("# C#\n"), "C#");
    EXPECT_EQ(title("#\n# \n#none\n"), "-");
    EXPECT_EQ(title("---\ntitle: Stated\n---\nno heading\n"), "Stated");
}

TEST(Document, KeepsWhatIsNoFrontMatterInTheBody) {
    const std::string_view unclosed = "---\nnever: closed\n# Not front matter\n";
    EXPECT_EQ(extract("x.md", unclosed).column("documents", "body"), unclosed);
    const std::string_view rules = "---\nJust a sentence.\n---\nMore.\n";
    EXPECT_EQ(extract("x.md", rules).column("documents", "body"), rules);
    EXPECT_EQ(extract("x.md", rules).column("documents", "front_matter"), "-");
    EXPECT_EQ(extract("x.md", "---\n---\nBody").column("documents", "front_matter"), "{}");
}

TEST(Document, ReadsLineEndsOfWindows) {
    const Extracted out = extract("x.md", "---\r\nname: n\r\nlist:\r\n  - a\r\n---\r\nBody\r\n");
    EXPECT_EQ(out.column("documents", "front_matter"), R"({"name":"n","list":["a"]})");
    EXPECT_EQ(out.column("documents", "body"), "Body\r\n");
}

TEST(Document, KeepsAnEmptyFile) {
    const Extracted out = extract("empty.md", "");
    EXPECT_EQ(out.column("documents", "name"), "empty");
    EXPECT_EQ(out.column("documents", "body"), "");
    EXPECT_TRUE(out.balanced());
}

TEST(Document, RepairsWhatIsNotUtf8) {
    const Extracted out = extract("x.md", "# Latin caf\xE9\n");
    EXPECT_EQ(out.column("documents", "title"), "Latin caf\xEF\xBF\xBD");
    EXPECT_EQ(out.rejects(), "");
    EXPECT_EQ(out.batch->tally.repaired, 2);
    EXPECT_EQ(extract("x.md", "---\nname: caf\xE9\n---\n").column("documents", "front_matter"),
              "{\"name\":\"caf\xEF\xBF\xBD\"}");
}

TEST(Document, LeavesOtherFilesAlone) {
    EXPECT_EQ(extract("commands/helper.sh", "#!/bin/sh\n").extractor, nullptr);
    EXPECT_EQ(extract("x.md", std::string_view("\x7F"
                                               "ELF\0\0",
                                               6))
                  .extractor,
              nullptr);
}

TEST(FrontMatter, IsYamlWhereItCanBe) {
    EXPECT_EQ(front_matter_json("version: 1.10\nmeta:\n  deep: [a, 2]\n"),
              R"({"version":1.10,"meta":{"deep":["a",2]}})");
}

TEST(FrontMatter, IsReadLineByLineWhereItIsNoYaml) {
    EXPECT_EQ(front_matter_json("name: x\ndescription: Use when: it rains # 12\\n<example>a: "
                                "b</example>\ntools: Read, Grep\n"),
              R"({"name":"x","description":"Use when: it rains # 12\\n<example>a: b</example>",)"
              R"("tools":"Read, Grep"})");
    EXPECT_EQ(front_matter_json(
                  "a: b: c\ntags: [git, \"x, y\"]\nlist:\n  - one\n  - 'two'\n  more\nq: \"w\"\n"),
              R"({"a":"b: c","tags":["git","x, y"],"list":["one","'two'\nmore"],"q":"w"})");
    EXPECT_EQ(front_matter_json("title: Use when: unquoted colon\n\tbad: tab\n"),
              R"({"title":"Use when: unquoted colon\nbad: tab"})");
    EXPECT_EQ(front_matter_json("argument-hint: [file] [--force]\n"),
              R"({"argument-hint":"[file] [--force]"})");
    EXPECT_EQ(front_matter_json("text: |\n  a: b\n\tc\nx: 1\n"), R"({"text":"a: b\nc","x":"1"})");
}

TEST(FrontMatter, IsNoneWithoutKeys) {
    EXPECT_EQ(front_matter_json("Just a sentence.\nNote: this\n"), std::nullopt);
    EXPECT_EQ(front_matter_json("- a\n- b\n"), std::nullopt);
}

TEST(FrontMatter, SurvivesHostileYaml) {
    EXPECT_EQ(front_matter_json("a: " + std::string(100'000, '[')).has_value(), true);
    EXPECT_EQ(front_matter_json("&a [*a]\n"), std::nullopt);
    EXPECT_EQ(front_matter_json(std::string_view("a: x\0y\nb: 1\n", 12)),
              "{\"a\":\"x\xEF\xBF\xBDy\",\"b\":\"1\"}");
}

}  // namespace
}  // namespace ingot
