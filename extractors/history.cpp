// SPDX-License-Identifier: MIT
#include "extractors/extractor.hpp"
#include "extractors/fields.hpp"
#include "extractors/json_lines.hpp"
#include "extractors/slug.hpp"
#include "pipeline/model/text.hpp"
#include "pipeline/tables/context_session.hpp"
#include "pipeline/tables/event.hpp"
#include "pipeline/tables/project.hpp"

namespace ingot {
namespace {

bool is_prompt(json::Object object) { return json::text_if(object, "display").has_value(); }

/// `history.jsonl` and the copies that were set aside (`history.jsonl.bak_…`).
bool is_history(const Source& source) { return source.file_name().starts_with("history.jsonl"); }

bool takes(const Candidate& candidate) {
    if (!is_history(candidate.source)) return false;
    const std::string_view line = trimmed(candidate.head.substr(0, candidate.head.find('\n')));
    if (line.empty()) return candidate.source.size == 0;
    return line.starts_with('{') && line.find("\"display\"") != std::string_view::npos;
}

bool claims(const Source& source) { return is_history(source); }

/// The session, where there is one, worked in the project.
void state_project(json::Object object, std::int64_t offset, OptionalTime said_at, Batch& out) {
    const OptionalText session = json::first_scalar(object, {"sessionId"}, out);
    const OptionalText path = json::first_scalar(object, {"project"}, out);
    if (!path) return;
    const std::string project_id = slug_of(*path);
    out.state(offset,
              Project{.project_id = project_id,
                      .name = {},
                      .description = {},
                      .status = {},
                      .path = path,
                      .created_at = {},
                      .target_completion = {},
                      .metadata = {}},
              said_at);
    if (!session) return;
    ContextSession context{};
    context.session_id = *session;
    context.project_id = project_id;
    out.state(offset, context, said_at);
}

void read(const Piece& piece, Batch& out, const json::Document& record, std::int64_t offset) {
    const json::Object object = record.object();
    const std::string_view display = json::text(object, "display");
    const json::RecordTime when =
        json::first_written_time(object, record.text(), {"timestamp"}, piece.settings.zone, out);
    out.add(offset, Event{.agent_id = {},
                          .session_id = json::first_scalar(object, {"sessionId"}, out),
                          .event_type = "prompt",
                          .severity = "info",
                          .logger = {},
                          .message = display,
                          .details = Json{record.text()},
                          .timestamp = when.utc,
                          .timestamp_raw = when.raw,
                          .timestamp_source = "record",
                          .correlation_id = {}});
    state_project(object, offset, when.utc, out);
}

void extract(const Piece& piece, Batch& out) {
    for_each_line(piece, out, is_prompt, [&](const json::Document& record, std::int64_t offset) {
        read(piece, out, record, offset);
    });
}

}  // namespace

extern constinit const Extractor history_extractor{.name = "history",
                                                   .version = 2,
                                                   .family = "transcript",
                                                   .cut = Cut::lines,
                                                   .takes = takes,
                                                   .extract = extract,
                                                   .split = nullptr,
                                                   .main_table = Event::table,
                                                   .claims = claims};

}  // namespace ingot
