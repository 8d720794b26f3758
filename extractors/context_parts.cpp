// SPDX-License-Identifier: MIT
#include "extractors/context_parts.hpp"

#include "extractors/context_record.hpp"
#include "extractors/encoding.hpp"
#include "extractors/json_file.hpp"
#include "extractors/markdown.hpp"
#include "extractors/toml.hpp"
#include "extractors/yaml.hpp"
#include "pipeline/model/text.hpp"

namespace ingot {
namespace {

/// A JSON text with what the parser wants behind it.
std::string padded(std::string_view json) {
    std::string text;
    text.reserve(json.size() + 64);
    text += json;
    return text;
}

std::string clean_json_string(std::string_view text) {
    return json_string(is_clean_text(text) ? std::string(text) : cleaned(text));
}

ContextPart markdown_part(std::string_view text) {
    const Markdown markdown = read_markdown(text);
    const std::string front = markdown.front_matter.value_or("null");
    return {.data = "{\"front_matter\":" + front + ",\"body\":" + clean_json_string(markdown.body) +
                    "}",
            .front = padded(front),
            .title = std::string(markdown.heading)};
}

bool is_json(std::string_view text) {
    return (text.starts_with('{') || text.starts_with('[')) && json::is_valid(text);
}

/// A text is a document, whatever it says.
ContextPart text_part(const Piece& piece, std::string_view text, ContextForm form, Batch& out) {
    ContextPart part =
        form == ContextForm::markdown
            ? markdown_part(text)
            : ContextPart{.data = padded(clean_json_string(text)), .front = {}, .title = {}};
    part.offset = piece.offset;
    if (!is_clean_text(text)) ++out.tally.repaired;
    out.accept(piece.bytes.size());
    return part;
}

void find_id(ContextPart& part) {
    const json::Document document(part.facts());
    if (!document.is_object()) return;
    const OptionalText id = own_id(document.object(), {"session_id", "sessionId", "id"});
    if (id) part.id = *id;
}

}  // namespace

std::vector<ContextPart> read_context_parts(const Piece& piece, Batch& out, ContextForm form) {
    const std::string_view text = without_mark(piece, out);
    std::vector<ContextPart> parts;
    const ReadRecord keep = [&](const json::Document& document, std::int64_t offset) {
        parts.push_back(
            {.offset = offset, .data = padded(document.text()), .front = {}, .title = {}});
    };
    if (trimmed(text).empty()) {
        out.blank(piece.bytes.size());
        return parts;
    }
    switch (is_json(text) ? ContextForm::json : form) {
        case ContextForm::yaml: for_each_yaml_document(piece, out, keep); break;
        case ContextForm::toml: read_toml_document(piece, out, keep); break;
        case ContextForm::markdown:
        case ContextForm::text: parts.push_back(text_part(piece, text, form, out)); break;
        default: for_each_json_document(piece, out, keep);
    }
    // Only now: while one document is being read there must not be another.
    for (ContextPart& part : parts) find_id(part);
    return parts;
}

}  // namespace ingot
