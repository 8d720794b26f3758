// SPDX-License-Identifier: MIT
#include "extractors/toml.hpp"

#include "tests/extractors/extract.hpp"

#include <gtest/gtest.h>

namespace ingot {
namespace {

using testing::extract;
using testing::Extracted;

std::string refusal(std::string_view text) {
    try {
        return "none: " + toml_to_json(text);
    } catch (const RowError& error) {
        return std::string(name_of(error.reason)) + ": " + error.what();
    }
}

TEST(Toml, KeepsNumbersAsTheyAreWritten) {
    EXPECT_EQ(toml_to_json("a = [1.10, 1e5, 1_000, +5, 0x1F, inf, -0]\nb = true # c\n"),
              R"({"a":[1.10,1e5,"1_000","+5","0x1F","inf",-0],"b":true})");
}

TEST(Toml, KeepsTimesAsText) {
    EXPECT_EQ(
        toml_to_json(
            "a = 2026-01-02T03:04:05Z\nb = 2026-01-02 03:04:05.5 \nc = 07:32:00\nd = 2026-01-02"),
        R"({"a":"2026-01-02T03:04:05Z","b":"2026-01-02 03:04:05.5",)"
        R"("c":"07:32:00","d":"2026-01-02"})");
}

TEST(Toml, FindsNumbersBehindOtherAlphabets) {
    EXPECT_EQ(toml_to_json("\"größe\" = [\"日本\", 1.50, 2.50]"),
              R"({"größe":["日本",1.50,2.50]})");
    EXPECT_EQ(toml_to_json("a = [ # é\n\t1.0,\r\n  2.0 ]"), R"({"a":[1.0,2.0]})");
}

TEST(Toml, KeepsTheOrderOfKeys) {
    EXPECT_EQ(toml_to_json("z = 1\n[t.u]\na = 1\n[b]\nx = {q = 1, c.d = 2}\n"),
              R"({"z":1,"t":{"u":{"a":1}},"b":{"x":{"q":1,"c":{"d":2}}}})");
}

TEST(Toml, DescendsTablesAndNotArrays) {
    const Extracted out = extract(
        "config/x.toml",
        "title = \"forge\"\n[limits]\nrate = 1.10\n[[step]]\nrun = \"a\"\n[[step]]\nrun = \"b\"\n");
    EXPECT_EQ(out.rows("configurations"),
              "0.0 category=config key=title value=\"forge\"\n"
              "0.1 category=config key=limits.rate value=1.10\n"
              "0.2 category=config key=step value=[{\"run\":\"a\"},{\"run\":\"b\"}]\n");
    EXPECT_TRUE(out.balanced());
}

TEST(Toml, RefusesRepeatedKeys) {
    EXPECT_EQ(refusal("a = 1\na = 2\n").substr(0, 22), "duplicate_key: line 2:");
    EXPECT_EQ(refusal("[a]\n[a]\n").substr(0, 14), "duplicate_key:");
}

TEST(Toml, SaysInWhichLineItIsBroken) {
    EXPECT_EQ(refusal("a = 1\nb = \n").substr(0, 17), "bad_toml: line 2:");
    EXPECT_EQ(extract("config/x.toml", "a = 1\nb = \n").rejects(), "bad_toml@0+11 line 1");
    EXPECT_EQ(refusal("a = \"caf\xE9\"").substr(0, 9), "bad_utf8:");
}

TEST(Toml, RefusesDeepNesting) {
    EXPECT_EQ(refusal("a = " + std::string(100'000, '[')).substr(0, 9), "too_deep:");
    std::string dots = "a", quoted = "a", tables = "x = ";
    for (int i = 0; i < 500'000; ++i) dots += ".a", quoted += ".\",\"";
    for (int i = 0; i < 90; ++i) tables += "{a.b.c = ";
    EXPECT_EQ(refusal(dots + " = 1").substr(0, 9), "too_deep:");
    EXPECT_EQ(refusal("[" + dots + "]").substr(0, 9), "too_deep:");
    EXPECT_EQ(refusal(quoted + " = 1").substr(0, 9), "too_deep:");
    EXPECT_EQ(refusal(tables + "1" + std::string(90, '}')).substr(0, 5), "none:");
}

TEST(Toml, RejectsWhatTheJsonParserFindsTooDeep) {
    std::string text = "x = ";
    for (int i = 0; i < 90; ++i) text += "{a.b.c.d.e.f.g.h.i.j.k.l.m.n.o = ";
    text += "1" + std::string(90, '}');
    for (const std::string_view path : {"config/x.toml", "context/x.toml"}) {
        EXPECT_EQ(extract(path, text).rejects(), "too_deep@0+3065 line 1");
        EXPECT_TRUE(extract(path, text).balanced());
    }
}

TEST(Toml, CountsNoDotsInStringsAndComments) {
    const std::string dots(1'000, '.');
    EXPECT_EQ(refusal("a = \"" + dots + "\" # " + dots + "\nb = '''\n" + dots + "'\"'''\nc = 1\n")
                  .substr(0, 5),
              "none:");
    EXPECT_EQ(refusal("a = \"\"\"x\\\"\"\"\"\"\nb = \"" + dots + "\"\n").substr(0, 5), "none:");
}

TEST(Toml, ReadsManyQuotesInOnePass) {
    EXPECT_EQ(refusal(std::string(1'000'000, '"')).substr(0, 9), "bad_toml:");
    EXPECT_EQ(refusal(std::string(1'000'000, '\'')).substr(0, 9), "bad_toml:");
}

TEST(Toml, FindsItsWayOnALongLine) {
    std::string text = "a = [";
    for (int i = 0; i < 100'000; ++i) text += "1.50, ";
    const std::string json = toml_to_json(text + "2.50]");
    EXPECT_EQ(json.substr(json.size() - 12), ",1.50,2.50]}");
}

}  // namespace
}  // namespace ingot
