// SPDX-License-Identifier: MIT
#include "tests/extractors/extract.hpp"

#include <gtest/gtest.h>

namespace ingot {
namespace {

using testing::extract;

TEST(Todos, GivesATaskPerElement) {
    const auto out = extract("todos/s1-agent-a1.json",
                             R"([{"content":"Write","status":"completed","activeForm":"Writing"},
                                 {"content":"Run","status":"pending","priority":"high","id":"7"}])");
    EXPECT_EQ(out.extractor->name, "todos");
    EXPECT_EQ(out.column("entity_statements", "entity_id"), "s1-agent-a1#0,s1-agent-a1#1");
    EXPECT_EQ(
        out.column("entity_statements", "attributes"),
        R"({"agent_id":"a1","title":"Write","status":"completed","source_status":"completed","session_id":"s1",)"
        R"("metadata":{"content":"Write","status":"completed","activeForm":"Writing"}},)"
        R"({"agent_id":"a1","title":"Run","status":"pending","source_status":"pending","priority":"high","session_id":"s1",)"
        R"("metadata":{"content":"Run","status":"pending","priority":"high","id":"7"}})");
    EXPECT_TRUE(out.balanced());
}

TEST(Todos, DatesThemByTheFile) {
    const auto out =
        extract("todos/s1-agent-a1.json", R"([{"content":"Write","status":"pending"}])");
    EXPECT_EQ(out.column("entity_statements", "said_at"), "2026-01-02T03:04:05.000000Z");
    EXPECT_TRUE(out.batch->uses_file_time);
}

TEST(Todos, CountsAnEmptyListAsBlank) {
    const auto out = extract("x.todos/s1-agent-a1.json", "[]");
    EXPECT_EQ(out.extractor->name, "todos");
    EXPECT_EQ(out.account(), "0/0/2/0");
    EXPECT_FALSE(out.batch->uses_file_time);
}

TEST(Todos, RejectsSingleElementsAndCountsThem) {
    const auto out = extract(
        "todos/s-agent-a.json",
        R"([{"content":"a"},{"status":"pending"},{"content":[1]},"no object",{"content":"b"}])");
    EXPECT_EQ(out.rejects(),
              "missing_field@17+20 line 1, wrong_type@38+15 line 1, wrong_type@54+11 line 1");
    EXPECT_EQ(out.column("entity_statements", "entity_id"), "s-agent-a#0,s-agent-a#4");
    EXPECT_TRUE(out.balanced());
}

TEST(Todos, RejectsAListThatWasCutOff) {
    const auto out = extract("todos/s-agent-a.json", R"([{"content":"a"},{"content":"b)");
    EXPECT_EQ(out.rejects(), "bad_json@17+13 line 1");
    EXPECT_EQ(out.account(), "15/13/2/0");
}

TEST(Todos, KeepsAWordThatNobodyKnows) {
    const auto out = extract("todos/s-agent-a.json", R"([{"content":"a","status":"deferred"}])");
    EXPECT_NE(out.column("entity_statements", "attributes")
                  .find(R"("status":"unknown","source_status":"deferred")"),
              std::string::npos);
}

TEST(Todos, RejectsWhatIsNoList) {
    EXPECT_EQ(extract("todos/a.json", "{\"a\":1}").rejects(), "missing_field@0+7 line 1");
    EXPECT_EQ(extract("todos/a.json", "hello").rejects(), "bad_json@0+5 line 1");
}

TEST(Todos, TakesAListElsewhereByItsContent) {
    EXPECT_EQ(extract("state/todo.json", R"([{"content":"a","status":"pending","activeForm":"b"}])")
                  .extractor->name,
              "todos");
    const auto other = extract("state/list.json", R"([{"content":"a","role":"user"}])");
    EXPECT_TRUE(other.extractor == nullptr || other.extractor->name != "todos");
}

}  // namespace
}  // namespace ingot
