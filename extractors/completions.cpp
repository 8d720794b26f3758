// SPDX-License-Identifier: MIT
#include "extractors/extractor.hpp"
#include "extractors/fields.hpp"
#include "extractors/json_lines.hpp"
#include "extractors/peek.hpp"
#include "extractors/vocabulary.hpp"
#include "pipeline/tables/agent.hpp"
#include "pipeline/tables/event.hpp"
#include "pipeline/tables/task.hpp"

#include <string>

namespace ingot {
namespace {

bool is_completion(json::Object object) {
    return json::first_key(object, {"completion_time"}) &&
           json::first_key(object, {"agent_id", "overall_status"});
}

bool takes(const Candidate& candidate) {
    return candidate.source.ends_with(".jsonl") &&
           starts_with_object_where(candidate.head, is_completion);
}

bool claims(const Source& source) { return source.file_name() == "agent_completions.jsonl"; }

/// What an agent says when it has done its work. Text lives until the next record is parsed.
struct Completion {
    OptionalText agent_id;
    OptionalText status;
    OptionalText task;
    OptionalText time;  ///< As written.
    json::RecordTime when;
};

Completion read_completion(json::Object object, std::string_view text, const Zone& zone,
                           Batch& out) {
    const auto summary = json::object_if(object, "summary");
    return {.agent_id = json::first_scalar(object, {"agent_id"}, out),
            .status = json::first_scalar(object, {"overall_status", "status"}, out),
            .task = json::first_scalar(summary.value_or(object), {"task_description"}, out),
            .time = json::first_scalar(object, {"completion_time"}, out),
            .when = json::first_written_time(object, text, {"completion_time"}, zone, out)};
}

void state_agent(const Completion& completion, std::int64_t offset, Batch& out) {
    Agent agent{};
    agent.agent_id = *completion.agent_id;
    agent.source_status = completion.status;
    if (completion.status) agent.status = agent_status_of(*completion.status);
    agent.last_activity = completion.when.utc;
    out.state(offset, agent, completion.when.utc);
}

/// The record has no id for its task: agent and time are one, in every copy of the file.
void state_task(const Completion& completion, json::Object object, std::int64_t offset,
                Batch& out) {
    std::string task_id = json::first_id(object, {"task_id"}, out).value_or("");
    if (task_id.empty() && completion.time)
        task_id = std::string(*completion.agent_id) + "#" + std::string(*completion.time);
    if (task_id.empty()) return;
    Task task{};
    task.task_id = task_id;
    task.agent_id = completion.agent_id;
    task.title = completion.task;
    task.source_status = completion.status;
    if (completion.status) task.status = task_status_of(*completion.status);
    task.completed_at = completion.when.utc;
    out.state(offset, task, completion.when.utc);
}

void read(const Piece& piece, Batch& out, const json::Document& record, std::int64_t offset) {
    const json::Object object = record.object();
    if (!is_completion(object))
        throw RowError(Reason::missing_field, "no completion_time with an agent_id or a status");
    const Completion completion = read_completion(object, record.text(), piece.settings.zone, out);
    out.add(offset, Event{.agent_id = completion.agent_id,
                          .session_id = json::first_scalar(object, {"session_id"}, out),
                          .event_type = "completion",
                          .severity = "info",
                          .logger = {},
                          .message = completion.task.value_or(""),
                          .details = Json{record.text()},
                          .timestamp = completion.when.utc,
                          .timestamp_raw = completion.when.raw,
                          .timestamp_source = "record",
                          .correlation_id = {}});
    if (!completion.agent_id) return;
    state_agent(completion, offset, out);
    state_task(completion, object, offset, out);
}

void extract(const Piece& piece, Batch& out) {
    for_each_line(piece, out, is_completion,
                  [&](const json::Document& record, std::int64_t offset) {
                      read(piece, out, record, offset);
                  });
}

}  // namespace

extern constinit const Extractor completions_extractor{.name = "completions",
                                                       .version = 2,
                                                       .family = "log",
                                                       .cut = Cut::lines,
                                                       .takes = takes,
                                                       .extract = extract,
                                                       .split = nullptr,
                                                       .main_table = Event::table,
                                                       .claims = claims};

}  // namespace ingot
