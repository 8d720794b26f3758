// SPDX-License-Identifier: MIT
#include "extractors/log_reader.hpp"
#include "pipeline/model/text.hpp"
#include "pipeline/tables/event.hpp"

#include <algorithm>
#include <array>

namespace ingot {
namespace {

constexpr std::size_t npos = std::string_view::npos;

/// Files of a log folder that are no logs: documents, settings and code.
constexpr auto kOtherEndings = std::to_array<std::string_view>(
    {".md",  ".markdown", ".yaml", ".yml", ".toml", ".env",  ".html", ".htm",
     ".css", ".svg",      ".xml",  ".sql", ".py",   ".js",   ".mjs",  ".cjs",
     ".ts",  ".tsx",      ".jsx",  ".sh",  ".bash", ".zsh",  ".ps1",  ".bat",
     ".rb",  ".go",       ".rs",   ".lua", ".pl",   ".lock", ".pid"});

bool is_log_path(const Source& source) {
    if (source.ends_with(".log") || lower(source.file_name()).find(".log.") != npos) return true;
    if (source.folder() == "debug" && source.ends_with(".txt")) return true;
    if (!source.below("logs") && !source.below("logs_backup")) return false;
    return !source.file_name().starts_with('.') &&
           std::ranges::none_of(kOtherEndings,
                                [&](auto ending) { return source.ends_with(ending); });
}

/// Text has hardly any control characters; a log that was cut while it was open has some NULs.
bool is_text(std::string_view head) {
    const auto is_control = [](char c) {
        return (c >= 0 && c < ' ' && std::string_view("\a\b\t\n\f\r\x1b").find(c) == npos) ||
               c == '\x7f';
    };
    return std::ranges::count_if(head, is_control) * 20 <= static_cast<std::ptrdiff_t>(head.size());
}

/// The file's first words are JSON, so that it belongs to those who read JSON.
bool is_json(std::string_view head) {
    LogScanner scanner(head, {}, Undated::joined);
    while (const auto line = scanner.next()) {
        if (line->kind == LogLine::Kind::blank || line->kind == LogLine::Kind::marker) continue;
        std::string_view text = head.substr(line->begin);
        text.remove_prefix(noise_length(text));
        text = trimmed(text);
        if (line->stamp || (!text.starts_with('{') && !text.starts_with('['))) return false;
        const std::size_t next = text.find_first_not_of(" \t\r\n", 1);
        if (next == npos) return true;
        return text[0] == '{' ? text[next] == '"' || text[next] == '}'
                              : std::string_view("[{\"]").find(text[next]) != npos;
    }
    return false;
}

bool has_stamp(std::string_view head) {
    LogScanner scanner(head, {}, Undated::joined);
    while (const auto line = scanner.next())
        if (line->stamp) return true;
    return false;
}

bool is_log(const Candidate& candidate) {
    if (!is_log_path(candidate.source)) return false;
    if (!other_encoding(candidate.head).empty()) return true;
    return is_text(candidate.head) && !is_json(candidate.head);
}

bool takes_log(const Candidate& candidate) {
    return is_log(candidate) && has_stamp(candidate.head);
}
bool takes_plain(const Candidate& candidate) {
    return is_log(candidate) && !has_stamp(candidate.head);
}

void extract_log(const Piece& piece, Batch& out) { read_log(piece, out, Undated::joined); }
void extract_plain(const Piece& piece, Batch& out) { read_log(piece, out, Undated::single); }

Split split_dated(std::string_view window, std::string_view state) {
    return split_log(window, state, Undated::joined);
}
Split split_plain(std::string_view window, std::string_view state) {
    return split_log(window, state, Undated::single);
}

}  // namespace

extern constinit const Extractor log_text_extractor{.name = "log_text",
                                                    .version = 1,
                                                    .family = "log",
                                                    .cut = Cut::stream,
                                                    .takes = takes_log,
                                                    .extract = extract_log,
                                                    .split = split_dated,
                                                    .main_table = Event::table};

// Two extractors, because free text has no time but its file's: when stamps turn up in such a log,
// the other one answers for it and it is read again from its start.
extern constinit const Extractor log_plain_extractor{.name = "log_plain",
                                                     .version = 1,
                                                     .family = "log",
                                                     .cut = Cut::stream,
                                                     .takes = takes_plain,
                                                     .extract = extract_plain,
                                                     .split = split_plain,
                                                     .main_table = Event::table};

}  // namespace ingot
