// SPDX-License-Identifier: MIT
#include "extractors/binary.hpp"
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

bool has_stamp(std::string_view head) {
    LogScanner scanner(head, {}, Undated::joined);
    while (const auto line = scanner.next())
        if (line->stamp) return true;
    return false;
}

bool is_log(const Candidate& candidate) {
    if (!is_log_path(candidate.source)) return false;
    if (is_all_nul(candidate.head)) return true;  // what follows them is a log
    return !is_binary(candidate.head);
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
                                                    .version = 2,
                                                    .family = "log",
                                                    .cut = Cut::stream,
                                                    .takes = takes_log,
                                                    .extract = extract_log,
                                                    .split = split_dated,
                                                    .main_table = Event::table};

// Two extractors, because free text has no time but its file's: when stamps turn up in such a log,
// the other one answers for it and it is read again from its start.
extern constinit const Extractor log_plain_extractor{.name = "log_plain",
                                                     .version = 2,
                                                     .family = "log",
                                                     .cut = Cut::stream,
                                                     .takes = takes_plain,
                                                     .extract = extract_plain,
                                                     .split = split_plain,
                                                     .main_table = Event::table};

}  // namespace ingot
