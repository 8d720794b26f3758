// SPDX-License-Identifier: MIT
#include "extractors/snapshot_tasks.hpp"

#include "extractors/vocabulary.hpp"
#include "pipeline/tables/task.hpp"

#include <array>

namespace ingot {
namespace {

void state_task(json::Object task, const SnapshotObject& snapshot, Batch& out) {
    const auto id = id_of(task, snapshot.source, {"task_id", "taskId", "id"});
    if (!id) return;
    const auto parent = id_of(task, snapshot.source, {"parent_task_id", "parent_id"});
    const auto status = text_of(task, {"status", "state"});
    Task stated;
    stated.task_id = *id;
    stated.agent_id = name_in(task, {"agent_id", "agent", "assigned_to", "assigned_agent"});
    stated.title = text_of(task, {"title", "name", "task"});
    stated.description = text_of(task, {"description"});
    if (status) stated.status = task_status_of(*status);
    stated.source_status = status;
    stated.priority = json::scalar_if(task, "priority", out);
    stated.created_at = time_of(task, {"created_at", "assigned_time"}, snapshot.zone);
    stated.started_at = time_of(task, {"started_at"}, snapshot.zone);
    stated.completed_at = time_of(task, {"completed_at"}, snapshot.zone);
    stated.confidence_score = json::real_if(task, "confidence_score");
    if (!stated.confidence_score) stated.confidence_score = json::real_if(task, "confidence");
    if (parent) stated.parent_task_id = *parent;
    stated.session_id = text_of(task, {"session_id"});
    out.state(snapshot.offset, stated, snapshot.at);
}

}  // namespace

void state_tasks(const SnapshotObject& snapshot, Batch& out) {
    static constexpr auto places =
        std::to_array<std::string_view>({"", "state", "project_status", "state.project_status"});
    static constexpr auto lists = std::to_array<std::string_view>(
        {"tasks", "active_tasks", "pending_tasks", "current_tasks", "completed_tasks"});
    for (const std::string_view place : places)
        for (const std::string_view list : lists)
            for (const json::Object task : snapshot.objects_at(place, list))
                state_task(task, snapshot, out);
}

}  // namespace ingot
