// SPDX-License-Identifier: MIT
#include "tests/extractors/extract.hpp"

#include <gtest/gtest.h>

namespace ingot::testing {
namespace {

/// Ids of the entities that a file states.
std::string stated(std::string_view path, std::string_view bytes) {
    return extract(path, bytes).column("entity_statements", "entity_id");
}

TEST(Checkpoint, BeforeAnEditIsABranchAndNamedByItsPath) {
    const auto x = extract("checkpoints/1772352000.json",
                           R"({"branch": "checkpoint/pre-edit-1", "file": "/srv/kiosk/a.py",
        "timestamp": "2026-03-01T08:00:00Z", "type": "pre-edit", "original_branch": "bakery"})");
    EXPECT_EQ(x.rows("entity_statements"),
              "0.0 entity=checkpoints entity_id=checkpoints/1772352000 "
              "said_at=2026-03-01T08:00:00.000000Z attributes={\"name\":\"checkpoint/pre-edit-1\","
              "\"created_at\":\"2026-03-01T08:00:00.000000Z\"}\n");
    EXPECT_EQ(x.rows("git_state"),
              "0.0 branch_name=bakery updated_at=2026-03-01T08:00:00.000000Z\n");
    EXPECT_NE(x.rows("memory_snapshots"), "");
    EXPECT_TRUE(x.balanced());
}

TEST(Checkpoint, IsNotNamedByTheBranchThatWasWorkedOn) {
    const auto x = extract("checkpoints/1.json", R"({"timestamp": "2026-03-01",
        "branch": "main", "original_branch": "main"})");
    EXPECT_EQ(x.column("entity_statements", "attributes"),
              R"({"created_at":"2026-03-01T00:00:00.000000Z"})");
}

TEST(Checkpoint, AfterAnEditHasATagAndWhatChanged) {
    const auto x = extract("checkpoints/1772352001.json",
                           R"j({"tag": "checkpoint-1", "file": "a.py", "branch": "bakery",
        "timestamp": "2026-03-01T08:00:01Z", "type": "post-edit",
        "diff_summary": " a | 3 +-  b | 2 + 2 files changed, 4 insertions(+), 1 deletion(-)"})j");
    EXPECT_EQ(x.column("entity_statements", "attributes"),
              R"({"name":"checkpoint-1","git_tag":"checkpoint-1",)"
              R"("created_at":"2026-03-01T08:00:01.000000Z"})");
    EXPECT_EQ(x.rows("git_state"), "0.0 branch_name=bakery lines_added=4 lines_removed=1 "
                                   "files_changed=2 updated_at=2026-03-01T08:00:01.000000Z\n");
}

TEST(Checkpoint, CountsWhatADiffLeavesOutAsZero) {
    const auto x = extract("checkpoints/1.json",
                           R"j({"tag":"c","diff_summary":" 1 file changed, 1 insertion(+)"})j");
    EXPECT_EQ(x.rows("git_state"), "0.0 lines_added=1 lines_removed=0 files_changed=1\n");
    EXPECT_EQ(extract("checkpoints/1.json", R"({"tag":"c","diff_summary":"nothing changed"})")
                  .rows("git_state"),
              "");
}

TEST(Checkpoint, OfATaskStatesTheTaskUnderTheSameId) {
    const auto x = extract("checkpoints/task-1772352000.json",
                           R"({"checkpoint": "task-20260301-080000", "task": "add index ",
        "timestamp": "2026-03-01T08:00:00Z", "github_release": "false",
        "commit": "0123456789abcdef0123456789abcdef01234567"})");
    EXPECT_EQ(x.rows("entity_statements"),
              "0.0 entity=checkpoints entity_id=task-20260301-080000 "
              "said_at=2026-03-01T08:00:00.000000Z "
              "attributes={\"created_at\":\"2026-03-01T08:00:00.000000Z\"}\n"
              "0.1 entity=tasks entity_id=task-20260301-080000 "
              "said_at=2026-03-01T08:00:00.000000Z "
              "attributes={\"title\":\"add index \","
              "\"created_at\":\"2026-03-01T08:00:00.000000Z\"}\n");
    EXPECT_EQ(x.column("git_state", "commit_hash"), "0123456789abcdef0123456789abcdef01234567");
    EXPECT_EQ(x.column("memory_snapshots", "producer_id"), "task-20260301-080000");
}

TEST(Checkpoint, WithoutTheTasksTextStatesNoTask) {
    EXPECT_EQ(extract("checkpoints/task-1.json", R"({"checkpoint":"task-1","task":" "})")
                  .column("entity_statements", "entity"),
              "checkpoints");
}

