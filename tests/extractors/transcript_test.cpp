// SPDX-License-Identifier: MIT
#include "tests/extractors/extract.hpp"

#include <gtest/gtest.h>

namespace ingot::testing {
namespace {

constexpr std::string_view kMain = "projects/-srv-kiosk/s1.jsonl";

Extracted read(std::string_view bytes) { return extract(kMain, bytes); }

/// The values of some columns of all messages: "a,b|c,d".
std::string messages(const Extracted& x, std::initializer_list<std::string_view> columns) {
    std::string out;
    for (const std::string_view column : columns)
        out += (out.empty() ? "" : "|") + x.column("messages", column);
    return out;
}

std::set<std::string_view> touched(const Extracted& x) {
    const auto found = x.batch->mentions().find("message_usage");
    return found == x.batch->mentions().end() ? std::set<std::string_view>{} : found->second;
}

TEST(Transcript, ReadsTheEnvelope) {
    const auto x = read(
        R"({"parentUuid":"p","isSidechain":false,"cwd":"/srv/kiosk","sessionId":"other",)"
        R"("version":"2.1.9","gitBranch":"main","agentId":"a1","type":"user","uuid":"u",)"
        R"("requestId":"r","timestamp":"2026-05-02T09:14:07.120Z","message":{"role":"user","content":"hi"}})");
    EXPECT_EQ(messages(x, {"session_id", "uuid", "parent_uuid", "record_type", "role", "agent_id"}),
              "s1|u|p|user|user|a1");
    EXPECT_EQ(messages(x, {"is_sidechain", "request_id", "cwd", "git_branch", "version"}),
              "0|r|/srv/kiosk|main|2.1.9");
    EXPECT_EQ(messages(x, {"timestamp", "text"}), "2026-05-02T09:14:07.120000Z|hi");
}

TEST(Transcript, ReadsTheMessageOfAnAnswer) {
    const auto x = read(
        R"({"type":"assistant","message":{"id":"m","model":"opus","role":"assistant","stop_reason":"end_turn",)"
        R"("content":[],"usage":{"input_tokens":1,"output_tokens":2,"cache_creation_input_tokens":3,)"
        R"("cache_read_input_tokens":4.0}}})");
    EXPECT_EQ(messages(x, {"message_id", "model", "role", "stop_reason"}),
              "m|opus|assistant|end_turn");
    EXPECT_EQ(messages(x, {"input_tokens", "output_tokens", "cache_creation_tokens",
                           "cache_read_tokens"}),
              "1|2|3|4");
}

TEST(Transcript, KeepsTheRecordVerbatim) {
    const std::string record =
        R"({"type" : "x",  "n":1.10, "n":2, "s":"\u0000\ud800", "big":123456789012345678901})";
    EXPECT_EQ(messages(read("  " + record + " \r\n"), {"raw"}), record);
}

TEST(Transcript, NamesAnAgentFilesAgentWhereTheRecordDoesNot) {
    const auto x = extract("projects/-a/s1/subagents/agent-b.jsonl",
                           "{\"type\":\"x\"}\n{\"type\":\"x\",\"agentId\":\"c\"}\n");
    EXPECT_EQ(messages(x, {"session_id", "agent_id"}), "s1/b,s1/b|b,c");
}

TEST(Transcript, TakesTheSessionOfARootAgentFromEachRecord) {
    const auto x =
        extract("projects/-a/agent-b.jsonl", "{\"type\":\"x\",\"sessionId\":\"s1\"}\n{\"type\":"
                                             "\"x\",\"session_id\":\"s2\"}\n{\"type\":\"x\"}\n");
    EXPECT_EQ(messages(x, {"session_id"}), "s1/b,s2/b,agent-b");
}

TEST(Transcript, JoinsTextBlocksAndLeavesThinkingAndResultsOut) {
    const auto x = read(
        R"({"type":"assistant","message":{"content":[{"type":"thinking","thinking":"hm"},{"type":"text","text":"one"},)"
        R"({"type":"tool_result","tool_use_id":"t","content":"no"},{"type":"text","text":"two"},"three"]}})");
    EXPECT_EQ(messages(x, {"text"}), "one\ntwo\nthree");
}

TEST(Transcript, GivesEveryRecordItsOwnText) {
    const auto x = read(
        R"({"type":"user","message":{"content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]}}
{"type":"user","message":{"content":[{"type":"text","text":"c"},{"type":"text","text":"d"}]}}
{"type":"user","message":{"content":[]}}
{"type":"user","message":{"content":[{"type":"text","text":""}]}}
)");
    EXPECT_EQ(messages(x, {"text"}), "a\nb,c\nd,-,");
}

