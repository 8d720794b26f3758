// SPDX-License-Identifier: MIT
#include "extractors/compress.hpp"
#include "pipeline/model/text.hpp"
#include "tests/extractors/extract.hpp"

#include <gtest/gtest.h>

#include <zstd.h>

namespace ingot::testing {
namespace {

/// One column of the file's memory_snapshots row.
std::string snapshot(std::string_view path, std::string_view bytes, std::string_view column) {
    return extract(path, bytes).column("memory_snapshots", column);
}

std::string hex_of(std::string_view bytes) { return to_hex(hash128(bytes)); }

std::string inflated(const std::string& frame) {
    std::string content(ZSTD_getFrameContentSize(frame.data(), frame.size()), '\0');
    const auto size = ZSTD_decompress(content.data(), content.size(), frame.data(), frame.size());
    return ZSTD_isError(size) != 0 ? "not a frame" : content;
}

bool taken(std::string_view path, std::string_view bytes = "text") {
    const auto x = extract(path, bytes);
    return x.extractor != nullptr && x.extractor->name == "snapshot";
}

constexpr std::string_view kState = R"({
  "consolidation_level": "emergency",
  "timestamp": "2026-03-01T08:00:00.125000",
  "state": {
    "timestamp": "2026-03-01T08:00:00.125000",
    "agent_status": {"raw_output": "NO AGENTS\n"},
    "project_status": {
      "uncommitted_changes": "M src/oven.cpp\n?? notes/\n",
      "recent_commits": "0a1b2c3 Mend the oven\n9f8e7d6 Bake bread",
      "open_prs": [{"headRefName": "feature/oven", "number": 12, "title": "Oven"},
                   {"headRefName": "no-number", "title": "Not a pull request of ours"}]
    }
  },
  "wake_instructions": ["Read the notes"]
})";

constexpr std::string_view kWake = R"({"session_timestamp": "2026-03-01T08:00:00Z",
  "consolidation_level": "deep", "main_agent_role": "coordination", "current_branch": "bakery",
  "session_id": "s-1", "agent_id": "main-1",
  "active_agents": {"baker-2": {"status": "running", "role": "bakery"}, "count": 2,
                    "cleaner-1": "sleeping", "summary": "all is well"},
  "github_coordination": {"open_prs": [{"number": 3, "title": "Rye", "state": "OPEN",
                                        "additions": 5, "deletions": 2}]},
  "tags": ["bread", 1.10], "importance_score": "0.5", "expires_at": "2026-04-01"})";

TEST(Snapshot, TakesWhatIsInAMemoryFolder) {
    for (const auto* path : {"memory/a.json", "memory_snapshots/x/a.jsonl", "memory_backup/a.MD",
                             "snapshots/a.yaml", "checkpoints/a.yml", "memory/plans/a/b.txt",
                             "sub/.claude/memory/a.md", "skills/x/.claude/memory/a.md"})
        EXPECT_TRUE(taken(path)) << path;
}

TEST(Snapshot, LeavesOtherFamiliesAndBinaryFilesAlone) {
    for (const auto* path : {"commands/memory/use.md", "context/memory/log.jsonl", "memory.md",
                             "agents/memory/keeper.md", "memory/tool.py", "memory/.gitkeep"})
        EXPECT_FALSE(taken(path)) << path;
    EXPECT_FALSE(taken("memory/a.md", "\x89PNG\r\n\x1A\n"));
    EXPECT_FALSE(taken("memory/a.json", std::string_view("SQLite format 3\0", 16)));
}

TEST(Snapshot, KeepsJsonVerbatim) {
    const auto x = extract("memory/a.json", "\n{\"n\": 1.10, \"e\": 1E5}\n");
    EXPECT_EQ(x.column("memory_snapshots", "content"), R"({"n": 1.10, "e": 1E5})");
    EXPECT_EQ(x.column("memory_snapshots", "content_hash"), hex_of(R"({"n": 1.10, "e": 1E5})"));
    EXPECT_EQ(x.column("memory_snapshots", "snapshot_id"), hex_of("\n{\"n\": 1.10, \"e\": 1E5}\n"));
    EXPECT_EQ(x.column("memory_snapshots", "content_bytes"), "21");
    EXPECT_EQ(x.column("memory_snapshots", "compression_ratio"), "-");
    EXPECT_EQ(x.account(), "23/0/0/0");
}

