// SPDX-License-Identifier: MIT
#include "extractors/transcript_shape.hpp"

#include "extractors/transcript_path.hpp"
#include "pipeline/model/json_text.hpp"
#include "pipeline/model/text.hpp"

#include <algorithm>
#include <array>

namespace ingot {
namespace {

constexpr std::size_t npos = std::string_view::npos;
constexpr std::string_view kBom = "\xEF\xBB\xBF";
/// Lines that are looked at before a file counts as something else: comments and broken records may
/// come first.
constexpr int kLines = 32;

/// What tells a transcript record from other objects.
struct Shape {
    std::string_view type;
    bool message = false;  ///< An object.
    bool uuid = false, parent_uuid = false;
    bool session_id = false;        ///< sessionId.
    bool snake_session_id = false;  ///< session_id, of --output-format stream-json.
    bool subtype = false, leaf_uuid = false;
};

/// `kind` is the first character of the member's value as written.
void note(Shape& shape, std::string_view key, char kind) {
    const bool text = kind == '"';
    if (key == "message") shape.message = kind == '{';
    if (key == "uuid") shape.uuid = text;
    if (key == "parentUuid") shape.parent_uuid = true;
    if (key == "sessionId") shape.session_id = text;
    if (key == "session_id") shape.snake_session_id = text;
    if (key == "subtype") shape.subtype = text;
    if (key == "leafUuid") shape.leaf_uuid = text;
}

/// Records of a session's state: they have a type, a session and one value of their own.
constexpr std::array<std::string_view, 25> kStateTypes{
    // What the agent writes today,
    "queue-operation", "last-prompt", "permission-mode", "ai-title", "custom-title", "agent-name",
    "mode", "progress", "attachment", "system",
    // and what others have seen.
    "pr-link", "tag", "agent-color", "agent-setting", "bridge-session", "worktree-state",
    "content-replacement", "fork-context-ref", "relocated", "frame-link", "cost-state",
    "task-summary", "attribution-snapshot", "speculation-accept", "saved_hook_context"};

bool is_state_type(std::string_view type) {
    return std::ranges::find(kStateTypes, type) != kStateTypes.end();
}

bool is_record(const Shape& shape) {
    const bool speaks = shape.type == "user" || shape.type == "assistant";
    const bool streams = shape.type == "result" || shape.type == "system";
    if (shape.type.empty()) return false;
    if (speaks && shape.message) return true;
    if (shape.uuid && (shape.parent_uuid || shape.session_id || shape.snake_session_id))
        return true;
    if (shape.type == "file-history-snapshot" || shape.type == "file-history-delta") return true;
    if (shape.type == "summary" && shape.leaf_uuid) return true;
    if (shape.session_id && is_state_type(shape.type)) return true;
    return shape.snake_session_id && (shape.type == "stream_event" || (streams && shape.subtype));
}

std::size_t skip_blank(std::string_view text, std::size_t at) {
    return std::min(text.find_first_not_of(" \t\r\n", at), text.size());
}

/// Reads the object at the start of a text that may be cut off or broken anywhere.
Shape shape_of(std::string_view text) {
    Shape shape;
    std::size_t at = skip_blank(text, 1);
    while (at < text.size() && text[at] == '"') {
        const std::size_t key_end = json_text::value_end(text, at);
        if (key_end == npos) break;
        const std::size_t colon = skip_blank(text, key_end);
        const std::size_t value = skip_blank(text, colon + 1);
        if (value >= text.size() || text[colon] != ':') break;
        const std::string_view key = text.substr(at + 1, key_end - at - 2);
        const std::size_t end = json_text::value_end(text, value);
        note(shape, key, text[value]);
        if (end == npos) break;
        if (key == "type" && text[value] == '"')
            shape.type = text.substr(value + 1, end - value - 2);
        at = skip_blank(text, end);
        if (at < text.size() && text[at] == ',') at = skip_blank(text, at + 1);
    }
    return shape;
}

/// Whether this is the first line of a value over several lines, and not a broken record.
bool opens_block(std::string_view line) {
    const std::string_view text = trimmed(line);
    return text.ends_with('{') || text.ends_with('[') || text.ends_with(',');
}

/// What the first lines of a file show.
struct Sight {
    TranscriptForm form = TranscriptForm::none;
    bool other_objects = false;  ///< There are objects, and none has a type.
};

Sight look(std::string_view head) {
    Sight sight;
    bool typed = false;
    std::size_t at = head.starts_with(kBom) ? kBom.size() : 0;
    for (int line = 0; line < kLines && (at = skip_blank(head, at)) < head.size(); ++line) {
        const std::size_t feed = std::min(head.find('\n', at), head.size());
        std::string_view text = head.substr(at, feed - at);
        at = feed;
        const bool is_array = text.starts_with('[');
        if (!is_array && !text.starts_with('{')) continue;
        const bool whole = json_text::value_end(text, 0) != npos || feed == head.size();
        if (!whole && !opens_block(text)) continue;
        if (!whole || is_array) text = head.substr(feed - text.size());
        if (is_array) text = text.substr(skip_blank(text, 1));
        if (!text.starts_with('{')) continue;
        const Shape shape = shape_of(text);
        if (is_record(shape))
            return {.form = whole && !is_array ? TranscriptForm::lines : TranscriptForm::stream};
        typed = typed || !shape.type.empty();
        sight.other_objects = !typed;
        if (!whole) break;  // what follows are parts of this value
    }
    return sight;
}

}  // namespace

TranscriptForm transcript_form(const Candidate& candidate) {
    const PathClaim claim = claim_of_path(candidate.source.path);
    const Sight sight = look(candidate.head);
    // An array or a pretty-printed document below logs/ is the output of a hook.
    if (sight.form == TranscriptForm::stream && candidate.source.below("logs"))
        return TranscriptForm::none;
    if (sight.form != TranscriptForm::none) return sight.form;
    const bool by_path = claim == PathClaim::certain ||
                         (claim == PathClaim::likely && !sight.other_objects) ||
                         (claim == PathClaim::when_empty && candidate.source.size == 0);
    return by_path ? TranscriptForm::lines : TranscriptForm::none;
}

bool is_transcript_record(json::Object object) {
    Shape shape;
    for (const auto [key, value] : object) {
        note(shape, key, value.is_string() ? '"' : value.is_object() ? '{' : '0');
        if (key == "type" && value.is_string()) shape.type = value.get_string().value_unsafe();
    }
    return is_record(shape);
}

}  // namespace ingot
