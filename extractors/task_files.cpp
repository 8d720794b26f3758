// SPDX-License-Identifier: MIT
#include "extractors/extractor.hpp"
#include "extractors/fields.hpp"
#include "extractors/json_stream.hpp"
#include "extractors/peek.hpp"
#include "extractors/place.hpp"
#include "extractors/vocabulary.hpp"
#include "pipeline/model/text.hpp"
#include "pipeline/tables/task.hpp"

#include <string>

namespace ingot {
namespace {

/// The folder of a `tasks/<list>/<n>.json`; empty for a file directly in `tasks`.
std::string_view list_of(const Source& source) {
    return source.folder() == "tasks" ? std::string_view{} : source.folder();
}

bool is_task(json::Object object) {
    const bool is_named =
        json::first_key(object, {"subject", "title", "task_title", "description"}).has_value();
    return is_named && json::first_key(object, {"id", "task_id", "status"});
}

/// `tasks/<list>/<n>.json`, whatever is in it.
bool is_numbered(const Source& source) {
    const std::string_view stem = source.stem();
    return glob_match("**/tasks/*/*", source.path) && !stem.empty() &&
           stem.find_first_not_of("0123456789") == std::string_view::npos;
}

bool takes(const Candidate& candidate) {
    const Source& source = candidate.source;
    if (!source.below("tasks") || !source.ends_with(".json")) return false;
    const char first = first_character(candidate.head);
    return is_numbered(source) ||
           ((first == '{' || first == '[') && starts_with_object_where(candidate.head, is_task));
}

bool claims(const Source& source) {
    return source.below("tasks") && source.ends_with(".json") && !is_place_of_others(source.path);
}

/// A task without an id of its own is called like its file, in an array also by its place.
std::string task_id_of(json::Object object, const RecordPlace& place, Batch& out) {
    const Source& source = out.source();
    const std::string index = place.in_array ? "#" + std::to_string(place.index) : "";
    if (const std::string_view list = list_of(source); !list.empty()) {
        const OptionalText id = json::first_scalar(object, {"id", "task_id"}, out);
        return std::string(list) + "/" +
               (id ? std::string(*id) : std::string(source.stem()) + index);
    }
    const auto id = json::first_id(object, {"id", "task_id"}, out);
    return id.value_or(std::string(source.path_without_ending()) + index);
}

/// The list is that of a session, or of a team.
bool is_uuid(std::string_view text) {
    if (text.size() != 36) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool is_dash = i == 8 || i == 13 || i == 18 || i == 23;
        const std::string_view allowed = is_dash ? "-" : "0123456789abcdefABCDEF";
        if (allowed.find(text[i]) == std::string_view::npos) return false;
    }
    return true;
}

void read(const Piece& piece, const json::Document& record, const RecordPlace& place, Batch& out) {
    const json::Object object = record.object();
    if (!is_numbered(piece.source) && !is_task(object))
        throw RowError(Reason::missing_field, "no subject or title with an id or a status");
    const std::string_view list = list_of(piece.source);
    const auto text = [&](std::initializer_list<std::string_view> keys) {
        return json::first_scalar(object, keys, out);
    };
    const auto time = [&](std::initializer_list<std::string_view> keys) {
        return json::first_time(object, keys, piece.settings.zone, out).utc;
    };
    const std::string task_id = task_id_of(object, place, out);
    std::string parent;
    Task task{};
    task.task_id = task_id;
    task.agent_id = text({"owner", "agent_id", "agent", "assignee", "assigned_to"});
    task.title = text({"subject", "title", "task_title", "name"});
    task.description = text({"description", "task_details", "details"});
    task.source_status = text({"status", "state"});
    if (task.source_status) task.status = task_status_of(*task.source_status);
    task.priority = text({"priority"});
    task.created_at = time({"created_at", "created_ts", "createdAt", "created"});
    task.started_at = time({"started_at", "startedAt"});
    task.completed_at = time({"completed_at", "completedAt", "completion_time"});
    task.confidence_score = json::real_if(object, "confidence");
    if (const OptionalText id = text({"parent_task_id", "parentId", "parent_id"}))
        task.parent_task_id = parent =
            (list.empty() ? "" : std::string(list) + "/") + std::string(*id);
    task.session_id = text({"session_id", "sessionId"});
    if (!task.session_id && is_uuid(list)) task.session_id = list;
    task.tags = json::raw_member(record.text(), "tags");
    task.metadata = Json{record.text()};
    OptionalTime said_at = time({"updated_at", "updated_ts", "updatedAt", "updated"});
    if (!said_at) said_at = piece.source.modified, out.uses_file_time = true;
    out.state(place.offset, task, said_at);
}

void extract(const Piece& piece, Batch& out) {
    for_each_element(piece, out, [&](const json::Document& record, const RecordPlace& place) {
        read(piece, record, place, out);
    });
}

}  // namespace

extern constinit const Extractor task_files_extractor{.name = "task_files",
                                                      .version = 2,
                                                      .family = "other",
                                                      .cut = Cut::whole,
                                                      .takes = takes,
                                                      .extract = extract,
                                                      .split = nullptr,
                                                      .main_table = Task::table,
                                                      .claims = claims};

}  // namespace ingot
