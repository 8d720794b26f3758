// SPDX-License-Identifier: MIT
#include "extractors/extractor.hpp"
#include "extractors/fields.hpp"
#include "extractors/json_stream.hpp"
#include "extractors/peek.hpp"
#include "pipeline/tables/agent_message.hpp"

namespace ingot {
namespace {

bool takes(const Candidate& candidate) {
    const Source& source = candidate.source;
    const char first = first_character(candidate.head);
    return source.folder() == "inboxes" && source.ends_with(".json") &&
           (first == '[' || first == '{');
}

/// Text as it is, anything else as it is written.
std::string_view content_of(const json::Document& record) {
    for (const std::string_view key : {"content", "text", "message", "body"}) {
        if (const auto text = json::text_if(record.object(), key)) return *text;
        if (const auto value = json::raw_member(record.text(), key)) return value->text;
    }
    return {};
}

/// The inbox is that of the agent whose name the file has.
void read(const Piece& piece, const json::Document& record, std::int64_t offset, Batch& out) {
    const json::Object object = record.object();
    if (!json::first_key(object, {"from", "content", "text", "message", "body", "type"}))
        throw RowError(Reason::missing_field, "no sender, type or content");
    const auto text = [&](std::initializer_list<std::string_view> keys) {
        return json::first_scalar(object, keys, out);
    };
    const auto time = [&](std::initializer_list<std::string_view> keys) {
        return json::first_time(object, keys, piece.settings.zone, out).utc;
    };
    out.add(offset, AgentMessage{.message_id = text({"id", "message_id"}),
                                 .from_agent = text({"from", "from_agent", "sender"}),
                                 .to_agent = text({"to", "to_agent"}).value_or(piece.source.stem()),
                                 .message_type = text({"type", "message_type"}).value_or("message"),
                                 .content = content_of(record),
                                 .priority = text({"priority"}),
                                 .sent_at = time({"timestamp", "sent_at", "created_at"}),
                                 .delivered_at = time({"delivered_at"}),
                                 .acknowledged_at = time({"acknowledged_at", "read_at"})});
}

void extract(const Piece& piece, Batch& out) {
    for_each_element(piece, out, [&](const json::Document& record, const RecordPlace& place) {
        read(piece, record, place.offset, out);
    });
}

}  // namespace

extern constinit const Extractor inboxes_extractor{.name = "inboxes",
                                                   .version = 1,
                                                   .family = "other",
                                                   .cut = Cut::whole,
                                                   .takes = takes,
                                                   .extract = extract,
                                                   .split = nullptr,
                                                   .main_table = AgentMessage::table};

}  // namespace ingot
