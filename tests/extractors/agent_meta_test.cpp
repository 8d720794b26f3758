// SPDX-License-Identifier: MIT
#include "tests/extractors/extract.hpp"

#include <gtest/gtest.h>

namespace ingot::testing {
namespace {

constexpr std::string_view kMeta = "projects/-a/s1/subagents/agent-b.meta.json";

TEST(AgentMeta, DescribesTheAgentAndItsSession) {
    const auto x = extract(
        kMeta,
        R"({"agentType":"explore","description":"Look around","worktreePath":"/w","model":"m"})"
        "\n");
    EXPECT_EQ(x.rows("entity_statements"),
              "0.0 entity=agents entity_id=b "
              "attributes={\"agent_type\":\"explore\",\"worktree_path\":\"/w\",\"configuration\":"
              "{\"agentType\":\"explore\",\"description\":\"Look "
              "around\",\"worktreePath\":\"/w\",\"model\":\"m\"}}\n"
              "0.1 entity=context_sessions entity_id=s1/b "
              "attributes={\"agent_id\":\"b\",\"project_id\":\"-a\","
              "\"kind\":\"subagent\",\"parent_session_id\":\"s1\",\"title\":\"Look around\"}\n");
    EXPECT_TRUE(x.balanced());
}

TEST(AgentMeta, BelongsToTheSessionOfAWorkflowToo) {
    const auto x = extract("s1/subagents/workflows/wf_1/agent-b.meta.json", "{}");
    EXPECT_EQ(x.column("entity_statements", "entity_id"), "b,s1/b");
}

TEST(AgentMeta, KnowsNoSessionOfARootAgent) {
    EXPECT_EQ(
        extract("projects/-a/agent-b.meta.json", "{}").column("entity_statements", "entity_id"),
        "b");
}

TEST(AgentMeta, RejectsADocumentThatIsNone) {
    const auto reject = [](std::string_view bytes) {
        const auto x = extract(kMeta, bytes);
        EXPECT_TRUE(x.balanced());
        EXPECT_EQ(x.rows("entity_statements"), "");
        return x.rejects();
    };
    EXPECT_EQ(reject("{\"agentType\":"), "bad_json@0+13 line 1");
    EXPECT_EQ(reject("[]"), "wrong_type@0+2 line 1");
    EXPECT_EQ(reject(R"({"agentType":7})"), "wrong_type@0+15 line 1");
    EXPECT_EQ(reject(" \n"), "");
}

TEST(AgentMeta, LeavesOtherMetaFilesAlone) {
    const auto taken = [](std::string_view path) {
        const auto x = extract(path, "{}");
        return x.extractor != nullptr && x.extractor->name == "agent_meta";
    };
    EXPECT_FALSE(taken("projects/-a/s1/subagents/agent-.meta.json"));
    EXPECT_FALSE(taken("config/build.meta.json"));
    EXPECT_FALSE(taken(".meta.json"));
    EXPECT_TRUE(taken("agent-b.meta.json"));
}

}  // namespace
}  // namespace ingot::testing
