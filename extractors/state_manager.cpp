// SPDX-License-Identifier: MIT
#include "extractors/state_family.hpp"
#include "pipeline/tables/agent.hpp"
#include "pipeline/tables/checkpoint.hpp"
#include "pipeline/tables/task.hpp"

#include <algorithm>
#include <array>

namespace ingot {
namespace {

bool map_agent(StateRecord& record, Batch& out) {
    const auto id = record.name("agent_id");
    if (!id) return false;
    Agent agent{};
    agent.agent_id = *id;
    const StateStatus status = agent_status(record, "status");
    agent.status = status.status;
    agent.source_status = status.source_status;
    agent.last_activity = record.time("last_activity");
    agent.configuration = record.rest();
    out.state(record.number(), agent, agent.last_activity);
    return true;
}

/// The row says when it changed by the youngest of its times.
bool map_task(StateRecord& record, Batch& out) {
    const auto id = record.id("task_id");
    if (!id) return false;
    Task task{};
    task.task_id = *id;
    task.agent_id = record.name("agent_id");
    const StateStatus status = task_status(record, "status");
    task.status = status.status;
    task.source_status = status.source_status;
    task.priority = record.text("priority");
    task.created_at = record.time("created_at");
    task.started_at = record.time("started_at");
    task.completed_at = record.time("completed_at");
    task.metadata = record.rest("metadata");
    out.state(record.number(), task,
              std::max({task.created_at, task.started_at, task.completed_at}));
    return true;
}

bool map_checkpoint(StateRecord& record, Batch& out) {
    const auto id = record.id("id");
    if (!id) return false;
    Checkpoint checkpoint{};
    checkpoint.checkpoint_id = *id;
    checkpoint.name = record.name("checkpoint_name");
    checkpoint.created_at = record.time("timestamp");
    checkpoint.metrics = record.rest();
    out.state(record.number(), checkpoint, checkpoint.created_at);
    return true;
}

constexpr std::array kMappings{
    StateMapping{"agents", "agent_id status last_activity capabilities performance_metrics",
                 map_agent},
    StateMapping{"tasks", "task_id status agent_id created_at started_at completed_at", map_task},
    StateMapping{"checkpoints", "id checkpoint_name timestamp data", map_checkpoint}};

}  // namespace

/// state_manager.db of agent hives.
extern constinit const StateFamily manager_family{"state_manager", kMappings};

}  // namespace ingot