TEST(Transcript, FindsTheTextOfRecordsWithoutMessage) {
    const auto text = [](std::string_view record) { return messages(read(record), {"text"}); };
    EXPECT_EQ(text(R"({"type":"summary","summary":"s","leafUuid":"u"})"), "s");
    EXPECT_EQ(text(R"({"type":"ai-title","aiTitle":"t"})"), "t");
    EXPECT_EQ(text(R"({"type":"custom-title","customTitle":"t"})"), "t");
    EXPECT_EQ(text(R"({"type":"last-prompt","lastPrompt":"p"})"), "p");
    EXPECT_EQ(text(R"({"type":"agent-name","agentName":"n"})"), "n");
    EXPECT_EQ(text(R"({"type":"result","result":"r","subtype":"success"})"), "r");
    EXPECT_EQ(text(R"({"type":"system","content":"c"})"), "c");
    EXPECT_EQ(
        text(
            R"({"type":"queue-operation","content":[{"type":"text","text":"x"},{"type":"text","text":"y"}]})"),
        "x\ny");
    EXPECT_EQ(text(R"({"type":"queue-operation","operation":"dequeue"})"), "-");
    EXPECT_EQ(text(R"({"type":"ai-title","aiTitle":7})"), "-");
}

TEST(Transcript, ReadsCallsOfTools) {
    const auto x = read(
        R"({"type":"assistant","uuid":"u","timestamp":"2026-05-02T09:14:07Z","message":{"content":[{"type":"text","text":"[{"},)"
        R"({"type":"tool_use","id":"t1","name":"Read","input":{ "n": 1.10, "s":"}\"]" }},)"
        R"({"type":"server_tool_use","id":"t2","name":"web_search","input":[]}]}})");
    EXPECT_EQ(x.rows("tool_uses"),
              "0.0 session_id=s1 message_uuid=u tool_use_id=t1 name=Read input={ \"n\": 1.10, "
              "\"s\":\"}\\\"]\" } "
              "timestamp=2026-05-02T09:14:07.000000Z\n"
              "0.1 session_id=s1 message_uuid=u tool_use_id=t2 name=web_search input=[] "
              "timestamp=2026-05-02T09:14:07.000000Z\n");
}

TEST(Transcript, ReadsAnswersOfTools) {
    const auto x = read(
        R"({"type":"user","uuid":"u","message":{"content":[{"tool_use_id":"t1","type":"tool_result","content":"a\nb"},)"
        R"({"tool_use_id":"t2","type":"web_search_tool_result","is_error":true,"content":[ 1 ]},)"
        R"({"tool_use_id":"t3","type":"tool_result","is_error":"odd"}]}})");
    EXPECT_EQ(x.column("tool_results", "tool_use_id"), "t1,t2,t3");
    EXPECT_EQ(x.column("tool_results", "is_error"), "-,1,-");
    EXPECT_EQ(x.column("tool_results", "result_bytes"), "6,5,0");
}

TEST(Transcript, MakesNoRowOfAToolBlockWithoutId) {
    const auto x = read(
        R"({"type":"assistant","message":{"content":[{"type":"tool_use","name":"Read","input":{}},)"
        R"({"type":"tool_use","id":" ","name":"Read"},{"type":"tool_result","content":"x"},{"type":"tool_use","id":7}]}})");
    EXPECT_EQ(x.rows("tool_uses") + x.rows("tool_results"), "");
    EXPECT_EQ(messages(x, {"record_type"}), "assistant");
}