TEST(Snapshot, ReadsJsonInMarkdownAndNoDocument) {
    const auto x = extract("memory/DEEP_CONSOLIDATION_20260301_0800.md", kState);
    EXPECT_EQ(x.column("memory_snapshots", "content"), kState);
    EXPECT_EQ(x.column("documents", "kind"), "");
    EXPECT_EQ(x.column("memory_snapshots", "memory_type"), "critical");
    EXPECT_TRUE(x.balanced());
}

TEST(Snapshot, ReadsJsonWithCommentsBehindIt) {
    const auto x = extract("memory/a.md", "{\"a\":1}\n<!-- Checksum: 0f -->\n"
                                          "<!-- Timestamp: 2026-03-01T08:00:00 -->\n");
    EXPECT_EQ(x.column("memory_snapshots", "content"), R"({"a":1})");
    EXPECT_EQ(x.column("memory_snapshots", "created_at"), "2026-03-01T08:00:00.000000Z");
    EXPECT_TRUE(x.balanced());
    EXPECT_EQ(snapshot("memory/a.json", "[1] <!-- x -->", "content"), "[1]");
}

TEST(Snapshot, TakesMarkdownThatOnlyBeginsLikeJsonAsMarkdown) {
    for (const auto* text :
         {"{not json}", "[a link](x.md)\n", "{\"a\":1} and more", "{\"a\":1} <!--"}) {
        const auto x = extract("memory/a.md", text);
        EXPECT_EQ(x.column("memory_snapshots", "content"), json_string(text));
        EXPECT_EQ(x.column("documents", "kind"), "memory");
        EXPECT_EQ(x.rejects(), "");
        EXPECT_TRUE(x.balanced());
    }
}

