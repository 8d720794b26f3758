// SPDX-License-Identifier: MIT
#include "extractors/extractor.hpp"
#include "extractors/fields.hpp"
#include "extractors/json_stream.hpp"
#include "extractors/peek.hpp"
#include "extractors/place.hpp"
#include "extractors/vocabulary.hpp"
#include "pipeline/tables/task.hpp"

#include <string>

namespace ingot {
namespace {

/// What a name like `<sessionId>-agent-<agentId>.json` says.
struct Owner {
    OptionalText session_id;
    OptionalText agent_id;
};

Owner owner_of(std::string_view stem) {
    constexpr std::string_view middle = "-agent-";
    const std::size_t at = stem.find(middle);
    if (at == std::string_view::npos) return {};
    return {stem.substr(0, at), stem.substr(at + middle.size())};
}

bool is_todo(json::Object object) {
    const bool has_mark = json::first_key(object, {"activeForm", "priority", "id"}).has_value();
    return has_mark && json::text_if(object, "content") && json::text_if(object, "status");
}

bool is_in_place(const Source& source) {
    return source.folder() == "todos" || source.folder().ends_with(".todos");
}

bool takes(const Candidate& candidate) {
    const Source& source = candidate.source;
    if (!source.ends_with(".json")) return false;
    const bool in_place = is_in_place(source);
    if (in_place && owner_of(source.stem()).agent_id) return true;
    if (first_character(candidate.head) != '[') return false;
    return in_place || starts_with_object_where(candidate.head, is_todo);
}

bool claims(const Source& source) {
    return is_in_place(source) && source.ends_with(".json") && !is_place_of_others(source.path);
}

void read(const json::Document& record, const RecordPlace& place, const Owner& owner, Batch& out) {
    const json::Object object = record.object();
    const std::string task_id =
        std::string(out.source().stem()) + "#" + std::to_string(place.index);
    Task task{};
    task.task_id = task_id;
    task.agent_id = owner.agent_id;
    task.session_id = owner.session_id;
    task.title = json::text(object, "content");
    task.source_status = json::optional_text(object, "status");
    if (task.source_status) task.status = task_status_of(*task.source_status);
    task.priority = json::first_scalar(object, {"priority"}, out);
    task.metadata = Json{record.text()};
    // The list has no times; it is written anew with every change.
    out.uses_file_time = true;
    out.state(place.offset, task, out.source().modified);
}

void extract(const Piece& piece, Batch& out) {
    const Owner owner = owner_of(piece.source.stem());
    for_each_element(piece, out, [&](const json::Document& record, const RecordPlace& place) {
        read(record, place, owner, out);
    });
}

}  // namespace

extern constinit const Extractor todos_extractor{.name = "todos",
                                                 .version = 1,
                                                 .family = "other",
                                                 .cut = Cut::whole,
                                                 .takes = takes,
                                                 .extract = extract,
                                                 .split = nullptr,
                                                 .main_table = Task::table,
                                                 .claims = claims};

}  // namespace ingot