TEST(Transcript, ReadsACallThatNamesNeitherToolNorInput) {
    const auto x =
        read(R"({"type":"assistant","message":{"content":[{"type":"tool_use","id":"t"}]}})");
    EXPECT_EQ(x.rows("tool_uses"), "0.0 session_id=s1 tool_use_id=t name= input=null\n");
}

TEST(Transcript, FindsBlocksBehindEscapedAndRepeatedKeys) {
    const auto x = read(
        R"({"type":"assistant","m\u0065ssage":{"c\u006fntent":[{"type":"tool_use","id":"t","name":"n","inp\u0075t":{"a":1},"input":2}]},)"
        R"("message":{"content":[]}})");
    EXPECT_EQ(x.rows("tool_uses"), "0.0 session_id=s1 tool_use_id=t name=n input={\"a\":1}\n");
}

TEST(Transcript, ToleratesOddShapesInsideAMessage) {
    const auto x = read(R"({"type":"user","message":"just text"}
{"type":"user","message":{"content":12345,"id":7,"model":[],"usage":"<USAGE>"}}
{"type":"user","message":[1]}
{"type":"user","message":{"content":[1,null,[],{"type":5},{"text":"untyped"}],"usage":{"input_tokens":"12","output_tokens":1.5}}}
)");
    EXPECT_EQ(messages(x, {"text", "message_id", "input_tokens", "output_tokens"}),
              "just text,-,-,-|-,-,-,-|-,-,-,-|-,-,-,-");
    EXPECT_EQ(x.rejects(), "");
}

TEST(Transcript, AsksForTheUsageOfEveryMessageThatHasOne) {
    const auto x = read(R"({"type":"assistant","message":{"id":"m1","usage":{}}}
{"type":"assistant","message":{"id":"m1","usage":{"input_tokens":1}}}
{"type":"assistant","message":{"id":"m2"}}
{"type":"assistant","message":{"id":" ","usage":{}}}
{"type":"result","usage":{"input_tokens":1}}
)");
    const std::string unnamed = std::to_string(x.source->source_id) + ":167";
    EXPECT_EQ(touched(x), (std::set<std::string_view>{"m1", unnamed}));
}

TEST(Transcript, AsksForAUsageUnderTheKeyThatIsStored) {
    const auto x = read(R"({"type":"assistant","message":{"id":")" + std::string(600, 'm') +
                        R"(","usage":{}}})");
    EXPECT_EQ(touched(x), (std::set<std::string_view>{x.column("messages", "message_id")}));
    EXPECT_EQ(x.batch->tally.repaired, 1);
}

TEST(Transcript, RejectsRecordsWhoseEnvelopeIsWrong) {
    const auto reasons = [](std::string_view record) {
        const auto x = extract("projects/-a/0b6c1f1e-0000-4000-8000-00000000a001.jsonl", record);
        EXPECT_TRUE(x.balanced());
        EXPECT_EQ(x.rows("messages") + x.rows("tool_uses"), "");
        return x.batch->rejects().empty() ? std::string("none")
                                          : std::string(name_of(x.batch->rejects()[0].reason));
    };
    EXPECT_EQ(reasons(R"({"message":{}})"), "missing_field");
    EXPECT_EQ(reasons(R"({"type":null,"uuid":"u"})"), "missing_field");
    EXPECT_EQ(reasons(R"({"type":7,"uuid":"u"})"), "wrong_type");
    EXPECT_EQ(reasons(R"({"type":"user","uuid":["u"],"message":{}})"), "wrong_type");
    EXPECT_EQ(reasons(R"({"type":"user","sessionId":12,"message":{}})"), "wrong_type");
    EXPECT_EQ(reasons(R"({"type":"user","isSidechain":"no","message":{}})"), "wrong_type");
    EXPECT_EQ(reasons(R"({"type":"user","timestamp":"yesterday","message":{}})"), "bad_time");
    EXPECT_EQ(reasons(R"({"type":"user","timestamp":{},"message":{}})"), "bad_time");
    EXPECT_EQ(reasons("// a comment\n"), "bad_json");
}

