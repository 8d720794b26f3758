// SPDX-License-Identifier: MIT
#include "tests/extractors/extract.hpp"

#include <gtest/gtest.h>

namespace ingot {
namespace {

using testing::extract;
using testing::Extracted;

/// "key=value" of each setting, one a line.
std::string settings(const Extracted& out) {
    std::string text;
    for (const Rows& rows : out.batch->tables())
        for (std::size_t i = 0; i < rows.size(); ++i)
            text +=
                std::string(std::get<std::string_view>(rows.row(i)[rows.table->position("key")])) +
                "=" +
                std::string(
                    std::get<std::string_view>(rows.row(i)[rows.table->position("value")])) +
                "\n";
    return text;
}

std::string taker(std::string_view path, std::string_view bytes = "{}") {
    const Extracted out = extract(path, bytes);
    return out.extractor == nullptr ? "" : std::string(out.extractor->name);
}

TEST(Config, MakesARowOfEachLeaf) {
    const Extracted out = extract("config/limits.json",
                                  R"({"warn": {"percent": 70, "act": ["a", 1.10]}, "off": {}})");
    EXPECT_EQ(out.rows("configurations"), "0.0 category=config key=warn.percent value=70\n"
                                          "0.1 category=config key=warn.act value=[\"a\", 1.10]\n"
                                          "0.2 category=config key=off value={}\n");
    EXPECT_EQ(out.account(), "56/0/0/0");
    EXPECT_EQ(out.batch->tally.records, 1);
}

TEST(Config, KeepsValuesAsTheyAreWritten) {
    const Extracted out = extract(
        "settings.json", R"({"a": 1.10, "b": "0.85", "c": 1E400, "d": "\u00e9", "e": null})");
    EXPECT_EQ(settings(out), "a=1.10\nb=\"0.85\"\nc=1E400\nd=\"\\u00e9\"\ne=null\n");
}

TEST(Config, TakesTheCategoryFromTheFolderOrTheName) {
    EXPECT_EQ(extract("personas/critic.yaml", "a: 1").column("configurations", "category"),
              "personas");
    EXPECT_EQ(extract("settings copy.json", R"({"a":1})").column("configurations", "category"),
              "settings copy");
    EXPECT_EQ(
        extract("lib/.claude/config/x.json", R"({"a":1})").column("configurations", "category"),
        "config");
    EXPECT_EQ(extract(".env", "A=1").column("configurations", "category"), ".env");
}

TEST(Config, QuotesPartsOfAPathThatWouldReadLikeAnother) {
    const Extracted out = extract(
        "config.json", R"({"a.b": {"c": 1}, "a": {"b": {"c": 2}}, "": 3, "$": 4, "q\"": 5})");
    EXPECT_EQ(settings(out), "\"a.b\".c=1\na.b.c=2\n\"\"=3\n\"$\"=4\n\"q\\\"\"=5\n");
}

TEST(Config, CallsAValueThatIsNoObjectByASign) {
    EXPECT_EQ(settings(extract("config/list.json", "[1, {\"a\": 2}]")), "$=[1, {\"a\": 2}]\n");
    EXPECT_EQ(settings(extract("config/word.json", "\"just a string\"")), "$=\"just a string\"\n");
}

TEST(Config, TakesItsTimeOnlyFromWhatSaysSo) {
    const Extracted out = extract(
        "config/x.json",
        R"({"meta": {"last_updated": "2026-01-02", "updated_by": "lin"}, "agent_id": "a1"})");
    EXPECT_EQ(
        out.column("configurations", "updated_at"),
        "2026-01-02T00:00:00.000000Z,2026-01-02T00:00:00.000000Z,2026-01-02T00:00:00.000000Z");
    EXPECT_EQ(out.column("configurations", "updated_by"), "lin,lin,lin");
    EXPECT_EQ(out.column("configurations", "agent_id"), "a1,a1,a1");
    EXPECT_EQ(extract("config/y.json", R"({"deep": {"er": {"last_updated": "2026-01-02"}}})")
                  .column("configurations", "updated_at"),
              "-");
}

TEST(Config, ReadsCommentsAndTrailingCommas) {
    const Extracted out =
        extract("settings.json",
                "// top\r\n{\"url\": \"http://x/*y*/\", /* no */ \"list\": [1, 2, ], // tail\n}\n");
    EXPECT_EQ(settings(out), "url=\"http://x/*y*/\"\nlist=[1, 2  ]\n");
    EXPECT_EQ(out.rejects(), "");
    EXPECT_TRUE(out.balanced());
}

TEST(Config, KeepsCommasThatAreNotTrailing) {
    const Extracted out = extract("settings.json", "{\"a\": \",]\", /* , } */ \"b\": 2}");
    EXPECT_EQ(settings(out), "a=\",]\"\nb=2\n");
    EXPECT_EQ(extract("settings.json", "{\"a\": 1,, \"b\": 2}").rejects(), "bad_json@0+17 line 1");
}

TEST(Config, HasNothingToSayOfAFileOfComments) {
    const Extracted out = extract("settings.json", "// {\n//   \"off\": true\n// }\n/* {} */\n");
    EXPECT_EQ(out.rows("configurations"), "");
    EXPECT_EQ(out.account(), "0/0/36/0");
}

TEST(Config, ReadsSeveralDocumentsOneAfterAnother) {
    const Extracted out = extract("settings.json", "{\"first\": 1}\n// and\n{\"second\": 2}\n");
    EXPECT_EQ(out.rows("configurations"), "0.0 category=settings key=first value=1\n"
                                          "20.0 category=settings key=second value=2\n");
    EXPECT_EQ(out.account(), "25/0/9/0");
    EXPECT_EQ(out.batch->tally.records, 2);
}

TEST(Config, KeepsDocumentsBesideABrokenOne) {
    const Extracted out = extract("config/x.json", "{\"ok\": 1}\n{\"broken\": \n{\"also\": 2}\n");
    EXPECT_EQ(settings(out), "ok=1\nalso=2\n");
    EXPECT_EQ(out.rejects(), "bad_json@10+10 line 2");
    EXPECT_TRUE(out.balanced());
}

TEST(Config, RejectsABrokenFileWhole) {
    const Extracted out = extract("config/x.json", "{\"a\": \"an \"inner\" quote\", \"b\": {}}\n");
    EXPECT_EQ(out.rejects(), "bad_json@0+35 line 1");
    EXPECT_EQ(extract("config/y.json", "hello { world }").rejects(), "bad_json@0+15 line 1");
    EXPECT_EQ(extract("config/z.json", "{\"text\": \"caf\xE9\"}").rejects(),
              "bad_utf8@0+16 line 1");
}

TEST(Config, KeepsRepeatedKeysOfJson) {
    EXPECT_EQ(settings(extract("config/x.json", R"({"a": 1, "a": 2})")), "a=1\na=2\n");
}

TEST(Config, RejectsWhatIsNestedTooDeep) {
    const std::string open(100'000, '['), close(100'000, ']');
    EXPECT_EQ(extract("config/x.json", open).rejects(), "bad_json@0+100000 line 1");
    EXPECT_EQ(extract("config/x.json", open + close).rejects(), "too_deep@0+200000 line 1");
    std::string objects;
    for (int i = 0; i < 2'000; ++i) objects += "{\"a\":";
    EXPECT_EQ(extract("config/x.json", objects + "1" + std::string(2'000, '}')).rejects(),
              "too_deep@0+12001 line 1");
}

TEST(Config, RejectsPathsThatWouldFillTheMemory) {
    Settings small;
    small.max_record = 4'000;
    std::string text = "{\"" + std::string(1'000, 'k') + "\":{\"a\":1";
    for (int i = 0; i < 100; ++i) text += ",\"b\":1";
    EXPECT_EQ(extract("config/x.json", text + "}}", small).rejects(), "too_long@0+1612 line 1");
}

TEST(Config, RejectsARecordLongerThanTheLongest) {
    Settings small;
    small.max_record = 10;
    EXPECT_EQ(extract("config/x.json", R"({"a": 1234567})", small).rejects(),
              "too_long@0+14 line 1");
}

TEST(Config, ReadsAByteOrderMarkAndUtf16) {
    EXPECT_EQ(settings(extract("config/x.json", "\xEF\xBB\xBF{\"a\": 1}")), "a=1\n");
    const std::string wide("\xFF\xFE{\0\"\0a\0\"\0:\0\xE9\0\x31\0}\0", 18);
    EXPECT_EQ(extract("config/x.json", wide).rejects(), "bad_json@0+18 line 1");
    const std::string good("\xFF\xFE{\0\"\0\xE9\0\"\0:\0\x31\0}\0", 16);
    const Extracted out = extract("config/x.json", good);
    EXPECT_EQ(settings(out), "é=1\n");
    EXPECT_EQ(out.batch->encoding, "utf-16le");
    EXPECT_EQ(out.account(), "16/0/0/0");
}

TEST(Config, RejectsUtf16ThatIsBrokenOrLosesPlaces) {
    EXPECT_EQ(extract("config/x.yaml", std::string("\xFF\xFE\0\xD8{\0", 6)).rejects(),
              "bad_encoding@0+6 line 1");
    EXPECT_EQ(extract("config/x.env", std::string("A\0=\0\x31\0\n\0B\0=\0\x32\0", 14)).rejects(),
              "bad_encoding@0+14 line 1");
}

TEST(Config, KnowsItsFilesByNameAndPlace) {
    for (const std::string_view path :
         {"config/a.json", "settings.local.json", "a_config.json", ".agent-config.json",
          "forge.config.json", ".mcp.json", "mcp.json", "config.json", "sub/leanvibe.yml",
          "personas/x.yaml", "tool.toml", "service.env", ".env.local"})
        EXPECT_EQ(taker(path), "config") << path;
    for (const std::string_view path :
         {"package.json", "hooks/x.json", "config/tool.py", "config/run.sh", "x.jsonl",
          "assets/mcp.json.gz", "context/helper.py", "note.txt"})
        EXPECT_EQ(taker(path), "") << path;
    EXPECT_NE(taker("context/settings.json"), "config");
    EXPECT_NE(taker("memory/deep/meta.yaml"), "config");
}

TEST(Config, TellsSettingsWithoutAKnownEndingByTheirContent) {
    EXPECT_EQ(settings(extract("ccpm.config", "# who\nexport OWNER=\"lin\"\nREPO=ferry\n")),
              "OWNER=\"lin\"\nREPO=\"ferry\"\n");
    EXPECT_EQ(settings(extract("config/plain", "{\"a\": 1}")), "a=1\n");
    EXPECT_EQ(taker("ccpm.config", "#!/bin/bash\nget() { echo 1; }\n"), "");
    EXPECT_EQ(taker("config/data", std::string_view("\x7F\x45\x4C\x46\0\0\0\1", 8)), "");
}

TEST(Config, SaysNothingOfEmptyFiles) {
    for (const std::string_view path :
         {"config/a.json", "config/a.yaml", "config/a.toml", "config/a.env"}) {
        EXPECT_EQ(extract(path, "").account(), "0/0/0/0") << path;
        EXPECT_EQ(extract(path, " \r\n\n").account(), "0/0/4/0") << path;
        EXPECT_EQ(extract(path, " \r\n\n").batch->tally.records, 0) << path;
    }
}

TEST(Config, ReadsAnyBytesAsSomething) {
    const std::string_view odd[] = {"{",    "\"",  "/*",  "//",       "{\"",          "[,]", "}",
                                    "a: [", "---", "= 1", "\xFF\xFE", "\xEF\xBB\xBF", "\0"};
    for (const std::string_view bytes : odd)
        for (const std::string_view path :
             {"config/a.json", "config/a.yaml", "config/a.toml", "config/a.env"})
            EXPECT_TRUE(extract(path, bytes).balanced()) << path << " " << bytes;
}

}  // namespace
}  // namespace ingot
