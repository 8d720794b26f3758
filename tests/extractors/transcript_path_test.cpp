// SPDX-License-Identifier: MIT
#include "extractors/transcript_path.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace ingot {
namespace {

/// "kind session|agent|parent|project", "-" for what the path does not say.
std::string said(std::string_view path) {
    const TranscriptPath p = transcript_path(path);
    const auto or_dash = [](const std::string& text) {
        return text.empty() ? std::string("-") : text;
    };
    return std::string(p.is_subagent ? "sub " : "main ") + or_dash(p.session) + "|" +
           or_dash(p.agent) + "|" + or_dash(p.parent) + "|" + or_dash(p.project);
}

struct Case {
    std::string_view path;
    std::string_view says;
};

const std::vector<Case> kCases{
    // A main transcript is a session of its own.
    {"projects/-srv-kiosk/s1.jsonl", "main s1|-|-|-srv-kiosk"},
    {"projects/G--Arbeit-K-se/s1.jsonl", "main s1|-|-|G--Arbeit-K-se"},
    {"projects/-srv-kiosk/s1 2.jsonl", "main s1 2|-|-|-srv-kiosk"},
    {"projects/-srv-kiosk/s.1.jsonl", "main s.1|-|-|-srv-kiosk"},
    // Sub-agents below their session, at any depth.
    {"projects/-a/s1/subagents/agent-a01.jsonl", "sub s1/a01|a01|s1|-a"},
    {"projects/-a/s1/subagents/agent-acompact-27a0f1.jsonl",
     "sub s1/acompact-27a0f1|acompact-27a0f1|s1|-a"},
    {"projects/-a/s1/subagents/workflows/wf_1/agent-b2.jsonl", "sub s1/b2|b2|s1|-a"},
    {"projects/-a/s1/subagents/notes.jsonl", "sub s1/notes|-|s1|-a"},
    {"projects/-a/s1/subagents/agent-.jsonl", "sub s1/agent-|-|s1|-a"},
    {"samples/s1/subagents/agent-b2.jsonl", "sub s1/b2|b2|s1|-"},
    // At a project's root each record says which session it is of.
    {"projects/-a/agent-1f.jsonl", "sub -|1f|-|-a"},
    {"agent-1f.jsonl", "sub -|1f|-|-"},
    {"projects/-a/subagents/agent-1f.jsonl", "sub -|1f|-|-a"},  // a slug is no session
    {"subagents/agent-1f.jsonl", "sub -|1f|-|-"},
    // Elsewhere, and below a second workspace.
    {"samples/demo.json", "main demo|-|-|-"},
    {"demo", "main demo|-|-|-"},
    {"projects/s1.jsonl", "main s1|-|-|-"},
    {"my.projects/-a/s1.jsonl", "main s1|-|-|-"},
    {"projects/x/.claude/projects/-b/s1.jsonl", "main s1|-|-|-b"},
    {"x/subagents/.claude/projects/-b/s1.jsonl", "main s1|-|-|-b"},
    {"projects/-a/s1/subagents/projects/-b/s2/subagents/agent-c.jsonl", "sub s2/c|c|s2|-b"},
    {"projects/-a/s1/tool-results/x.jsonl", "main x|-|-|-a"},
};

TEST(TranscriptPath, SaysSessionAgentParentAndProject) {
    for (const Case& c : kCases) EXPECT_EQ(said(c.path), c.says) << c.path;
}

TEST(TranscriptPath, LeavesTheSessionOfARootAgentToItsRecords) {
    const TranscriptPath path = transcript_path("projects/-a/agent-1f.jsonl");
    EXPECT_EQ(path.session_of("s9"), "s9/1f");
    EXPECT_EQ(path.session_of(""), "agent-1f");
    EXPECT_EQ(path.session_of(" \t"), "agent-1f");
}

TEST(TranscriptPath, KnowsTheSessionOfOtherFilesWhateverTheirRecordsSay) {
    EXPECT_EQ(transcript_path("projects/-a/s1.jsonl").session_of("s9"), "s1");
    EXPECT_EQ(transcript_path("projects/-a/s1/subagents/agent-2.jsonl").session_of("s9"), "s1/2");
}

TEST(TranscriptPath, ClaimsFilesByTheirPlace) {
    EXPECT_EQ(claim_of_path("projects/-a/0b6c1f1e-0000-4000-8000-00000000a001.jsonl"),
              PathClaim::certain);
    EXPECT_EQ(claim_of_path("projects/-a/0B6C1F1E-0000-4000-8000-00000000A001 2.JSONL"),
              PathClaim::certain);
    EXPECT_EQ(claim_of_path("projects/-a/agent-1f.jsonl"), PathClaim::certain);
    EXPECT_EQ(claim_of_path("projects/-a/s/subagents/deep/er/x.jsonl"), PathClaim::certain);
    EXPECT_EQ(claim_of_path("projects/-a/notes.jsonl"), PathClaim::likely);
    EXPECT_EQ(claim_of_path("transcripts/ses_01ab.jsonl"), PathClaim::likely);
    EXPECT_EQ(claim_of_path("old/0b6c1f1e-0000-4000-8000-00000000a001.jsonl"),
              PathClaim::when_empty);
    EXPECT_EQ(claim_of_path("logs/agent-activity.jsonl"), PathClaim::none);
    EXPECT_EQ(claim_of_path("projects/-a/0b6c1f1e-0000-4000-8000-00000000a001.txt"),
              PathClaim::none);
    EXPECT_EQ(claim_of_path("projects/-a/s/tool-results/x.jsonl"), PathClaim::none);
}

}  // namespace
}  // namespace ingot
