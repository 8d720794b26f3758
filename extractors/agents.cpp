// SPDX-License-Identifier: MIT
#include "extractors/extractor.hpp"
#include "extractors/fields.hpp"
#include "extractors/json_stream.hpp"
#include "extractors/peek.hpp"
#include "extractors/place.hpp"
#include "extractors/vocabulary.hpp"
#include "pipeline/model/json_text.hpp"
#include "pipeline/tables/agent.hpp"
#include "pipeline/tables/event.hpp"
#include "pipeline/tables/task.hpp"

#include <string>
#include <vector>

namespace ingot {
namespace {

bool is_agent(json::Object object) {
    return json::first_key(object, {"agent_id", "agentId", "agent_type", "status", "name"})
        .has_value();
}

bool takes(const Candidate& candidate) {
    const Source& source = candidate.source;
    if (source.folder() != "agents" || !source.ends_with(".json")) return false;
    const char first = first_character(candidate.head);
    if (first != '{' && first != '[') return false;
    const bool is_torn = first_records(candidate.head, 1).empty();
    return is_torn || starts_with_object_where(candidate.head, is_agent);
}

bool claims(const Source& source) {
    return source.folder() == "agents" && source.ends_with(".json") &&
           !is_place_of_others(source.path);
}

/// What one record says of an agent. Text lives until the next record is parsed.
struct AgentRecord {
    std::string agent_id;
    std::string task_id;  ///< Empty: it names no task.
    OptionalText task;
    OptionalText status;
    json::RecordTime spawned;
    json::RecordTime completed;
    OptionalTime last_activity;
};

/// The file's own record needs no id: it is called like the file.
std::string agent_id_of(json::Object object, const RecordPlace& place, Batch& out) {
    if (const auto id = json::first_scalar(object, {"agent_id", "agentId", "id"}, out))
        return std::string(*id);
    const std::string stem(out.source().stem());
    if (!place.in_array) return stem;
    const auto name = json::first_scalar(object, {"name"}, out);
    return name ? std::string(*name) : stem + "#" + std::to_string(place.index);
}

/// Without an id of its own the task is called like the file.
std::string task_id_of(json::Object object, bool has_task, const RecordPlace& place, Batch& out) {
    if (auto id = json::first_id(object, {"task_id", "current_task_id"}, out)) return *id;
    if (!has_task) return {};
    const std::string path(out.source().path_without_ending());
    return place.in_array ? path + "#" + std::to_string(place.index) : path;
}

/// A record of anything else.
[[noreturn]] void refuse() {
    throw RowError(Reason::missing_field, "no agent_id, agent_type, status or name");
}

AgentRecord read_record(json::Object object, std::string_view text, const RecordPlace& place,
                        const Zone& zone, Batch& out) {
    AgentRecord record;
    record.agent_id = agent_id_of(object, place, out);
    record.task = json::first_scalar(object, {"task", "task_description", "current_task"}, out);
    record.task_id = task_id_of(object, record.task.has_value(), place, out);
    record.status = json::first_scalar(object, {"status"}, out);
    record.spawned = json::first_written_time(
        object, text, {"spawn_time", "spawned_at", "created_at", "started_at"}, zone, out);
    record.completed =
        json::first_written_time(object, text, {"completion_time", "completed_at"}, zone, out);
    record.last_activity = record.completed.utc;
    if (!record.last_activity)
        record.last_activity =
            json::first_time(object, {"last_activity", "last_heartbeat", "updated_at"}, zone, out)
                .utc;
    return record;
}

/// The latest time that the record gives.
OptionalTime said_at(const AgentRecord& record) {
    return record.last_activity ? record.last_activity : record.spawned.utc;
}

void state_agent(const AgentRecord& record, json::Object object, std::string_view text,
                 std::int64_t offset, Batch& out) {
    Agent agent{};
    agent.agent_id = record.agent_id;
    agent.agent_type = json::first_scalar(object, {"agent_type", "agentType", "type", "role"}, out);
    agent.source_status = record.status;
    if (record.status) agent.status = agent_status_of(*record.status);
    agent.worktree_path = json::first_scalar(object, {"worktree_path", "worktree"}, out);
    agent.branch_name = json::first_scalar(object, {"branch_name", "branch"}, out);
    agent.created_at = record.spawned.utc;
    agent.last_activity = record.last_activity;
    agent.configuration = Json{text};
    out.state(offset, agent, said_at(record));
}

void state_task(const AgentRecord& record, json::Object object, std::int64_t offset, Batch& out) {
    if (record.task_id.empty()) return;
    Task task{};
    task.task_id = record.task_id;
    task.agent_id = record.agent_id;
    task.title = record.task;
    task.source_status = record.status;
    if (record.status) task.status = task_status_of(*record.status);
    task.priority = json::first_scalar(object, {"priority"}, out);
    task.created_at = task.started_at = record.spawned.utc;
    task.completed_at = record.completed.utc;
    out.state(offset, task, said_at(record));
}

void add_event(const AgentRecord& record, std::string_view type, const json::RecordTime& when,
               std::int64_t offset, Batch& out) {
    if (!when.utc && !when.raw) return;
    out.add(offset, Event{.agent_id = record.agent_id,
                          .session_id = {},
                          .event_type = type,
                          .severity = "info",
                          .logger = {},
                          .message = record.task.value_or(""),
                          .details = {},
                          .timestamp = when.utc,
                          .timestamp_raw = when.raw,
                          .timestamp_source = "record",
                          .correlation_id = {}});
}

/// `text` is the object's own.
void read_agent(json::Object object, std::string_view text, const RecordPlace& place,
                const Zone& zone, Batch& out) {
    const AgentRecord record = read_record(object, text, place, zone, out);
    state_agent(record, object, text, place.offset, out);
    state_task(record, object, place.offset, out);
    add_event(record, "spawn", record.spawned, place.offset, out);
    add_event(record, "completion", record.completed, place.offset, out);
}

/// `{"agents": […]}`
void read_list(const json::Document& document, const RecordPlace& place, const Zone& zone,
               Batch& out) {
    const auto list = json::array_if(document.object(), "agents");
    const std::string_view written = json_text::member(document.text(), "agents");
    if (!list || written.empty()) refuse();
    std::vector<json::Object> agents;
    for (const json::Element element : *list) {
        json::Object agent;
        if (element.get(agent) || !is_agent(agent)) refuse();
        agents.push_back(agent);
    }
    const std::vector<std::string_view> texts = json_text::elements(written);
    for (std::size_t i = 0; i < agents.size(); ++i)
        read_agent(agents[i], texts[i], {.offset = place.offset, .index = i, .in_array = true},
                   zone, out);
}

void extract(const Piece& piece, Batch& out) {
    const Zone& zone = piece.settings.zone;
    for_each_element(piece, out, [&](const json::Document& document, const RecordPlace& place) {
        if (is_agent(document.object()))
            read_agent(document.object(), document.text(), place, zone, out);
        else
            read_list(document, place, zone, out);
    });
}

}  // namespace

extern constinit const Extractor agents_extractor{.name = "agents",
                                                  .version = 2,
                                                  .family = "other",
                                                  .cut = Cut::whole,
                                                  .takes = takes,
                                                  .extract = extract,
                                                  .split = nullptr,
                                                  .main_table = Agent::table,
                                                  .claims = claims};

}  // namespace ingot
