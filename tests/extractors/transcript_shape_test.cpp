// SPDX-License-Identifier: MIT
#include "tests/extractors/extract.hpp"

#include <gtest/gtest.h>

namespace ingot::testing {
namespace {

/// Who takes a file of this path and content; "-" for nobody of the transcript family.
std::string taker(std::string_view path, std::string_view bytes) {
    const auto x = extract(path, bytes);
    return x.extractor == nullptr || x.extractor->family != "transcript"
               ? "-"
               : std::string(x.extractor->name);
}

constexpr std::string_view kMain = "projects/-srv-kiosk/0b6c1f1e-0000-4000-8000-00000000a001.jsonl";
constexpr std::string_view kUser = R"({"type":"user","message":{"role":"user","content":"hi"}})";

TEST(TranscriptShape, TakesRecordsWhereverTheyLie) {
    EXPECT_EQ(taker("samples/x.jsonl", kUser), "transcript");
    EXPECT_EQ(taker("samples/x.json", kUser), "transcript");
    EXPECT_EQ(taker("logs/x.log", kUser), "transcript");
    EXPECT_EQ(taker("x.txt", R"({"uuid":"u","parentUuid":null,"type":"anything"})"), "transcript");
    EXPECT_EQ(taker("x.txt", R"({"type":"summary","summary":"s","leafUuid":"u"})"), "transcript");
    EXPECT_EQ(taker("x.txt", R"({"type":"ai-title","aiTitle":"t","sessionId":"s"})"), "transcript");
    EXPECT_EQ(taker("x.txt", R"({"type":"file-history-snapshot"})"), "transcript");
}

TEST(TranscriptShape, TakesTheStreamOfAHeadlessRun) {
    EXPECT_EQ(taker("x.jsonl", R"({"type":"system","subtype":"init","session_id":"s","tools":[]})"),
              "transcript");
    EXPECT_EQ(taker("x.jsonl", R"({"type":"result","subtype":"success","session_id":"s"})"),
              "transcript");
    EXPECT_EQ(taker("x.jsonl", R"({"type":"stream_event","session_id":"s","event":{}})"),
              "transcript");
}

TEST(TranscriptShape, LeavesOtherObjectsAlone) {
    EXPECT_EQ(taker("logs/x.jsonl", R"({"type":"user","event":"x","timestamp":"2026-01-01"})"),
              "-");
    EXPECT_EQ(taker("logs/x.jsonl", R"({"type":"input","session_id":"s","data":{}})"), "-");
    EXPECT_EQ(taker("x.jsonl", R"({"type":"session_meta","timestamp":"2026-01-01","payload":{}})"),
              "-");
    EXPECT_EQ(taker("x.jsonl", R"({"message":{"role":"user","content":"no type"}})"), "-");
    EXPECT_EQ(taker("x.jsonl", "plain text\n"), "-");
    EXPECT_EQ(taker("agent-x.jsonl", ""), "-");
    EXPECT_EQ(taker("projects/-a/prices.jsonl", R"({"item":"bread","price":3})"), "-");
}

TEST(TranscriptShape, LooksBehindCommentsAndBrokenLines) {
    const std::string good = "\n" + std::string(kUser) + "\n";
    EXPECT_EQ(taker("x.jsonl", "// from a colleague" + good), "transcript");
    EXPECT_EQ(taker("x.jsonl", R"({"type":"user","message":{"content":"cut)" + good), "transcript");
    EXPECT_EQ(taker("x.jsonl", "\xEF\xBB\xBF\n\n" + std::string(kUser)), "transcript");
    EXPECT_EQ(taker("x.jsonl", R"({"type":"unheard-of"})" + good), "transcript");
}

TEST(TranscriptShape, JudgesARecordThatIsLongerThanTheHead) {
    const std::string text(100'000, 'x');
    EXPECT_EQ(taker("x.jsonl", R"({"type":"user","message":{"content":")" + text + "\"}}\n"),
              "transcript");
    EXPECT_EQ(taker("x.jsonl", R"({"note":")" + text + R"(","type":"user","message":{}})"), "-");
    EXPECT_EQ(taker(kMain, R"({"note":")" + text + R"(","type":"user","message":{}})"),
              "transcript");
}

TEST(TranscriptShape, TakesWhatLiesAtATranscriptsPathWhateverItIs) {
    EXPECT_EQ(taker(kMain, ""), "transcript");
    EXPECT_EQ(taker(kMain, "\tmov\teax, ebx\n"), "transcript");
    EXPECT_EQ(taker(kMain, std::string(3, '\0') + "\n"), "transcript");
    EXPECT_EQ(taker(kMain, R"({"item":"bread"})"), "transcript");
    EXPECT_EQ(taker("projects/-a/s/subagents/agent-1.jsonl", ""), "transcript");
    EXPECT_EQ(taker("projects/-a/notes.jsonl", ""), "transcript");
    EXPECT_EQ(taker("old/0b6c1f1e-0000-4000-8000-00000000a001.jsonl", ""), "transcript");
}

TEST(TranscriptShape, ReadsPrettyPrintedRecordsAndArraysAsAStream) {
    const std::string pretty =
        "{\n  \"type\": \"user\",\n  \"message\": {\n    \"content\": \"hi\"\n  }\n}\n";
    EXPECT_EQ(taker("x.json", pretty), "transcript_stream");
    EXPECT_EQ(taker(kMain, pretty + pretty), "transcript_stream");
    EXPECT_EQ(taker("x.json", "[" + std::string(kUser) + "]"), "transcript_stream");
    EXPECT_EQ(taker("x.json", "[\n" + pretty + "," + pretty + "]"), "transcript_stream");
    EXPECT_EQ(taker("x.json", "{\n \"name\": \"x\",\n \"message\": {\n }\n}"), "-");
    EXPECT_EQ(taker("x.json", "[1, 2]"), "-");
}

TEST(TranscriptShape, LeavesWhatHooksWriteBelowLogs) {
    EXPECT_EQ(taker("logs/chat.json", "[" + std::string(kUser) + "]"), "-");
}

}  // namespace
}  // namespace ingot::testing