TEST(Checkpoint, ReadsTheFullShape) {
    const auto x = extract("checkpoints/latest.json",
                           R"({"checkpoint_id": "cp-7", "timestamp": "2026-03-01T08:00:00Z",
        "name": "ovens-done", "message": "All ovens", "metadata": {"git_commit": "0a1b2c3",
        "git_branch": "main", "git_dirty": false}, "state": {"completed_tasks": 6,
        "agents": {"baker": "available", "count": 5}}, "files": {"total_count": 59},
        "quality_metrics": {"test_coverage": 91.50, "quality_score": 0.75, "passed": true}})");
    EXPECT_EQ(x.column("entity_statements", "entity_id"), "baker,cp-7");
    EXPECT_NE(
        x.column("entity_statements", "attributes")
            .find(R"({"name":"ovens-done","metrics":{"test_coverage": 91.50, )"
                  R"("quality_score": 0.75, "passed": true},"quality_score":0.75,"passed":true,)"),
        std::string::npos);
    EXPECT_EQ(x.rows("git_state"), "0.0 branch_name=main commit_hash=0a1b2c3 "
                                   "updated_at=2026-03-01T08:00:00.000000Z\n");
}

TEST(Checkpoint, ReadsATimeWithABlankAndTasksWithIds) {
    const auto x = extract("checkpoints/checkpoint_20260301_ab12.json",
                           R"({"checkpoint_id": "checkpoint_20260301_ab12",
        "timestamp": "2026-03-01 08:00:00.250000", "checkpoint_type": "CheckpointType.MANUAL",
        "git_status": {"branch": "bakery", "uncommitted_changes": ["a", "b"]},
        "tasks": [{"task_id": "t1", "status": "TaskStatus.COMPLETED"}]})");
    EXPECT_EQ(x.column("entity_statements", "entity"), "tasks,checkpoints");
    EXPECT_EQ(x.column("memory_snapshots", "memory_type"), "working");
    EXPECT_EQ(x.column("memory_snapshots", "created_at"), "2026-03-01T08:00:00.250000Z");
    EXPECT_EQ(x.rows("git_state"),
              "0.0 branch_name=bakery files_changed=2 updated_at=2026-03-01T08:00:00.250000Z\n");
}

TEST(Checkpoint, MakesAnIntegerIdUniqueByItsPath) {
    EXPECT_EQ(stated("checkpoints/a/cp.json", R"({"id": 3})"), "checkpoints/a/cp.json#3");
    EXPECT_EQ(stated("checkpoints/a/cp.json", R"({"id": "", "name": "n"})"), "checkpoints/a/cp");
}

TEST(Checkpoint, TakesItsDateFromTheNameWhenItSaysNone) {
    EXPECT_EQ(extract("checkpoints/cp_20260301.json", R"({"id":"x"})")
                  .column("entity_statements", "attributes"),
              R"({"created_at":"2026-03-01T00:00:00.000000Z"})");
}

TEST(Checkpoint, IsNotStatedByAPointerOrAnIndex) {
    EXPECT_EQ(stated("checkpoints/latest.json", R"({"latest": "cp-7"})"), "");
    const auto x = extract("checkpoints/index.json", R"({"checkpoints": [
        {"id": "cp-1", "metrics": {"a": 1.10}}, {"name": "no id"}, 5]})");
    EXPECT_EQ(x.column("entity_statements", "entity_id"), "cp-1");
    EXPECT_EQ(x.column("entity_statements", "attributes"), R"({"metrics":{"a": 1.10}})");
}

TEST(Checkpoint, IsNotStatedByTextOrBelowAnotherFolder) {
    EXPECT_EQ(stated("checkpoints/summary-session-20260301-080000.md", "# Session Summary\n"), "");
    EXPECT_EQ(stated("checkpoints/test.json", R"("CheckpointType.MANUAL")"), "");
    EXPECT_EQ(stated("memory/a.json", R"({"checkpoint_id": "cp-7"})"), "");
}

TEST(Checkpoint, IsRejectedWhenAPromptWasPastedIntoIt) {
    const auto x = extract("checkpoints/task-1.json",
                           R"({"checkpoint": "task-1", "task": "run it "fast", "a": "1"})");
    EXPECT_EQ(x.rejects(), "bad_json@0+58 line 1");
    EXPECT_EQ(x.rows("entity_statements"), "");
    EXPECT_TRUE(x.balanced());
}

}  // namespace
}  // namespace ingot::testing
