// SPDX-License-Identifier: MIT
#include "extractors/yaml.hpp"

#include "tests/extractors/extract.hpp"

#include <gtest/gtest.h>

namespace ingot {
namespace {

using testing::extract;
using testing::Extracted;

/// "reason: detail" of what the text is refused for.
std::string refusal(std::string_view text) {
    try {
        return "none: " + yaml_to_json(text);
    } catch (const RowError& error) {
        return std::string(name_of(error.reason)) + ": " + error.what();
    }
}

TEST(Yaml, KeepsPlainScalarsAsTheyAreWritten) {
    EXPECT_EQ(
        yaml_to_json(
            "[1.10, -0, 1e5, true, null, yes, 1.2.3, 0x1F, 2026-01-02, ~, Null, +1, 01, .5]"),
        R"([1.10,-0,1e5,true,null,"yes","1.2.3","0x1F","2026-01-02","~","Null","+1","01",".5"])");
}

TEST(Yaml, MakesStringsOfQuotedScalars) {
    EXPECT_EQ(yaml_to_json(
                  "a: \"1\"\nb: 'it''s'\nc: \"\\u00e9\\t\\0\"\nd: |\n  two\n  lines\ne: !!str 5\n"),
              R"({"a":"1","b":"it's","c":"é\t\u0000","d":"two\nlines\n","e":"5"})");
}

TEST(Yaml, KeepsLocalTagsOfScalars) {
    EXPECT_EQ(yaml_to_json("a: !Ref queue\nb: !!int 7\nc: !box {x: 1}\n"),
              R"({"a":"!Ref queue","b":7,"c":{"x":1}})");
}

TEST(Yaml, ReadsAnEmptyValueAsNull) {
    EXPECT_EQ(yaml_to_json("a:\nb: é\nc: ~\n"), R"({"a":null,"b":"é","c":"~"})");
}

TEST(Yaml, ReadsLineEndsOfWindows) {
    EXPECT_EQ(yaml_to_json("a: 1\r\nb: |\r\n  x\r\n  y\r\nc: ~\r\n"),
              R"({"a":1,"b":"x\ny\n","c":"~"})");
}

TEST(Yaml, WritesAliasesOutAndMergesMaps) {
    EXPECT_EQ(
        yaml_to_json("a: &a {x: 1, y: 2}\nb: *a\nc: {<<: *a, y: 3}\nd: {<<: [{z: 1}, *a], x: 9}\n"),
        R"({"a":{"x":1,"y":2},"b":{"x":1,"y":2},"c":{"y":3,"x":1},"d":{"x":9,"z":1,"y":2}})");
    EXPECT_EQ(yaml_to_json("a: {<<: 5}\nb: {\"<<\": {c: 1}}\n"),
              R"({"a":{"<<":5},"b":{"<<":{"c":1}}})");
}

TEST(Yaml, MakesTextOfKeysThatAreNone) {
    EXPECT_EQ(yaml_to_json("? [a, 1]\n: b\n2: c\n~: d\n"), R"({"[\"a\",1]":"b","2":"c","~":"d"})");
}

TEST(Yaml, RefusesRepeatedKeys) {
    EXPECT_EQ(refusal("a: 1\nb: 2\n\"a\": 3\n"), "duplicate_key: line 3: repeats the key \"a\"");
    EXPECT_EQ(refusal("1: a\n\"1\": b\n"), "none: {\"1\":\"a\",\"1\":\"b\"}");
}

TEST(Yaml, SaysInWhichLineItIsBroken) {
    EXPECT_EQ(refusal("a: 1\nb: [1, 2\nc: 3\n").substr(0, 17), "bad_yaml: line 3:");
    EXPECT_EQ(refusal("a: b: c").substr(0, 17), "bad_yaml: line 1:");
    EXPECT_EQ(refusal("a: *none").substr(0, 9), "bad_yaml:");
    EXPECT_EQ(refusal("a:\n\t- tab\n").substr(0, 9), "bad_yaml:");
}

TEST(Yaml, RefusesWhatTheLibraryWouldSkip) {
    EXPECT_EQ(refusal(std::string_view("a: 1\n\4b: 2\n")), "bad_yaml: line 2: control character");
    EXPECT_EQ(refusal(std::string_view("a: \0", 4)), "bad_yaml: line 1: control character");
    EXPECT_EQ(refusal("{a: 1} {b: 2}").substr(0, 9), "bad_yaml:");
    EXPECT_EQ(refusal("a: caf\xE9").substr(0, 9), "bad_utf8:");
}

TEST(Yaml, EndsOnAStrayComma) { EXPECT_EQ(refusal(",,,").substr(0, 9), "bad_yaml:"); }

TEST(Yaml, RefusesDeepNesting) {
    EXPECT_EQ(refusal(std::string(100'000, '[')).substr(0, 9), "too_deep:");
    EXPECT_EQ(refusal(std::string(100'000, '{')).substr(0, 9), "too_deep:");
    std::string dashes, blocks;
    for (int i = 0; i < 100'000; ++i) dashes += "- ";
    for (int i = 0; i < 2'000; ++i)
        blocks += std::string(static_cast<std::size_t>(i), ' ') + "a:\n";
    EXPECT_EQ(refusal(dashes).substr(0, 9), "too_deep:");
    EXPECT_EQ(refusal(blocks).substr(0, 9), "too_deep:");
}

TEST(Yaml, RefusesWhatWouldFillTheMemory) {
    EXPECT_EQ(refusal(std::string((std::size_t{4} << 20U) + 1, '\n')).substr(0, 9), "too_long:");
    EXPECT_EQ(refusal("[" + std::string(std::size_t{1} << 20U, '\n') + "]"), "none: []");
}

TEST(Yaml, RefusesAliasesThatUnfoldWithoutEnd) {
    std::string laughs = "a0: &a0 [lol, lol]\n";
    std::string chain = "a0: &a0 [x]\n";
    for (int i = 1; i < 700; ++i) {
        const std::string name = "a" + std::to_string(i), before = "*a" + std::to_string(i - 1);
        if (i < 40) laughs += name + ": &" + name + " [" + before + ", " + before + "]\n";
        chain += name + ": &" + name + " [" + before + "]\n";
    }
    EXPECT_EQ(refusal(laughs), "too_deep: line 1: aliases unfold too far");
    EXPECT_EQ(refusal(chain), "too_deep: line 1: nested too deep");
    EXPECT_EQ(refusal("&a [*a]").substr(0, 9), "too_deep:");
    EXPECT_EQ(refusal("&a {b: *a, c: *a}").substr(0, 9), "too_deep:");
}

TEST(Yaml, RefusesMergesThatUnfoldWithoutEnd) {
    std::string text = "a0: &a0 {k: 1}\n";
    for (int i = 1; i < 40; ++i) {
        const std::string name = "a" + std::to_string(i), before = "*a" + std::to_string(i - 1);
        text += name + ": &" + name + " {<<: [" + before + ", " + before + "]}\n";
    }
    EXPECT_EQ(refusal(text), "too_deep: line 1: aliases unfold too far");
    EXPECT_EQ(refusal("&a {<<: *a}").substr(0, 9), "too_deep:");
}

TEST(Yaml, MakesARecordOfEachDocument) {
    const Extracted out =
        extract("config/x.yaml", "# top\n---\na: 1\n--- # two\nb: 2\n...\n# end\n");
    EXPECT_EQ(out.rows("configurations"),
              "0.0 category=config key=a value=1\n15.0 category=config key=b value=2\n");
    EXPECT_EQ(out.account(), "30/0/10/0");
    EXPECT_EQ(out.batch->tally.records, 2);
}

TEST(Yaml, GivesAnOnlyDocumentTheWholeFile) {
    const Extracted out = extract("config/x.yaml", "%YAML 1.2\n---\n# first\na: 1\n---\n...\n");
    EXPECT_EQ(out.rows("configurations"), "0.0 category=config key=a value=1\n");
    EXPECT_EQ(out.account(), "35/0/0/0");
}

TEST(Yaml, KeepsDocumentsBesideABrokenOne) {
    const Extracted out =
        extract("config/x.yaml", "good: 1\n---\nbad: : :\n  - x\n---\nlater: 2\n");
    EXPECT_EQ(out.column("configurations", "key"), "good,later");
    EXPECT_EQ(out.rejects(), "bad_yaml@8+19 line 2");
    EXPECT_EQ(out.batch->rejects()[0].detail.substr(0, 7), "line 3:");
    EXPECT_TRUE(out.balanced());
}

TEST(Yaml, TakesNoMarkInsideALineForADocument) {
    const Extracted out = extract("config/x.yaml", "a: x --- y\nb: |\n  ---\nc: ---d\n");
    EXPECT_EQ(out.column("configurations", "value"), "\"x --- y\",\"---\\n\",\"---d\"");
}

}  // namespace
}  // namespace ingot
