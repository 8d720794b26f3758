// SPDX-License-Identifier: MIT
#include "pipeline/tables/tables.hpp"

#include "pipeline/model/bookkeeping.hpp"
#include "pipeline/tables/agent.hpp"
#include "pipeline/tables/agent_message.hpp"
#include "pipeline/tables/checkpoint.hpp"
#include "pipeline/tables/configuration.hpp"
#include "pipeline/tables/context_event.hpp"
#include "pipeline/tables/context_session.hpp"
#include "pipeline/tables/document.hpp"
#include "pipeline/tables/event.hpp"
#include "pipeline/tables/git_state.hpp"
#include "pipeline/tables/memory_snapshot.hpp"
#include "pipeline/tables/message.hpp"
#include "pipeline/tables/message_usage.hpp"
#include "pipeline/tables/performance_metric.hpp"
#include "pipeline/tables/project.hpp"
#include "pipeline/tables/project_task.hpp"
#include "pipeline/tables/pull_request.hpp"
#include "pipeline/tables/state_row.hpp"
#include "pipeline/tables/task.hpp"
#include "pipeline/tables/tool_result.hpp"
#include "pipeline/tables/tool_use.hpp"

namespace ingot {

std::span<const Table* const> tables() {
    static const std::array all{
        &table_of<WorkspaceRow>(),
        &table_of<ImportRun>(),
        &table_of<SourceRow>(),
        &table_of<SourceVersion>(),
        &table_of<SourceSegment>(),
        &table_of<SourceTable>(),
        &table_of<SchemaMigration>(),
        &table_of<MigrationJournal>(),
        &table_of<MigrationLog>(),
        &table_of<RejectRow>(),
        &table_of<EntityStatement>(),
        // entities
        &table_of<Agent>(),
        &table_of<Project>(),
        &table_of<ContextSession>(),
        &table_of<Task>(),
        &table_of<ProjectTask>(),
        &table_of<Checkpoint>(),
        &table_of<PullRequest>(),
        &table_of<MessageUsage>(),
        // facts
        &table_of<Event>(),
        &table_of<Configuration>(),
        &table_of<MemorySnapshot>(),
        &table_of<ContextEvent>(),
        &table_of<Message>(),
        &table_of<ToolUse>(),
        &table_of<ToolResult>(),
        &table_of<AgentMessage>(),
        &table_of<PerformanceMetric>(),
        &table_of<GitState>(),
        &table_of<Document>(),
        &table_of<StateRow>(),
    };
    return all;
}

}  // namespace ingot
