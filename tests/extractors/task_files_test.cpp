// SPDX-License-Identifier: MIT
#include "tests/extractors/extract.hpp"

#include <gtest/gtest.h>

namespace ingot {
namespace {

using testing::extract;

TEST(TaskFiles, GivesTheTaskOfAList) {
    const auto out = extract(
        "tasks/team/3.json",
        R"({"id":"3","subject":"Wire CI","description":"","status":"in_progress","blocks":[],"owner":"critic"})");
    EXPECT_EQ(out.extractor->name, "task_files");
    EXPECT_EQ(out.column("entity_statements", "entity_id"), "team/3");
    EXPECT_EQ(
        out.column("entity_statements", "attributes"),
        R"({"agent_id":"critic","title":"Wire CI","status":"in_progress","source_status":"in_progress",)"
        R"("metadata":{"id":"3","subject":"Wire CI","description":"","status":"in_progress","blocks":[],"owner":"critic"}})");
    EXPECT_TRUE(out.batch->uses_file_time);
    EXPECT_TRUE(out.balanced());
}

TEST(TaskFiles, CountsADocumentWithTheWhiteSpaceAroundIt) {
    EXPECT_EQ(extract("tasks/team/3.json", "{\"id\":\"3\"}\n\n").account(), "12/0/0/0");
}

TEST(TaskFiles, TakesAListNamedByASessionForItsOwn) {
    const auto out =
        extract("tasks/5f0c2d1e-0000-4000-8000-00000000a001/1.json", R"({"id":"1","subject":"a"})");
    EXPECT_NE(out.column("entity_statements", "attributes")
                  .find(R"("session_id":"5f0c2d1e-0000-4000-8000-00000000a001")"),
              std::string::npos);
}

TEST(TaskFiles, TakesTheNumberFromTheNameWhenThereIsNone) {
    EXPECT_EQ(
        extract("tasks/team/4.json", R"({"subject":"a"})").column("entity_statements", "entity_id"),
        "team/4");
}

TEST(TaskFiles, GivesAFreeTaskItsOwnId) {
    EXPECT_EQ(extract("state/tasks/x.json", R"({"id":"T-1","task_title":"a"})")
                  .column("entity_statements", "entity_id"),
              "T-1");
    EXPECT_EQ(extract("state/tasks/x.json", R"({"id":17,"task_title":"a"})")
                  .column("entity_statements", "entity_id"),
              "state/tasks/x.json#17");
    EXPECT_EQ(extract("state/tasks/x.json", R"({"status":"open","task_title":"a"})")
                  .column("entity_statements", "entity_id"),
              "state/tasks/x");
}

TEST(TaskFiles, ReadsTimesOfAFreeTask) {
    const auto out = extract(
        "state/tasks/17.json",
        R"({"id":17,"task_title":"a","status":"open","priority":2,"created_ts":"2026-01-05T10:00:00+00:00","updated_ts":"2026-01-06T10:00:00+00:00"})");
    EXPECT_EQ(out.column("entity_statements", "said_at"), "2026-01-06T10:00:00.000000Z");
    EXPECT_FALSE(out.batch->uses_file_time);
    EXPECT_NE(out.column("entity_statements", "attributes")
                  .find(R"("priority":"2","created_at":"2026-01-05T10:00:00.000000Z")"),
              std::string::npos);
}

TEST(TaskFiles, NamesTheParentWithinTheList) {
    const auto out = extract("tasks/team/2.json", R"({"id":"2","subject":"a","parentId":"1"})");
    EXPECT_NE(out.column("entity_statements", "attributes").find(R"("parent_task_id":"team/1")"),
              std::string::npos);
}

TEST(TaskFiles, RejectsANumberedFileThatIsBroken) {
    EXPECT_EQ(extract("tasks/team/1.json", "{\"id\":").rejects(), "bad_json@0+6 line 1");
    EXPECT_EQ(extract("tasks/team/1.json", "[7]").rejects(), "wrong_type@1+1 line 1");
}

TEST(TaskFiles, ReadsAListOfTasks) {
    const auto out =
        extract("tasks/l/a.json", R"([{"id":"1","subject":"x"},{"status":"done","title":"y"}])");
    EXPECT_EQ(out.column("entity_statements", "entity_id"), "l/1,l/a#1");
    EXPECT_TRUE(out.balanced());
    EXPECT_EQ(extract("tasks/a.json", R"([{"status":"done","title":"y"}])")
                  .column("entity_statements", "entity_id"),
              "tasks/a#0");
}

TEST(TaskFiles, RejectsWhatIsNoTask) {
    EXPECT_EQ(extract("tasks/l/a.json", "{\"a\":1}").rejects(), "missing_field@0+7 line 1");
    EXPECT_EQ(extract("tasks/l/a.json", "hello").rejects(), "bad_json@0+5 line 1");
    EXPECT_EQ(extract("tasks/l/a.json", R"([{"id":"1","subject":"x"},{"a":1}])").rejects(),
              "missing_field@26+7 line 1");
}

TEST(TaskFiles, LeavesOtherFilesAlone) {
    for (const char* path :
         {"tasks/team/.lock", "tasks/team/.highwatermark", "skills/x/tasks/notes.json"}) {
        const auto out = extract(path, "{\"a\":1}");
        EXPECT_TRUE(out.extractor == nullptr || out.extractor->name != "task_files") << path;
    }
}

}  // namespace
}  // namespace ingot
