// SPDX-License-Identifier: MIT
#include "extractors/snapshot_content.hpp"

#include "extractors/encoding.hpp"
#include "pipeline/model/json_text.hpp"
#include "pipeline/model/text.hpp"

namespace ingot {
namespace {

constexpr std::size_t npos = std::string_view::npos;
constexpr std::string_view kBlank = " \t\r\n";

/// Whether there is nothing but white space and HTML comments.
bool is_comments(std::string_view text) {
    for (text = trimmed(text); !text.empty(); text = trimmed(text)) {
        const std::size_t end = text.find("-->");
        if (!text.starts_with("<!--") || end == npos) return false;
        text.remove_prefix(end + 3);
    }
    return true;
}

/// Two and more objects or arrays and nothing else: JSON lines, or documents one after another.
bool is_sequence(std::string_view text) {
    std::size_t count = 0;
    for (std::size_t at = 0; (at = text.find_first_not_of(kBlank, at)) != npos; ++count) {
        const bool is_container = text[at] == '{' || text[at] == '[';
        const std::size_t end = is_container ? json_text::value_end(text, at) : npos;
        if (end == npos || !json::is_valid(text.substr(at, end - at))) return false;
        at = end;
    }
    return count > 1;
}

/// End of the value that only comments follow; else the whole text.
std::size_t end_of_value(std::string_view text, std::size_t begin) {
    const std::size_t end = json_text::value_end(text, begin);
    return end != npos && is_comments(text.substr(end)) ? end : text.size();
}

/// Throws RowError when the text, comments at its end aside, is not one JSON value.
SnapshotContent json_content(std::string_view text) {
    const std::size_t begin = text.find_first_not_of(kBlank);
    const std::size_t end = end_of_value(text, begin);
    const std::string_view value = trimmed(text.substr(begin, end - begin));
    return {.form = SnapshotContent::Form::json,
            .bytes = value,
            .rest = text.substr(end),
            .document = json::Document(value)};
}

/// Of a file that is named .json and must be some; nullopt when it is several values.
std::optional<SnapshotContent> read_json(std::string_view text) {
    try {
        return json_content(text);
    } catch (const RowError&) {
        if (is_sequence(text)) return {};
        if (!is_utf8(text)) throw RowError(Reason::bad_utf8, "the file is not UTF-8");
        throw;
    }
}

/// Of a file that may hold JSON though it is named otherwise.
std::optional<SnapshotContent> try_json(std::string_view text) {
    const char first = text[text.find_first_not_of(kBlank)];
    if (first != '{' && first != '[') return {};
    try {
        return json_content(text);
    } catch (const RowError&) {
        return {};
    }
}

SnapshotContent text_content(std::string_view text, const Source& source, Batch& out) {
    using Form = SnapshotContent::Form;
    const Form form = source.ends_with(".md") ? Form::markdown : Form::text;
    if (is_clean_text(text)) return {.form = form, .bytes = text, .rest = {}, .document = {}};
    ++out.tally.repaired;
    return {.form = form, .bytes = out.keep(cleaned(text)), .rest = {}, .document = {}};
}

}  // namespace

std::optional<json::Object> SnapshotContent::object() const {
    if (!document || !document->is_object()) return {};
    return document->object();
}

SnapshotContent read_snapshot(const Piece& piece, Batch& out) {
    const std::string_view text = without_mark(piece, out);
    std::optional<SnapshotContent> content;
    if (piece.source.ends_with(".json")) {
        content = read_json(text);
    } else if (!piece.source.ends_with(".jsonl")) {  // a list of records even while it has only one
        content = try_json(text);
    }
    return content ? std::move(*content) : text_content(text, piece.source, out);
}

}  // namespace ingot
