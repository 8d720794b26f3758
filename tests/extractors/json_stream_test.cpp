// SPDX-License-Identifier: MIT
#include "extractors/json_stream.hpp"

#include "pipeline/tables/event.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace ingot {
namespace {

/// Bytes with the padding that a piece has.
struct Bytes64 {
    explicit Bytes64(std::string_view text) : size(text.size()), data(text) {
        data.resize(size + 64);
    }
    std::string_view view() const { return std::string_view(data).substr(0, size); }
    std::size_t size;
    std::string data;
};

/// What was found in one or several pieces: "0{"a":1}" for a record at 0, "5!{"b" for a reject,
/// "9<HEAD" for a marker.
struct Found {
    std::vector<std::pair<std::int64_t, std::string>> items;
    std::optional<Resume> resume;
    Tally tally;

    std::string text() const {
        std::string out;
        for (const auto& [offset, what] : items)
            out += (out.empty() ? "" : " ") + std::to_string(offset) + what;
        return out;
    }
    bool balances(std::size_t size) const {
        const std::int64_t sum =
            tally.row_bytes + tally.rejected_bytes + tally.blank_bytes + tally.pending_bytes;
        return sum == static_cast<std::int64_t>(size);
    }
};

struct Stretch {
    std::int64_t offset = 0;
    bool last = true;
    std::string state = {};
};

Found read_piece(std::string_view text, const Stretch& stretch) {
    static const Source source;
    static const Settings settings;
    const Bytes64 bytes(text);
    Batch batch(source, bytes.view(), stretch.offset);
    Found found;
    const Piece piece{.source = source,
                      .settings = settings,
                      .bytes = bytes.view(),
                      .offset = stretch.offset,
                      .first = stretch.offset == 0,
                      .last = stretch.last,
                      .state = stretch.state,
                      .database = {}};
    for_each_document(
        piece, batch,
        [&](const json::Document& document, std::int64_t offset) {
            found.items.emplace_back(offset, document.text());
        },
        [&](std::string_view line, std::int64_t offset) {
            found.items.emplace_back(offset, line);
        });
    for (const Reject& reject : batch.rejects())
        found.items.emplace_back(reject.offset, "!" + *reject.raw);
    std::ranges::stable_sort(found.items);
    found.resume = batch.resume;
    found.tally = batch.tally;
    return found;
}

Found read(std::string_view text) { return read_piece(text, {}); }

void append(Found& all, Found piece) {
    all.items.insert(all.items.end(), piece.items.begin(), piece.items.end());
    all.tally += piece.tally;
}

/// Reads in windows that start with `window` bytes and grow until a record ends in them.
Found read_in_pieces(std::string_view text, std::size_t window) {
    Found all;
    std::string state;
    for (std::size_t at = 0; at < text.size();) {
        Split split;
        for (std::size_t length = window; split.end == 0 && at + length < text.size(); length *= 2)
            split = split_documents(text.substr(at, length), state);
        const bool last = split.end == 0;
        const std::size_t end = last ? text.size() : at + split.end;
        append(all,
               read_piece(text.substr(at, end - at), {static_cast<std::int64_t>(at), last, state}));
        at = end;
        state = split.state;
    }
    return all;
}

/// Reads the first `size` bytes, then the whole text from where reading goes on.
Found read_grown(std::string_view text, std::size_t size) {
    Found all = read(text.substr(0, size));
    if (!all.resume) return read(text);
    const auto from = static_cast<std::size_t>(all.resume->offset);
    std::erase_if(all.items, [&](const auto& item) { return item.first >= all.resume->offset; });
    append(all, read_piece(text.substr(from), {all.resume->offset, true, all.resume->state}));
    return all;
}

TEST(JsonStream, ReadsPrettyDocumentsOneAfterAnother) {
    const Found found = read("{\n  \"a\": 1\n}\n{\n  \"b\": [\n    {}\n  ]\n}\n");
    EXPECT_EQ(found.text(), "0{\n  \"a\": 1\n} 13{\n  \"b\": [\n    {}\n  ]\n}");
    EXPECT_EQ(found.tally.blank_bytes, 2);
}

TEST(JsonStream, ReadsTheElementsOfAnArray) {
    const Found found = read("\xEF\xBB\xBF[\n  {\"a\": 1},\n  [2], \"x\", 3\n]\n");
    EXPECT_EQ(found.text(), "7{\"a\": 1} 19[2] 24\"x\" 293");
    EXPECT_TRUE(found.balances(33));
}

TEST(JsonStream, ReadsJsonLinesArraysAndGluedDocumentsAlike) {
    EXPECT_EQ(read("{\"a\":1}\n{\"b\":2}{\"c\":3}\n[{\"d\":4}]\n[{\"e\":5}]").text(),
              "0{\"a\":1} 8{\"b\":2} 15{\"c\":3} 24{\"d\":4} 34{\"e\":5}");
}

TEST(JsonStream, KeepsTheNeighboursOfABrokenDocument) {
    EXPECT_EQ(read("{\n  \"a\": 1\n}\n{\n  \"b\": tru\n}\n{\n  \"c\": 3\n}\n").text(),
              "0{\n  \"a\": 1\n} 13!{\n  \"b\": tru\n} 28{\n  \"c\": 3\n}");
}

TEST(JsonStream, EndsADocumentThatWasCutOffWhereTheNextBegins) {
    EXPECT_EQ(read("{\n  \"a\": 1,\n{\n  \"b\": 2\n}\n").text(),
              "0!{\n  \"a\": 1,\n 12{\n  \"b\": 2\n}");
    EXPECT_EQ(read("{\n  \"a\": \"x\n{\n  \"b\": 2\n}\n").text(),
              "0!{\n  \"a\": \"x\n 12{\n  \"b\": 2\n}");
}

TEST(JsonStream, KeepsWholeDocumentsBehindOneThatStopsWhereAValueMayStand) {
    EXPECT_EQ(read("{\n  \"a\":\n{\n  \"b\": 2\n}\n{\n  \"c\": 3\n}\n").text(),
              "0!{\n  \"a\":\n 9{\n  \"b\": 2\n} 22{\n  \"c\": 3\n}");
}

TEST(JsonStream, TakesAnUnindentedDocumentAsOne) {
    EXPECT_EQ(read("{\n\"a\": [\n{\n\"b\": 1\n},\n{\n}\n]\n}\n").text(),
              "0{\n\"a\": [\n{\n\"b\": 1\n},\n{\n}\n]\n}");
}

TEST(JsonStream, KeepsTheNeighboursOfABrokenElement) {
    EXPECT_EQ(
        read("[\n  {\n    \"a\": 1\n  },\n  {\n    \"b\": \"x\n  },\n  {\n    \"c\": 3\n  }\n]\n")
            .text(),
        "4{\n    \"a\": 1\n  } 24!{\n    \"b\": \"x\n  },\n   45{\n    \"c\": 3\n  }");
    EXPECT_EQ(read("[{\n  \"a\": \"x\n}, {\n  \"b\": 2\n}]").text(),
              "1!{\n  \"a\": \"x\n},  16{\n  \"b\": 2\n}");
}

TEST(JsonStream, StartsAnewAfterAnArrayThatWasNeverClosed) {
    EXPECT_EQ(read("[\n  {\"a\": 1},\n[\n  {\"b\": 2}\n]\n").text(), "4{\"a\": 1} 18{\"b\": 2}");
}

TEST(JsonStream, HandsOverTheMarksOfAMergeConflict) {
    const Found found = read("{\"a\":1}\n<<<<<<< HEAD\n{\"b\":2}\n=======\n{\"c\":3}\n>>>>>>> x\n");
    EXPECT_EQ(found.text(),
              "0{\"a\":1} 8<<<<<<< HEAD 21{\"b\":2} 29======= 37{\"c\":3} 45>>>>>>> x");
    EXPECT_EQ(found.tally.rejected, 0);
}

TEST(JsonStream, RejectsADocumentWithAConflictInsideAsOne) {
    EXPECT_EQ(read("{\n<<<<<<< HEAD\n\"a\":1\n=======\n\"a\":2\n>>>>>>> x\n}\n{}\n").text(),
              "0!{\n<<<<<<< HEAD\n\"a\":1\n=======\n\"a\":2\n>>>>>>> x\n} 47{}");
}

TEST(JsonStream, RejectsTextUpToTheNextDocument) {
    EXPECT_EQ(read("hello there\n5 apples\n{}\n").text(), "0!hello there\n5 apples\n 21{}");
}

TEST(JsonStream, PassesOverZerosThatACrashLeft) {
    EXPECT_EQ(read(std::string("{}\n\0\0\0{\"a\":1}\n", 14)).text(),
              std::string("0{} 3!\0\0\0 6{\"a\":1}", 18));
}

TEST(JsonStream, PassesOverCommentLines) {
    const Found found = read("// made by hand\n{}\n");
    EXPECT_EQ(found.text(), "16{}");
    EXPECT_EQ(found.tally.blank_bytes, 17);
}

TEST(JsonStream, WaitsForAnUnfinishedDocument) {
    const Found found = read("{}\n{\n  \"a\":");
    EXPECT_EQ(found.text(), "0{}");
    EXPECT_EQ(found.tally.pending_bytes, 8);
    EXPECT_EQ(found.resume->offset, 2);
}

TEST(JsonStream, RejectsAnUnfinishedDocumentBeforeALineFeed) {
    EXPECT_EQ(read("{}\n{\n  \"a\":\n").text(), "0{} 3!{\n  \"a\":\n");
}

TEST(JsonStream, SaysThatItIsInsideAnArray) {
    const Split split = split_documents("[\n  {\"a\": 1},\n  {\"b\"", "");
    EXPECT_EQ(split.end, 12U);
    EXPECT_EQ(split.state, "[2");
    EXPECT_EQ(split_documents("{\"a\": ", "").end, 0U);
}

TEST(JsonStream, DoesNotCutInsideABrokenDocument) {
    EXPECT_EQ(split_documents("{}\n{\n\"a\": [\n{},\n{}\n", "").end, 2U);
    EXPECT_EQ(split_documents("{}\n{\n\"a\": [\n{},\n{}\n{}\n", "").end, 21U);
}

/// The text between the '^'.
std::vector<std::string_view> parts_of(std::string_view joined) {
    std::vector<std::string_view> parts;
    for (std::size_t end = joined.find('^'); end != std::string_view::npos;
         end = joined.find('^')) {
        parts.push_back(joined.substr(0, end));
        joined.remove_prefix(end + 1);
    }
    parts.push_back(joined);
    return parts;
}

TEST(JsonStream, SurvivesHostileInput) {
    constexpr std::size_t size = 256 << 10;
    for (const std::string_view unit : parts_of("{^[^\"^{\n^[\n^[{\n^{\"a\":[\n{},\n^[\n "
                                                "{\"a\":[\n{}\n^[{\"a\":[\n{},\n^{:\n^}^]^\\^\"\\"
                                                "^,^{}^[]^[{}^1 ^a\n^{\"a\n^<<<<<<<\n^{}\n{\n")) {
        std::string text;
        while (text.size() < size) text += unit;
        EXPECT_TRUE(read(text).balances(text.size())) << unit;
        split_documents(text, "");
    }
}

/// A stream in which some things are broken.
std::string random_stream(std::mt19937& random) {
    static const std::vector<std::string_view> parts =
        parts_of("{\n  \"a\": 1\n}\n^{\"a\":[1,{}]}\n^[\n^]\n^  {\n    \"b\": \"x\"\n  "
                 "}^,\n^{\n\"a\": [\n{},\n"
                 "^{\"a\":\n^{\"q^\"\n^}^{^[^]^\n^ ^<<<<<<< HEAD\n^=======\n^12^word^}, "
                 "{\n^\xEF\xBB\xBF^// x\n"
                 "^\"s\"^[{}^    ^[\n    {\n^{\n  \"c\": [\n    {}\n  ]\n}\n^:^  {}^{}\n");
    std::string text;
    const auto count = random() % 16;
    for (std::size_t i = 0; i < count; ++i) text += parts.at(random() % parts.size());
    return text;
}

TEST(JsonStream, ReadsPiecesAsTheWhole) {
    std::mt19937 random(7);
    for (int i = 0; i < 3000; ++i) {
        const std::string text = random_stream(random);
        const Found whole = read(text);
        ASSERT_TRUE(whole.balances(text.size())) << text;
        const Found pieces = read_in_pieces(text, 1 + random() % 12);
        ASSERT_EQ(pieces.text(), whole.text()) << text;
        ASSERT_TRUE(pieces.balances(text.size())) << text;
    }
}

TEST(JsonStream, ReadsAGrownFileAsTheWhole) {
    std::mt19937 random(8);
    for (int i = 0; i < 3000; ++i) {
        const std::string text = random_stream(random);
        const std::size_t size = text.empty() ? 0 : random() % text.size();
        ASSERT_EQ(read_grown(text, size).text(), read(text).text())
            << text << "\n-- grown from " << size;
    }
}

}  // namespace
}  // namespace ingot
