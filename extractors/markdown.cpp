// SPDX-License-Identifier: MIT
#include "extractors/markdown.hpp"

#include "extractors/encoding.hpp"
#include "extractors/front_matter.hpp"
#include "pipeline/model/json_text.hpp"
#include "pipeline/model/text.hpp"
#include "pipeline/tables/document.hpp"

namespace ingot {
namespace {

constexpr std::size_t npos = std::string_view::npos;

/// The line at `at`, with its line feed.
std::string_view line_at(std::string_view text, std::size_t at) {
    const std::size_t feed = text.find('\n', at);
    return text.substr(at, feed == npos ? npos : feed + 1 - at);
}

bool is_rule(std::string_view line) { return line.starts_with("---") && trimmed(line) == "---"; }

/// Position of the closing "---" line; npos when the text has no front matter.
std::size_t front_matter_end(std::string_view text) {
    std::string_view line = line_at(text, 0);
    if (!is_rule(line)) return npos;
    for (std::size_t at = line.size(); at < text.size(); at += line.size()) {
        line = line_at(text, at);
        if (is_rule(line)) return at;
    }
    return npos;
}

bool is_fence(std::string_view line) {
    const std::string_view text = trimmed(line);
    return text.starts_with("```") || text.starts_with("~~~");
}

/// The first "# Heading" outside of code blocks, without the marks.
std::string_view first_heading(std::string_view body) {
    bool in_code = false;
    for (std::size_t at = 0; at < body.size();) {
        const std::string_view line = line_at(body, at);
        at += line.size();
        if (is_fence(line)) in_code = !in_code;
        if (in_code || !line.starts_with("# ")) continue;
        const std::string_view heading = trimmed(line.substr(2));
        const std::size_t last = heading.find_last_not_of('#');
        const bool is_closed = last != npos && last + 1 < heading.size() && heading[last] == ' ';
        if (last != npos) return trimmed(is_closed ? heading.substr(0, last) : heading);
    }
    return {};
}

/// A skill is named by its folder, everything else by its file.
std::string_view name_of_file(const Source& source) {
    const bool is_skill = equal_ignoring_case(source.file_name(), "SKILL.md");
    return is_skill && !source.folder().empty() ? source.folder() : source.stem();
}

}  // namespace

Markdown read_markdown(std::string_view text) {
    Markdown markdown{.front_matter = {}, .body = text, .heading = {}};
    if (const std::size_t end = front_matter_end(text); end != npos) {
        const std::size_t start = line_at(text, 0).size();
        markdown.front_matter = front_matter_json(text.substr(start, end - start));
        if (markdown.front_matter) markdown.body = text.substr(end + line_at(text, end).size());
    }
    markdown.heading = first_heading(markdown.body);
    return markdown;
}

std::string front_matter_text(const Markdown& markdown, std::string_view key) {
    if (!markdown.front_matter) return {};
    const std::string_view value = json_text::member(*markdown.front_matter, key);
    return value.starts_with('"') ? json_text::unescaped(value) : std::string();
}

void add_document(const Piece& piece, Batch& out, std::string_view kind) {
    const Markdown markdown = read_markdown(without_mark(piece, out));
    const std::string own_name = front_matter_text(markdown, "name");
    const std::string own_title = front_matter_text(markdown, "title");
    const std::string_view title =
        markdown.heading.empty() ? std::string_view(own_title) : markdown.heading;
    Document row{.path = piece.source.path,
                 .kind = kind,
                 .name = name_of_file(piece.source),
                 .title = {},
                 .front_matter = {},
                 .body = markdown.body,
                 .modified_at = piece.source.modified};
    if (!trimmed(own_name).empty()) row.name = own_name;
    if (!trimmed(title).empty()) row.title = title;
    if (markdown.front_matter) row.front_matter = Json{*markdown.front_matter};
    out.add(piece.offset, row);
    out.uses_file_time = true;
}

}  // namespace ingot