TEST(Transcript, TakesTimesAsTextOrNumberAndDoesWithoutThem) {
    const auto x = read(R"({"type":"x","timestamp":1705312800000}
{"type":"x","timesstamp":"2026-01-01T00:00:00Z"}
{"type":"x","timestamp":null}
)");
    EXPECT_EQ(messages(x, {"timestamp"}), "2024-01-15T10:00:00.000000Z,-,-");
}

TEST(Transcript, AppliesTheZoneToTimesWithoutOne) {
    Settings settings;
    settings.zone = Zone("+03:00");
    const auto x = extract(kMain, R"({"type":"x","timestamp":"2026-01-01T03:00:00"})", settings);
    EXPECT_EQ(messages(x, {"timestamp"}), "2026-01-01T00:00:00.000000Z");
}

TEST(Transcript, KeepsGoodRecordsAroundABadOne) {
    const auto x = read("{\"type\":\"a\"}\n{\"type\":\"b\n{\"type\":\"c\"}\n");
    EXPECT_EQ(messages(x, {"record_type"}), "a,c");
    EXPECT_EQ(x.rejects(), "bad_json@13+11 line 2");
    EXPECT_EQ(x.account(), "26/11/0/0");
}

TEST(Transcript, SeparatesRecordsThatWereGluedTogether) {
    const auto x = read(
        R"({"type":"user","message":{"content":"one"}}{"type":"user","message":{"content":"two"}})"
        "\n");
    EXPECT_EQ(messages(x, {"text"}), "one,two");
    EXPECT_TRUE(x.balanced());
}

TEST(Transcript, WaitsForTheRestOfTheLastLine) {
    const auto x = read("{\"type\":\"a\"}\n{\"type\":\"b");
    EXPECT_EQ(x.account(), "13/0/0/10");
    EXPECT_EQ(x.batch->resume->offset, 13);
}

TEST(Transcript, RejectsEveryLineOfForeignBytes) {
    const auto x = extract("projects/-a/0b6c1f1e-0000-4000-8000-00000000a001.jsonl",
                           "\tmov\n\xff\xfe\n{}\n\n");
    EXPECT_EQ(x.rejects(), "bad_json@0+5 line 1, bad_utf8@5+3 line 2, missing_field@8+3 line 3");
    EXPECT_EQ(x.account(), "0/11/1/0");
}

TEST(Transcript, ReadsWhatAThirdPartyWrites) {
    const auto x = extract("transcripts/ses_01.jsonl",
                           R"({"type":"user","timestamp":"2026-01-01T00:00:00Z","content":"hi"}
{"type":"tool_use","timestamp":"2026-01-01T00:00:01Z","tool_name":"Read","tool_input":{"a":1}}
)");
    EXPECT_EQ(messages(x, {"session_id", "record_type", "text"}),
              "ses_01,ses_01|user,tool_use|hi,-");
}

TEST(TranscriptStream, ReadsPrettyPrintedRecordsOneAfterAnother) {
    const auto x = extract(
        "samples/s1.json",
        "{\n\"type\": \"user\",\n\"message\": {\"content\": \"a\"}\n}\n{\n\"type\": \"x\"\n}\n");
    EXPECT_EQ(messages(x, {"session_id", "record_type", "text"}), "s1,s1|user,x|a,-");
    EXPECT_TRUE(x.balanced());
}

TEST(TranscriptStream, ReadsArraysOfRecords) {
    const auto x =
        extract("samples/s1.json",
                R"([{"type":"user","message":{"content":"a"}}, {"type":7}, {"type":"x"}])");
    EXPECT_EQ(messages(x, {"record_type"}), "user,x");
    EXPECT_EQ(x.rejects(), "wrong_type@44+10 line 1");
    EXPECT_TRUE(x.balanced());
}

}  // namespace
}  // namespace ingot::testing
