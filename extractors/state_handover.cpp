// SPDX-License-Identifier: MIT
#include "extractors/state_family.hpp"
#include "extractors/vocabulary.hpp"
#include "pipeline/model/text.hpp"
#include "pipeline/tables/context_event.hpp"
#include "pipeline/tables/context_session.hpp"
#include "pipeline/tables/task.hpp"

#include <array>

namespace ingot {
namespace {

bool map_task(StateRecord& record, Batch& out) {
    const auto id = record.id("id");
    if (!id) return false;
    Task task{};
    task.task_id = *id;
    task.title = record.name("task_title");
    task.description = record.text("task_details");
    const StateStatus status = task_status(record, "status");
    task.status = status.status;
    task.source_status = status.source_status;
    task.priority = record.text("priority");
    task.created_at = record.time("created_ts");
    const auto updated_at = record.time("updated_ts");
    task.metadata = record.rest();
    out.state(record.number(), task, updated_at);
    return true;
}

/// The kind stays open: the same session may have a transcript, which knows better.
bool map_session(StateRecord& record, Batch& out) {
    const auto id = record.name("session_id");
    if (!id) return false;
    ContextSession session{};
    session.session_id = *id;
    session.title = record.name("name");
    session.created_at = record.time("started_ts");
    session.last_accessed = record.time("last_seen_ts");
    if (const auto status = record.name("status"))
        session.is_active = equal_ignoring_case(*status, "active");
    record.leave("status");  // there are more words for it than two
    session.context_data = record.rest();
    out.state(record.number(), session, session.last_accessed);
    return true;
}

/// Empty: no event.
std::string_view event_type(std::string_view level) {
    static constexpr auto own = std::to_array<std::string_view>(
        {"consolidation", "compression", "overflow_warning", "sleep", "wake"});
    for (const std::string_view word : own)
        if (equal_ignoring_case(level, word)) return word;
    const std::string_view severity = severity_of(level);
    const bool is_warning = severity == "warning" || severity == "error" || severity == "critical";
    return is_warning ? "overflow_warning" : "";
}

/// A note that a session's context ran full.
bool map_watch(StateRecord& record, Batch& out) {
    const auto session = record.name("session_id");
    const std::string_view type = event_type(record.name("level").value_or(""));
    if (!session || type.empty()) return false;
    record.leave("level");
    ContextEvent event{};
    event.session_id = *session;
    event.event_type = type;
    event.timestamp = record.time("ts");
    event.details = record.rest();
    out.add(record.number(), event);
    return true;
}

constexpr std::array kMappings{
    StateMapping{"tasks", "id status task_title created_ts updated_ts", map_task},
    StateMapping{"sessions", "session_id name started_ts last_seen_ts status", map_session},
    StateMapping{"context_watch", "ts session_id level", map_watch}};

}  // namespace

/// state.db of projects that hand work over from session to session.
extern constinit const StateFamily handover_family{"handover", kMappings};

}  // namespace ingot