TEST(Snapshot, KeepsTextAsOneJsonString) {
    EXPECT_EQ(snapshot("memory/a.yaml", "a: \"b\"\n", "content"), R"("a: \"b\"\n")");
    EXPECT_EQ(snapshot("memory/a.txt", "12", "content"), R"("12")");
    EXPECT_EQ(snapshot("memory/a.jsonl", "{\"a\":1}\n", "content"), R"("{\"a\":1}\n")");
    EXPECT_EQ(extract("memory/a.yaml", "a: 1").column("documents", "kind"), "");
}

TEST(Snapshot, KeepsSeveralJsonValuesInAJsonFileAsText) {
    const auto x = extract("memory/a.json", "{\"a\":1}\n{\"a\":2}\n");
    EXPECT_EQ(x.column("memory_snapshots", "content"), R"("{\"a\":1}\n{\"a\":2}\n")");
    EXPECT_TRUE(x.balanced());
}

TEST(Snapshot, RejectsABrokenJsonFileWithItsBytes) {
    const std::string bytes = R"({"task": "say "no"", "a": 1})";
    const auto x = extract("memory/a.json", bytes);
    EXPECT_EQ(x.rejects(), "bad_json@0+28 line 1");
    EXPECT_EQ(x.batch->rejects().at(0).raw, bytes);
    EXPECT_EQ(x.rows("memory_snapshots"), "");
    EXPECT_EQ(x.account(), "0/28/0/0");
}

TEST(Snapshot, RejectsConflictMarksAndInvalidUtf8) {
    EXPECT_EQ(extract("memory/a.json", "<<<<<<< a\n{}\n=======\n{}\n>>>>>>> b\n").rejects(),
              "bad_json@0+34 line 1");
    EXPECT_EQ(extract("memory/a.json", "{\"a\": \"\xC3\"}").rejects(), "bad_utf8@0+10 line 1");
    EXPECT_EQ(extract("memory/a.json", "{\"a\": \"\xC3").rejects(), "bad_utf8@0+8 line 1");
}

TEST(Snapshot, RepairsTextThatIsNotUtf8AndCountsIt) {
    const auto x = extract("memory/a.txt", "caf\xE9");
    EXPECT_EQ(x.column("memory_snapshots", "content"), "\"caf\xEF\xBF\xBD\"");
    EXPECT_EQ(x.batch->tally.repaired, 1);
    EXPECT_TRUE(x.balanced());
}

TEST(Snapshot, ReplacesANulInAText) {
    const std::string text = std::string(70'000, 'a') + std::string(1, '\0');
    const auto x = extract("memory/a.txt", text, {.zone = Zone(), .snapshot_inline = 1 << 20});
    EXPECT_TRUE(x.column("memory_snapshots", "content").ends_with("a\xEF\xBF\xBD\""));
    EXPECT_EQ(x.batch->tally.repaired, 1);
}

TEST(Snapshot, TakesAByteOrderMarkAsPartOfTheFile) {
    const auto x = extract("memory/a.json", "\xEF\xBB\xBF{}");
    EXPECT_EQ(x.column("memory_snapshots", "content"), "{}");
    EXPECT_EQ(x.batch->encoding, "utf-8-bom");
    EXPECT_EQ(x.account(), "5/0/0/0");
}

TEST(Snapshot, RejectsTextInAnotherEncoding) {
    using namespace std::string_view_literals;
    EXPECT_EQ(extract("memory/a.json", "\xFF\xFE{\0}\0"sv).rejects(), "bad_encoding@0+6 line 1");
    EXPECT_EQ(extract("memory/a.md", "\xFF\xFEh\0i\0"sv).rejects(), "bad_encoding@0+6 line 1");
}

TEST(Snapshot, HasNothingToLoadInABlankFile) {
    EXPECT_EQ(extract("memory/a.json", "").account(), "0/0/0/0");
    EXPECT_EQ(extract("memory/a.md", " \n\n").account(), "0/0/3/0");
    EXPECT_EQ(extract("memory/a.json", "\xEF\xBB\xBF\n").account(), "0/0/4/0");
    EXPECT_EQ(extract("memory/a.json", "\n").rows("memory_snapshots"), "");
    EXPECT_EQ(extract("memory/a.json", "").rejects(), "");
}

TEST(Snapshot, StoresLongContentAsAFile) {
    const std::string text = "# Notes\n" + std::string(100'000, 'n');
    const auto x = extract("memory/a.md", text);
    const std::string hash = hex_of(text);
    ASSERT_EQ(x.batch->files.size(), 1U);
    EXPECT_EQ(x.batch->files[0].path, hash.substr(0, 2) + "/" + hash + ".zst");
    EXPECT_EQ(inflated(x.batch->files[0].compressed), text);
    EXPECT_EQ(x.column("memory_snapshots", "content"), "-");
    EXPECT_EQ(x.column("memory_snapshots", "content_path"), x.batch->files[0].path);
    EXPECT_EQ(x.column("memory_snapshots", "content_bytes"), "100008");
    EXPECT_EQ(x.column("memory_snapshots", "stored_bytes"),
              std::to_string(x.batch->files[0].compressed.size()));
    EXPECT_GT(std::stod(x.column("memory_snapshots", "compression_ratio")), 100);
    EXPECT_TRUE(x.balanced());
}

TEST(Snapshot, ChangesToAFileRightAboveTheLimit) {
    const Settings settings{.zone = Zone(), .snapshot_inline = 7};
    EXPECT_EQ(extract("memory/a.json", "{\"a\":1}", settings).column("memory_snapshots", "content"),
              "{\"a\":1}");
    EXPECT_EQ(extract("memory/a.json", "{\"a\":12}", settings).batch->files.size(), 1U);
}

TEST(Snapshot, CompressesTheSameBytesToTheSameFrame) {
    const std::string text(300'000, 'x');
    EXPECT_EQ(compressed(text), compressed(text));
    EXPECT_EQ(ZSTD_getFrameContentSize(compressed(text).data(), compressed(text).size()), 300'000U);
    std::string damaged = compressed("a memory");
    damaged.back() = static_cast<char>(damaged.back() ^ 1);  // of the checksum
    EXPECT_EQ(inflated(damaged), "not a frame");
}

TEST(Snapshot, TellsTheTypeByWordThenFolderThenLevelThenName) {
    const auto type = [](std::string_view path, std::string_view bytes) {
        return snapshot(path, bytes, "memory_type");
    };
    EXPECT_EQ(type("memory/LIGHT_CONSOLIDATION.md", "x"), "consolidated");
    EXPECT_EQ(type("memory/notes.md", "x"), "working");
    EXPECT_EQ(type("memory/archive/notes.md", "x"), "archived");
    EXPECT_EQ(type("memory_backup/DEEP_CONSOLIDATION.md", "x"), "archived");
    EXPECT_EQ(type("memory/emergency_1.md", "x"), "critical");
    EXPECT_EQ(type("memory/a.json", R"({"consolidation_level":"critical"})"), "critical");
    EXPECT_EQ(type("memory/a.json", R"({"consolidation_type":"deep"})"), "consolidated");
    EXPECT_EQ(type("memory/a.json", R"({"consolidation_level":"normal"})"), "working");
    EXPECT_EQ(type("memory_backup/a.json", R"({"memory_type":"working"})"), "working");
}

TEST(Snapshot, KnowsWhenItWasWritten) {
    const auto at = [](std::string_view path, std::string_view bytes) {
        return snapshot(path, bytes, "created_at");
    };
    EXPECT_EQ(at("memory/a.json", R"({"timestamp":1772352000})"), "2026-03-01T08:00:00.000000Z");
    EXPECT_EQ(at("memory/a.json", R"({"timestamp":"soon","created_at":"2026-03-01"})"),
              "2026-03-01T00:00:00.000000Z");
    EXPECT_EQ(at("memory/a.json", R"({"state":{"timestamp":"2026-03-01 08:00:00"}})"),
              "2026-03-01T08:00:00.000000Z");
    EXPECT_EQ(at("memory/a.md", "# Light\n**Timestamp**: 2026-03-01T08:00:00.5\n"),
              "2026-03-01T08:00:00.500000Z");
    EXPECT_EQ(at("memory/a.md", "---\ncreated: 2026-03-01T08:00:00Z\n---\nx"),
              "2026-03-01T08:00:00.000000Z");
    EXPECT_EQ(at("memory/a.yaml", "id: x\ncreated_at: \"2026-03-01T16:00:00+08:00\"\n"),
              "2026-03-01T08:00:00.000000Z");
    EXPECT_EQ(at("memory/a.md", "The update: 2026-03-01\n"), "-");
}

TEST(Snapshot, ReadsTheDateInItsName) {
    const auto at = [](std::string_view name) {
        return snapshot("memory/" + std::string(name) + ".md", "x", "created_at");
    };
    EXPECT_EQ(at("DEEP_CONSOLIDATION_20260301_0800"), "2026-03-01T08:00:00.000000Z");
    EXPECT_EQ(at("summary-session-20260301-080059"), "2026-03-01T08:00:59.000000Z");
    EXPECT_EQ(at("session_2026_03_01_bread"), "2026-03-01T00:00:00.000000Z");
    EXPECT_EQ(at("2026-03-01T08-00"), "2026-03-01T08:00:00.000000Z");
    EXPECT_EQ(at("20260301080059"), "2026-03-01T08:00:59.000000Z");
    EXPECT_EQ(at("1772352000"), "-");
    EXPECT_EQ(at("20269901_0800"), "-");
    EXPECT_EQ(at("202603011"), "-");
    EXPECT_EQ(at("notes-v20260301"), "2026-03-01T00:00:00.000000Z");
}

TEST(Snapshot, AppliesTheZoneToTimesWithoutOne) {
    const Settings settings{.zone = Zone("+02:00")};
    const auto at = [&](std::string_view path, std::string_view bytes) {
        return extract(path, bytes, settings).column("memory_snapshots", "created_at");
    };
    EXPECT_EQ(at("memory/a.json", R"({"timestamp":"2026-03-01T08:00:00"})"),
              "2026-03-01T06:00:00.000000Z");
    EXPECT_EQ(at("memory/x_20260301_0800.md", "x"), "2026-03-01T06:00:00.000000Z");
}

TEST(Snapshot, NeverTakesTheFilesOwnTime) {
    const auto x = extract("memory/a.yaml", "a: 1");
    EXPECT_EQ(x.column("memory_snapshots", "created_at"), "-");
    EXPECT_FALSE(x.batch->uses_file_time);
}

TEST(Snapshot, ReadsWhatItSaysOfItself) {
    const auto x = extract("memory/LATEST_MEMORY_SNAPSHOT.json", kWake);
    EXPECT_EQ(x.column("memory_snapshots", "session_id"), "s-1");
    EXPECT_EQ(x.column("memory_snapshots", "agent_id"), "main-1");
    EXPECT_EQ(x.column("memory_snapshots", "importance_score"), "0.5");
    EXPECT_EQ(x.column("memory_snapshots", "expires_at"), "2026-04-01T00:00:00.000000Z");
    EXPECT_EQ(x.column("memory_snapshots", "tags"), R"(["bread", 1.10])");
    EXPECT_EQ(snapshot("memory/a.json", R"({"id":7})", "producer_id"), "7");
    EXPECT_EQ(snapshot("memory/a.json", R"({"id":"x","snapshot_id":"y"})", "producer_id"), "y");
    EXPECT_EQ(snapshot("memory/a.json", R"({"id":" ","session_id":""})", "session_id"), "-");
}

TEST(Snapshot, StatesTheOpenPullRequests) {
    EXPECT_EQ(extract("memory/LATEST.json", kState).rows("entity_statements"),
              "0.0 entity=pull_requests entity_id=memory/LATEST.json#12 "
              "said_at=2026-03-01T08:00:00.125000Z attributes={\"pr_number\":12,\"title\":\"Oven\","
              "\"status\":\"open\",\"head_ref\":\"feature/oven\"}\n");
}

TEST(Snapshot, TakesATextIdOfAPullRequestAsItIs) {
    const auto x = extract("memory/a.json",
                           R"({"pull_requests":[{"pr_id":"gh-4","number":4},{"id":9},"#5"]})");
    EXPECT_EQ(x.column("entity_statements", "entity_id"), "gh-4,memory/a.json#9");
}

TEST(Snapshot, AddsWhatGitSaid) {
    EXPECT_EQ(extract("memory/LATEST.json", kState).rows("git_state"),
              "0.0 commit_hash=0a1b2c3 files_changed=2 updated_at=2026-03-01T08:00:00.125000Z\n");
    EXPECT_EQ(extract("memory/LATEST.json", kWake).rows("git_state"),
              "0.0 agent_id=main-1 session_id=s-1 branch_name=bakery "
              "updated_at=2026-03-01T08:00:00.000000Z\n");
    EXPECT_EQ(extract("memory/a.json", R"({"current_state":{"branch":"main","git_status":"clean",
        "last_commit":"0a1b2c3 Mend"}})")
                  .rows("git_state"),
              "0.0 branch_name=main commit_hash=0a1b2c3\n");
}

TEST(Snapshot, CountsChangedFilesHoweverTheyAreGiven) {
    const auto files = [](std::string_view bytes) {
        return extract("memory/a.json", bytes).column("git_state", "files_changed");
    };
    EXPECT_EQ(files(R"({"uncommitted_changes": 3})"), "3");
    EXPECT_EQ(files(R"({"uncommitted_changes": "3\n"})"), "3");
    EXPECT_EQ(files(R"({"uncommitted_changes": ""})"), "0");
    EXPECT_EQ(files(R"({"uncommitted_changes": ["a", "b"]})"), "2");
    EXPECT_EQ(files(R"({"uncommitted_changes": " M a b.txt\r\n?? c\n"})"), "2");
}

TEST(Snapshot, AddsNoGitStateFromProse) {
    EXPECT_EQ(extract("memory/a.json", R"({"recent_commits":"none yet",
        "uncommitted_changes":"fatal: not a git repository"})")
                  .rows("git_state"),
              "");
    EXPECT_EQ(extract("memory/a.json", R"({"a":1})").rows("git_state"), "");
}

TEST(Snapshot, StatesTheAgentsThatItNames) {
    const auto x = extract("memory/LATEST.json", kWake);
    EXPECT_EQ(x.column("entity_statements", "entity_id"), "baker-2,cleaner-1,memory/LATEST.json#3");
    EXPECT_EQ(x.column("entity_statements", "attributes").substr(0, 71),
              R"({"agent_type":"bakery","status":"active","source_status":"running"},{"s)");
    const auto listed = extract("memory/a.json", R"({"active_agents":["baker-2","two words",3,
        {"agent_id":"cleaner-1","status":"done"},{"status":"nobody"}]})");
    EXPECT_EQ(listed.column("entity_statements", "entity_id"), "baker-2,cleaner-1");
    EXPECT_EQ(listed.column("entity_statements", "attributes"),
              R"({"status":"active"},{"status":"idle","source_status":"done"})");
}

TEST(Snapshot, StatesTasksThatHaveAnId) {
    const auto x = extract("memory/a.json", R"({"timestamp":"2026-03-01","tasks":[
        {"task_id":"t1","title":"Bake","status":"done","priority":1.10,"agent":"baker-2"},
        {"id":4,"description":"Sweep","parent_id":3},{"title":"no id"},{"id":" "},"text"]})");
    EXPECT_EQ(x.column("entity_statements", "entity_id"), "t1,memory/a.json#4");
    EXPECT_EQ(x.column("entity_statements", "attributes"),
              R"({"agent_id":"baker-2","title":"Bake","status":"completed","source_status":"done",)"
              R"("priority":"1.1"},{"description":"Sweep","parent_task_id":"memory/a.json#3"})");
}

TEST(Snapshot, PassesOverMembersOfAnotherKind) {
    const auto x = extract("memory/a.json", R"({"state":[],"open_prs":{},"tasks":4,"agents":"x",
        "active_agents":7,"session_id":{},"timestamp":[],"tags":"t","recent_commits":[],
        "metadata":null,"uncommitted_changes":true,"importance_score":[],
        "github_coordination":1})");
    EXPECT_EQ(x.rejects(), "");
    EXPECT_EQ(x.rows("entity_statements") + x.rows("git_state"), "");
    EXPECT_TRUE(x.balanced());
}

