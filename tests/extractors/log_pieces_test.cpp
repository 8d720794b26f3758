// SPDX-License-Identifier: MIT
#include "extractors/extractor.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace ingot {

extern const Extractor log_text_extractor;
extern const Extractor log_plain_extractor;

namespace {

/// A bit of everything that hands something on to the lines below it.
const std::string kLog =
    "\xEF\xBB\xBF# banner\n\n"
    "[09:00:00] [ann] [READY] no date yet\n"
    "2026-03-01 22:00:00 INFO     shop.cart            [corr=1f, agent=bob]           started\r\n"
    "Traceback:\r\n\r\n  line 1\r\n"
    "[23:59:59] late\n[00:00:01] early\n"
    "<<<<<<< HEAD\nloose end\n||||||| base\n=======\n<<<<<<< two\n>>>>>>> two\n=======\n"
    "<<<<<<< three\n[PRE-BASH] 2026-03-02 10:00:00 ls\n=======\nloose\n>>>>>>> three\n>>>>>>> "
    "topic\n"
    "2026-03-02 10:00:00 | ann | START | a | b2026-03-02 10:01:00 | bob | STUCK | c | d\n# note\n"
    "d\nTitle\n=======\n2026-03-02 10:02:00 | ann | COMPLETE | a\n   \n\n"
    "Thu Mar  5 11:28:38 2026: built\nmore\xFF\n1772000000|x|y\n[10:00:00] last";

const std::string kPlain =
    "one\n  two\n\nERROR: three\r\n<<<<<<< HEAD\n=======\n>>>>>>> x\nfour 2026-03-01 10:00:00\n"
    "2026-03-01 10:00:00 - stamped\nmore\n[11:00:00] later\nand more\n\n";

struct Row {
    std::int64_t offset;
    std::string cells;
    bool operator==(const Row&) const = default;
};

std::string shown(const Value& value) {
    if (value.index() == 0) return "-";
    if (const auto* number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
    return std::string(std::get<std::string_view>(value));
}

struct Read {
    std::vector<Row> rows;
    Tally tally;
    Resume resume;
};

/// Reads text[begin, end) as one piece.
Read read_piece(const Extractor& extractor, std::string_view text, std::size_t begin,
                std::size_t end, const std::string& state) {
    static const Settings settings{.zone = Zone("Europe/Bucharest")};
    Source source;
    source.path = "logs/a.log";
    source.size = static_cast<std::int64_t>(text.size());
    const std::string padded = std::string(text.substr(begin, end - begin)) + std::string(64, '\0');
    const std::string_view bytes = std::string_view(padded).substr(0, end - begin);
    const auto offset = static_cast<std::int64_t>(begin);
    Batch batch(source, bytes, offset);
    extractor.extract({.source = source,
                       .settings = settings,
                       .bytes = bytes,
                       .offset = offset,
                       .first = begin == 0,
                       .last = end == text.size(),
                       .state = state,
                       .database = {}},
                      batch);
    Read read{.rows = {}, .tally = batch.tally, .resume = *batch.resume};
    for (const Rows& rows : batch.tables())
        for (std::size_t i = 0; i < rows.size(); ++i) {
            Row row{std::get<std::int64_t>(rows.row(i)[2]), {}};
            for (const Value& value : rows.row(i)) row.cells += shown(value) + "\x1F";
            read.rows.push_back(row);
        }
    return read;
}

Read read_whole(const Extractor& extractor, std::string_view text) {
    return read_piece(extractor, text, 0, text.size(), {});
}

/// Reads the text as the pipeline does: in windows that grow until they can be cut.
Read read_in_windows(const Extractor& extractor, std::string_view text, std::size_t window) {
    Read all;
    std::string state;
    for (std::size_t begin = 0; begin < text.size();) {
        Split split;
        for (std::size_t size = window; split.end == 0; ++size)
            split = begin + size >= text.size() ? Split{text.size() - begin, {}}
                                                : extractor.split(text.substr(begin, size), state);
        const Read piece = read_piece(extractor, text, begin, begin + split.end, state);
        all.rows.insert(all.rows.end(), piece.rows.begin(), piece.rows.end());
        all.tally += piece.tally;
        all.resume = piece.resume;
        begin += split.end;
        state = split.state;
    }
    return all;
}

/// Keeps reading what was appended, from the place where the last reading said to go on.
std::vector<Row> read_growing(const Extractor& extractor, std::string_view text, std::size_t step) {
    Read now;
    for (std::size_t size = 0; size < text.size();) {
        size = std::min(size + step, text.size());
        std::erase_if(now.rows, [&](const Row& row) { return row.offset >= now.resume.offset; });
        Read more = read_piece(extractor, text.substr(0, size),
                               static_cast<std::size_t>(now.resume.offset), size, now.resume.state);
        now.rows.insert(now.rows.end(), more.rows.begin(), more.rows.end());
        now.resume = more.resume;
        EXPECT_EQ(now.rows, read_whole(extractor, text.substr(0, size)).rows) << "at " << size;
    }
    return now.rows;
}

void expect_same_in_windows(const Extractor& extractor, const std::string& text) {
    const Read whole = read_whole(extractor, text);
    for (std::size_t window = 1; window <= text.size(); ++window) {
        const Read cut = read_in_windows(extractor, text, window);
        ASSERT_EQ(cut.rows, whole.rows) << "window " << window;
        ASSERT_EQ(cut.tally.row_bytes, whole.tally.row_bytes);
        ASSERT_EQ(cut.tally.blank_bytes, whole.tally.blank_bytes);
        ASSERT_EQ(cut.tally.records, whole.tally.records);
        ASSERT_EQ(cut.resume.offset, whole.resume.offset);
    }
}

TEST(LogPieces, ALogGivesTheSameRowsHoweverItIsCut) {
    expect_same_in_windows(log_text_extractor, kLog);
}

TEST(LogPieces, APlainLogGivesTheSameRowsHoweverItIsCut) {
    expect_same_in_windows(log_plain_extractor, kPlain);
}

TEST(LogPieces, ALogThatGrowsGivesTheSameRowsAsTheWhole) {
    for (const std::size_t step : {1U, 2U, 7U, 40U, 300U})
        EXPECT_EQ(read_growing(log_text_extractor, kLog, step),
                  read_whole(log_text_extractor, kLog).rows);
}

TEST(LogPieces, APlainLogThatGrowsGivesTheSameRowsAsTheWhole) {
    for (const std::size_t step : {1U, 3U, 20U})
        EXPECT_EQ(read_growing(log_plain_extractor, kPlain, step),
                  read_whole(log_plain_extractor, kPlain).rows);
}

TEST(LogPieces, TheSampleTextsHaveWhatTheyAreFor) {
    EXPECT_EQ(read_whole(log_text_extractor, kLog).rows.size(), 25);
    EXPECT_EQ(read_whole(log_plain_extractor, kPlain).rows.size(), 9);
}

TEST(LogPieces, ReadingGoesOnAtTheLastRecordThatCannotChange) {
    const std::string text =
        "2026-03-01 10:00:00 - a\n2026-03-01 10:00:01 - b\nmore\n2026-03-01 10:0";
    EXPECT_EQ(read_whole(log_text_extractor, text).resume.offset, 24);
}

TEST(LogPieces, AWindowInWhichNoRecordStartsIsNotCut) {
    EXPECT_EQ(log_text_extractor.split("2026-03-01 10:00:00 - a\nmore\nand more\n", "").end, 0);
    EXPECT_EQ(log_text_extractor.split("no stamp\nat all\n", "").end, 0);
    EXPECT_EQ(
        log_text_extractor.split("2026-03-01 10:00:00 - a\n2026-03-01 10:00:01 - unfinished", "")
            .end,
        0);
}

TEST(LogPieces, AGapOfNulsIsCutAnywhere) {
    const std::string gap(300, '\0');
    const std::string text = gap + "2026-03-01 10:00:00 - a\n2026-03-01 10:00:01 - b\n";
    const Read whole = read_whole(log_text_extractor, text);
    const Read parts = read_in_windows(log_text_extractor, text, 16);
    EXPECT_EQ(whole.tally.blank_bytes, 300);
    EXPECT_EQ(parts.tally.blank_bytes, 300);
    EXPECT_EQ(parts.rows, whole.rows);
    EXPECT_EQ(log_text_extractor.split(gap, "").end, 300);
}

TEST(LogPieces, Utf16IsNeverCut) {
    EXPECT_EQ(log_plain_extractor
                  .split(std::string_view("\xFF\xFE"
                                          "a\0\n\0b\0\n\0",
                                          10),
                         "")
                  .end,
              0);
}

TEST(LogPieces, AStateOfNonsenseIsNoState) {
    for (const char* state :
         {"x", "0", "0 ", "9999999999999", "1 local", "1 utc 99999999999999999999"})
        EXPECT_EQ(read_piece(log_text_extractor, "[10:00:00] x\n", 0, 13, state).rows.size(), 1)
            << state;
}

/// Bytes that look like logs gone wrong, always the same ones.
std::string hostile(std::uint32_t seed) {
    static const std::vector<std::string> parts{"2026-03-01 10:00:00",
                                                "9999-12-31T23:59:59-23:00",
                                                "0000-00-00 00:00:00",
                                                "[10:00:00]",
                                                "10:00:00 [",
                                                "[",
                                                "]",
                                                " | ",
                                                " - ",
                                                "INFO",
                                                "ERROR ",
                                                " ",
                                                "        ",
                                                "\n",
                                                "\r\n",
                                                "\n\n",
                                                "<<<<<<< a",
                                                "=======",
                                                ">>>>>>> b",
                                                "#",
                                                "\x1b[",
                                                "\x1b[31m",
                                                "\xEF\xBB\xBF",
                                                std::string(1, '\0'),
                                                "\xFF",
                                                "é",
                                                ":",
                                                ",",
                                                "1764151334|",
                                                "Thu Sep  4 11:28:38 2025",
                                                "Thu, ",
                                                "[corr=",
                                                "task=",
                                                ", agent=x]",
                                                "a",
                                                "agent",
                                                "{",
                                                "12345678901234567890"};
    std::string text;
    for (int i = 0; i < 40; ++i) {
        seed = seed * 1'664'525U + 1'013'904'223U;
        text += parts.at((seed >> 16U) % parts.size());
    }
    return text;
}

TEST(LogPieces, HostileBytesAreCountedAndGiveTheSameRowsHoweverTheyAreCut) {
    for (std::uint32_t seed = 0; seed < 80; ++seed) {
        const std::string text = hostile(seed);
        for (const Extractor* extractor : {&log_text_extractor, &log_plain_extractor}) {
            const Read whole = read_whole(*extractor, text);
            EXPECT_EQ(whole.tally.row_bytes + whole.tally.blank_bytes, text.size());
            for (const std::size_t window : {1U, 5U, 33U, 100U})
                ASSERT_EQ(read_in_windows(*extractor, text, window).rows, whole.rows) << text;
            ASSERT_EQ(read_growing(*extractor, text, 9), whole.rows) << text;
        }
    }
}

}  // namespace
}  // namespace ingot
