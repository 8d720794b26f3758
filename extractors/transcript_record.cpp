// SPDX-License-Identifier: MIT
#include "extractors/transcript_record.hpp"

#include "extractors/transcript_statements.hpp"
#include "pipeline/model/text.hpp"
#include "pipeline/tables/message_usage.hpp"
#include "pipeline/tables/tool_result.hpp"
#include "pipeline/tables/tool_use.hpp"

#include <array>
#include <utility>

namespace ingot {
namespace {

/// The member in which records without a message say what a person would read.
std::optional<json::Element> own_content(const Envelope& envelope, json::Object record) {
    static constexpr std::array<std::pair<std::string_view, const char*>, 6> members{
        {{"summary", "summary"},
         {"ai-title", "aiTitle"},
         {"custom-title", "customTitle"},
         {"last-prompt", "lastPrompt"},
         {"agent-name", "agentName"},
         {"result", "result"}}};
    for (const auto& [type, member] : members) {
        json::Element value;
        if (envelope.type == type && !record[member].get(value)) return value;
    }
    const bool tool = envelope.type.starts_with("tool_");
    return tool ? std::nullopt : envelope.content;
}

OptionalText agent_of(const Envelope& envelope, const TranscriptPath& path) {
    if (envelope.agent_id && !trimmed(*envelope.agent_id).empty()) return envelope.agent_id;
    return path.agent.empty() ? OptionalText{} : OptionalText{path.agent};
}

}  // namespace

TranscriptReader::TranscriptReader(const Piece& piece, Batch& out)
    : zone_(piece.settings.zone), out_(out), path_(transcript_path(piece.source.path)) {
    if (piece.first) state_path(path_, out_);
}

void TranscriptReader::read(const json::Document& record, std::int64_t offset) {
    const json::Object object = record.object();
    const Envelope envelope = read_envelope(object, zone_);
    const ApiMessage message = read_api_message(envelope.message);
    const ApiMessage::Usage usage = message.usage.value_or(ApiMessage::Usage{});
    Content content = contents_.read_message(message.content, record.text());
    if (!envelope.message) content.text = contents_.read_text(own_content(envelope, object));
    const std::string_view session = session_of(envelope);

    out_.add(offset, Message{.session_id = session,
                             .uuid = envelope.uuid,
                             .parent_uuid = envelope.parent_uuid,
                             .record_type = envelope.type,
                             .role = message.role,
                             .agent_id = agent_of(envelope, path_),
                             .is_sidechain = envelope.is_sidechain,
                             .message_id = message.id,
                             .request_id = envelope.request_id,
                             .model = message.model,
                             .stop_reason = message.stop_reason,
                             .input_tokens = usage.input_tokens,
                             .output_tokens = usage.output_tokens,
                             .cache_creation_tokens = usage.cache_creation_tokens,
                             .cache_read_tokens = usage.cache_read_tokens,
                             .cwd = envelope.cwd,
                             .git_branch = envelope.git_branch,
                             .version = envelope.version,
                             .timestamp = envelope.timestamp,
                             .text = content.text,
                             .raw = {record.text()}});
    if (message.usage) touch_usage(message.id, offset);
    for (const ToolCall& call : content.calls)
        out_.add(offset, ToolUse{.session_id = session,
                                 .message_uuid = envelope.uuid,
                                 .tool_use_id = call.id,
                                 .name = call.name,
                                 .input = call.input,
                                 .timestamp = envelope.timestamp});
    for (const ToolAnswer& answer : content.answers)
        out_.add(offset, ToolResult{.session_id = session,
                                    .message_uuid = envelope.uuid,
                                    .tool_use_id = answer.id,
                                    .is_error = answer.is_error,
                                    .result_bytes = answer.bytes,
                                    .timestamp = envelope.timestamp});
    state_record({.path = path_,
                  .object = object,
                  .envelope = envelope,
                  .session = session,
                  .offset = offset},
                 out_);
}

std::string_view TranscriptReader::session_of(const Envelope& envelope) {
    if (!path_.session.empty()) return path_.session;
    session_ = path_.session_of(envelope.session_id.value_or(""));
    return session_;
}

void TranscriptReader::touch_usage(const OptionalText& message_id, std::int64_t offset) {
    if (message_id && !trimmed(*message_id).empty()) {
        out_.touch(MessageUsage::table, *message_id);
    } else {
        out_.touch(MessageUsage::table,
                   std::to_string(out_.source().source_id) + ":" + std::to_string(offset));
    }
}

}  // namespace ingot
