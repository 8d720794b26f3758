// SPDX-License-Identifier: MIT
#include "extractors/state_family.hpp"
#include "extractors/state_snapshot.hpp"
#include "pipeline/tables/agent.hpp"
#include "pipeline/tables/agent_message.hpp"
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
    const auto updated_at = record.time("updated_at");
    agent.created_at = record.time("created_at");
    agent.last_activity = std::max(record.time("last_heartbeat"), updated_at);
    agent.configuration = record.rest();
    out.state(record.number(), agent, updated_at);
    return true;
}

bool map_task(StateRecord& record, Batch& out) {
    const auto id = record.id("task_id");
    if (!id) return false;
    Task task{};
    task.task_id = *id;
    task.agent_id = record.name("agent_id");
    task.description = record.text("description");
    const StateStatus status = task_status(record, "status");
    task.status = status.status;
    task.source_status = status.source_status;
    task.priority = record.text("priority");
    task.created_at = record.time("created_at");
    const auto updated_at = record.time("updated_at");
    task.metadata = record.rest("metadata");
    out.state(record.number(), task, updated_at);
    return true;
}

bool map_message(StateRecord& record, Batch& out) {
    const auto type = record.name("message_type");
    const auto content = record.text("message_content");
    if (!type || !content) return false;
    AgentMessage message{};
    message.message_id = record.name("id");
    message.from_agent = record.name("from_agent");
    message.to_agent = record.name("to_agent");
    message.message_type = *type;
    message.content = *content;
    message.sent_at = record.time("timestamp");
    message.details = record.rest();  // whether it was delivered, but not when
    out.add(record.number(), message);
    return true;
}

constexpr std::array kMappings{
    StateMapping{"agents", "agent_id status last_heartbeat created_at updated_at", map_agent},
    StateMapping{"tasks", "task_id agent_id description status created_at updated_at", map_task},
    StateMapping{"memory_snapshots", "snapshot_id agent_id snapshot_type memory_data created_at",
                 map_state_snapshot},
    StateMapping{"agent_communications",
                 "from_agent to_agent message_type message_content timestamp", map_message}};

}  // namespace

/// agent_hive.db, the second state of agent hives.
extern constinit const StateFamily hive_family{"agent_hive", kMappings};

}  // namespace ingot
