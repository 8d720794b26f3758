// SPDX-License-Identifier: MIT
#include "extractors/binary.hpp"

#include "tests/extractors/extract.hpp"

#include <gtest/gtest.h>

namespace ingot {
namespace {

using namespace std::string_view_literals;
using testing::extract;
using testing::Extracted;

constexpr auto kNul = "\xEF\xBF\xBD"sv;

std::string_view taker(std::string_view path, std::string_view bytes) {
    const Extracted out = extract(path, bytes);
    return out.extractor == nullptr ? "-"sv : out.extractor->name;
}

TEST(Binary, IsWhatBeginsLikeAnotherFormatWhateverItsName) {
    const auto formats =
        std::to_array<std::string_view>({"\x89PNG\r\n\x1A\n", "\x1F\x8B\x08", "PK\x03\x04",
                                         "\x7F"
                                         "ELF",
                                         "GIF89a", "%PDF-1.7"});
    for (const std::string_view format : formats)
        for (const char* path :
             {"logs/a.log", "a.log.1", "CLAUDE.md", "config/a.yaml", ".env", "context/a.json",
              "memory/a.json", "memory/a.md", "agents/a.json", "history.jsonl", "settings.json",
              "debug/a.txt", "projects/-p/0b6c1f1e-0000-4000-8000-00000000a001.jsonl"})
            EXPECT_EQ(taker(path, std::string(format) + "hello\nhello\n"), "-") << path;
}

TEST(Binary, IsWhatIsFullOfControlCharacters) {
    std::string numbers;
    for (char i = 1; i < 100; ++i) numbers += std::string({i, '\0', '\0', '\0'});
    for (const char* path : {"logs/a.log", "CLAUDE.md", "context/a.txt", "memory/a.md", "a.env"})
        EXPECT_EQ(taker(path, numbers), "-") << path;
}

TEST(Binary, IsNoTextWithSomeNuls) {
    EXPECT_FALSE(is_binary("# x\0y"sv));
    EXPECT_FALSE(is_binary("a\0\0\0\0\0\0\0\0b\n"sv));
    EXPECT_FALSE(is_binary(std::string(50'000, '\0') + "hello\n"));
    EXPECT_FALSE(is_binary(std::string(2'000, 'a') + std::string(90, '\x01')));
    EXPECT_TRUE(is_binary(std::string(2'000, 'a') + std::string(120, '\x01')));
    EXPECT_TRUE(is_binary("\0\0\0"sv));
    EXPECT_FALSE(is_binary(""));
}

TEST(Binary, LoadsTextWithANulWhereItsPathSaysWhatItIs) {
    struct Case {
        const char* path;
        std::string_view bytes;
        const char* table;
        const char* column;
        std::string value;
    };
    const std::string nul(kNul);
    for (const Case& c :
         {Case{"CLAUDE.md", "# x\0y"sv, "documents", "body", "# x" + nul + "y"},
          Case{"agents/x.md", "# x\0y"sv, "documents", "body", "# x" + nul + "y"},
          Case{"memory/n.md", "x\0y"sv, "memory_snapshots", "content", "\"x" + nul + "y\""},
          Case{"memory/n.txt", "x\0y"sv, "memory_snapshots", "content", "\"x" + nul + "y\""},
          Case{"context/n.txt", "x\0y"sv, "context_sessions", "context_data", ""},
          Case{"context/n.md", "x\0y"sv, "context_sessions", "context_data", ""},
          Case{".env", "A=x\0y\n"sv, "configurations", "value", "\"x" + nul + "y\""},
          Case{"logs/x.log", "2026-01-01 10:00:00 - a\0\0\0\0\0\0\0\0b\n"sv, "events", "message",
               "a" + nul + nul + nul + nul + nul + nul + nul + nul + "b"}}) {
        const Extracted out = extract(c.path, c.bytes);
        ASSERT_NE(out.extractor, nullptr) << c.path;
        EXPECT_EQ(out.column(c.table, c.column), c.value) << c.path;
        EXPECT_GE(out.batch->tally.repaired, 1) << c.path;
        EXPECT_EQ(out.batch->tally.rejected, 0) << c.path;
        EXPECT_TRUE(out.balanced()) << c.path;
    }
}

TEST(Binary, RejectsWhatMayNotHoldANul) {
    EXPECT_EQ(extract("config/n.yaml", "a: x\0y\n"sv).rejects(), "bad_yaml@0+7 line 1");
    EXPECT_EQ(extract("context/n.json", "{\"a\":\"x\0y\"}"sv).rejects(), "bad_json@0+11 line 1");
    EXPECT_EQ(extract("config/n.json", "{\"a\":\"x\0y\"}"sv).rejects(), "bad_json@0+11 line 1");
    EXPECT_EQ(extract("config/n.toml", "a = \"x\0y\"\n"sv).rejects(), "bad_toml@0+10 line 1");
}

}  // namespace
}  // namespace ingot
