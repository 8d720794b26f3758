// SPDX-License-Identifier: MIT
#include "extractors/state_family.hpp"
#include "pipeline/tables/checkpoint.hpp"
#include "pipeline/tables/performance_metric.hpp"
#include "pipeline/tables/task.hpp"

#include <array>
#include <utility>

namespace ingot {
namespace {

bool map_checkpoint(StateRecord& record, Batch& out) {
    const auto id = record.id("id");
    if (!id) return false;
    Checkpoint checkpoint{};
    checkpoint.checkpoint_id = *id;
    checkpoint.git_tag = record.text("git_tag");
    checkpoint.created_at = record.time("timestamp");
    checkpoint.metrics = record.rest("metrics");
    out.state(record.number(), checkpoint, checkpoint.created_at);
    return true;
}

bool map_task(StateRecord& record, Batch& out) {
    const auto id = record.id("id");
    if (!id) return false;
    Task task{};
    task.task_id = *id;
    task.agent_id = record.name("agent");
    const StateStatus status = task_status(record, "status");
    task.status = status.status;
    task.source_status = status.source_status;
    task.confidence_score = record.real("confidence");
    task.metadata = record.rest();
    out.state(record.number(), task);
    return true;
}

/// Two measured values a row; the table does not say in what unit the duration is.
bool map_performance(StateRecord& record, Batch& out) {
    PerformanceMetric metric{};
    metric.agent_id = record.name("agent");
    metric.task_id = record.id("task_id");
    const auto duration = record.real("duration");
    const auto success = record.real("success");
    if (!duration && !success) return false;
    metric.context = record.rest();
    for (const auto& [type, value] :
         {std::pair("duration", duration), std::pair("success", success)}) {
        if (!value) continue;
        metric.metric_type = type;
        metric.value = value;
        out.add(record.number(), metric);
        metric.context.reset();  // said once
    }
    return true;
}

constexpr std::array kMappings{
    StateMapping{"checkpoints", "id git_tag metrics timestamp", map_checkpoint},
    StateMapping{"tasks", "id agent status confidence", map_task},
    StateMapping{"performance", "agent task_id duration success", map_performance}};

}  // namespace

/// state.db of LeanVibe's agent hive.
extern constinit const StateFamily leanvibe_family{"leanvibe", kMappings};

}  // namespace ingot