TEST(Snapshot, SurvivesHostileFiles) {
    const std::string deep(5 << 20, '{');
    const std::string nuls(1 << 20, '\0');
    const std::string lists(1 << 20, '[');
    const std::vector<std::string> hostile{
        deep, lists,      nuls,   "{" + nuls, "{\"a\":" + lists, std::string(kState.substr(0, 200)),
        "\"", "{}{}{}{}", "<!--", "{} <!-->", "\xEF\xBB\xBF",    std::string("\xFF\xFE{\0}\0", 6)};
    for (const auto* path : {"memory/a.json", "memory/a.md", "memory/a.jsonl", "snapshots/a.yaml"})
        for (const std::string& bytes : hostile) {
            const auto x = extract(path, bytes);
            EXPECT_TRUE(x.extractor == nullptr || x.balanced()) << path;
        }
    EXPECT_EQ(extract("memory/a.json", deep).rows("memory_snapshots"), "");
    EXPECT_EQ(extract("memory/a.json", nuls).rejects(), "bad_json@0+1048576 line 1");
}

TEST(Snapshot, SurvivesEveryTruncationOfASnapshot) {
    for (const std::string_view text : {kState, kWake})
        for (std::size_t size = 1; size < text.size(); ++size) {
            const auto x = extract("memory/a.json", text.substr(0, size));
            ASSERT_TRUE(x.balanced()) << size;
            ASSERT_EQ(x.batch->rejects().size(), 1U) << size;
        }
}

TEST(Snapshot, RejectsAFileLongerThanTheLongestRecord) {
    const auto x = extract("memory/a.md", "0123456789", {.zone = Zone(), .max_record = 9});
    EXPECT_EQ(x.rejects(), "too_long@0+10 line 1");
    EXPECT_TRUE(x.balanced());
}

}  // namespace
}  // namespace ingot::testing
