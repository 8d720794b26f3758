// SPDX-License-Identifier: MIT
#include "extractors/extractor.hpp"
#include "extractors/json_lines.hpp"
#include "extractors/transcript_path.hpp"
#include "pipeline/tables/event.hpp"

namespace ingot {
namespace {

/// `…/<session>/subagents/workflows/wf_<run>/journal.jsonl`
bool takes(const Candidate& candidate) {
    return candidate.source.file_name() == "journal.jsonl" &&
           candidate.source.folder().starts_with("wf_");
}

bool is_entry(json::Object object) {
    return json::text_if(object, "type") && json::text_if(object, "agentId");
}

/// `session` started the workflow; empty: the path does not say it.
void read(const Piece& piece, Batch& out, std::string_view session, const json::Document& record,
          std::int64_t offset) {
    const json::Object object = record.object();
    const std::string type = "workflow_" + std::string(json::text(object, "type"));
    const OptionalText agent = json::optional_text(object, "agentId");
    const OptionalText key = json::optional_text(object, "key");
    const OptionalTime timestamp = json::optional_time(object, "timestamp", piece.settings.zone);
    out.add(offset, Event{.agent_id = agent,
                          .session_id = session.empty() ? OptionalText{} : OptionalText{session},
                          .event_type = type,
                          .severity = type == "workflow_error" ? "error" : "info",
                          .logger = piece.source.folder(),
                          .message = json::text_if(object, "result").value_or(""),
                          .details = Json{record.text()},
                          .timestamp = timestamp,
                          .timestamp_raw = {},
                          .timestamp_source = "record",
                          .correlation_id = key});
}

void extract(const Piece& piece, Batch& out) {
    // The journal is that of the session that started the workflow.
    const TranscriptPath path = transcript_path(piece.source.path);
    for_each_line(piece, out, is_entry, [&](const json::Document& record, std::int64_t offset) {
        read(piece, out, path.parent, record, offset);
    });
}

}  // namespace

extern constinit const Extractor workflow_journal_extractor{.name = "workflow_journal",
                                                            .version = 2,
                                                            .family = "transcript",
                                                            .cut = Cut::lines,
                                                            .takes = takes,
                                                            .extract = extract,
                                                            .split = nullptr,
                                                            .main_table = Event::table};

}  // namespace ingot
