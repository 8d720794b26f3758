// SPDX-License-Identifier: MIT
#include "extractors/log_layout.hpp"

#include "extractors/binary.hpp"
#include "extractors/encoding.hpp"
#include "extractors/event_record.hpp"
#include "extractors/json_scan.hpp"
#include "extractors/json_walk.hpp"
#include "extractors/log_stamp.hpp"
#include "extractors/peek.hpp"
#include "pipeline/model/json_text.hpp"
#include "pipeline/model/text.hpp"

#include <algorithm>
#include <vector>

namespace ingot {
namespace {

constexpr std::size_t npos = std::string_view::npos;
constexpr std::size_t kSample = 32;  ///< Lines that are looked at.
constexpr std::size_t kEvents = 5;   ///< Records that must be events where none are expected.

/// In a folder of logs, or called .log, .log.1, .log.bak.
bool is_place_of_logs(const Source& source) {
    if (source.below("logs") || source.below("logs_backup")) return true;
    const std::string_view name = source.file_name();
    const std::size_t at = lower(name).rfind(".log");
    return at != npos &&
           (at + 4 == name.size() || std::string_view(".-_").find(name[at + 4]) != npos);
}

/// Folders whose JSON is something else, however much like events it looks. Of most of them only the
/// documents: a file of JSON lines there is a log that somebody keeps beside them.
bool is_place_of_other_json(const Source& source, bool is_lines_file) {
    if (source.below("context") || (!is_lines_file && source.folder() == "agents")) return true;
    for (const std::string_view folder : {"todos", "tasks", "inboxes", "config", "memory",
                                          "memory_snapshots", "snapshots", "checkpoints"})
        if (!is_lines_file && source.below(folder)) return true;
    return false;
}

/// The head without BOM, NULs, blank lines and conflict marks in front.
std::string_view content_of(std::string_view head) {
    if (head.starts_with("\xEF\xBB\xBF")) head.remove_prefix(3);
    while (!head.empty()) {
        head.remove_prefix(nul_length(head));
        const std::size_t feed = head.find('\n');
        const std::string_view line = trimmed(head.substr(0, feed));
        if (!line.empty() && !is_conflict_marker(line)) break;
        head = feed == npos ? std::string_view{} : head.substr(feed + 1);
    }
    return head;
}

/// Lines of the head that have an end, without blank ones and conflict marks. A line that is all
/// there is needs none.
std::vector<std::string_view> sample_of(std::string_view head, bool is_all) {
    std::vector<std::string_view> lines;
    while (!head.empty() && lines.size() < kSample) {
        const std::size_t feed = head.find('\n');
        if (feed == npos && !(is_all && lines.empty())) break;
        const std::string_view line = trimmed(head.substr(0, feed));
        if (!line.empty() && !is_conflict_marker(line)) lines.push_back(line);
        head = feed == npos ? std::string_view{} : head.substr(feed + 1);
    }
    return lines;
}

bool is_object_line(std::string_view line) { return line.starts_with('{') && json::is_valid(line); }

/// Whether more of the text is JSON documents than something else.
bool is_mostly_documents(std::string_view text) {
    std::size_t good = 1;
    std::size_t bad = 0;
    JsonWalk walk(text, {});
    for (StreamItem item = walk.next(); item.kind != StreamItem::Kind::end; item = walk.next()) {
        if (item.kind == StreamItem::Kind::broken) bad += item.end - item.begin;
        if (item.kind == StreamItem::Kind::record) good += item.end - item.begin;
    }
    return good > bad;
}

/// The first character behind the bracket that the content begins with.
char first_inside(std::string_view content) {
    const std::size_t next = content.empty() ? npos : content.find_first_not_of(" \t\r\n", 1);
    return next == npos ? '\0' : content[next];
}

/// Layout of JSON content that is for the most part whole, whatever it says.
LogLayout layout_of(std::string_view content, bool is_all) {
    const std::vector<std::string_view> lines = sample_of(content, is_all);
    const auto objects = static_cast<std::size_t>(std::ranges::count_if(lines, is_object_line));
    if (objects * 2 > lines.size()) return LogLayout::lines;
    const char inside = first_inside(content);
    if (content.starts_with('{') && (inside == '"' || inside == '}')) {
        if (lines.empty() && !is_all) return LogLayout::lines;  // longer than the head
        return is_mostly_documents(content) ? LogLayout::stream : LogLayout::none;
    }
    if (!content.starts_with('[')) return LogLayout::none;
    const bool is_array = inside == '{' || (is_all && json::is_valid(trimmed(content)));
    return is_array ? LogLayout::stream : LogLayout::none;
}

/// What the lines of a log look like from their first characters, whole or broken.
struct LineStarts {
    std::size_t records = 0;  ///< A JSON object that has members in its first line, at the margin.
    std::size_t parts = 0;    ///< Some line of a JSON document over several lines.
    std::size_t others = 0;
};

/// `text` is the line without blanks around it.
bool is_part_of_document(std::string_view line, std::string_view text) {
    const bool is_indented = line[0] != '{' && text.starts_with("{\"");
    return is_indented || text == "{" || text == "[" ||
           std::string_view("\"}]").find(text[0]) != npos;
}

/// `garbage {"a": 1}`, where the name says that lines are records.
bool ends_in_record(std::string_view text) {
    return text.ends_with('}') && text.find("{\"") != npos && !read_stamp(text);
}

LineStarts starts_of(std::string_view content, bool is_lines_file) {
    LineStarts starts;
    for (std::size_t seen = 0; !content.empty() && seen < kSample;) {
        const std::size_t feed = content.find('\n');
        const std::string_view line = content.substr(0, feed);
        const std::string_view text = trimmed(line);
        content = feed == npos ? std::string_view{} : content.substr(feed + 1);
        if (text.empty() || is_conflict_marker(text)) continue;
        ++seen;
        if (line.starts_with("{\"") || line.starts_with("{}"))
            ++starts.records;
        else if (is_part_of_document(line, text))
            ++starts.parts;
        else
            ++(is_lines_file && ends_in_record(text) ? starts.records : starts.others);
    }
    return starts;
}

/// Whether the content is an array; a text log may begin with a bracket, too: `["INFO"] …`, `[2] …`.
bool opens_array(std::string_view content) {
    if (!content.starts_with('[')) return false;
    JsonWalk walk(content, {});
    const StreamItem first = walk.next();
    if (first.kind != StreamItem::Kind::record) return false;
    const std::size_t next = content.find_first_not_of(" \t\r\n", first.end);
    return next != npos && content[next] == ',';
}

/// Layout of a file that its path calls a log, most of whose records may be broken: what is not JSON
/// here is read as a text log. `whole` is its layout if its records are whole.
LogLayout layout_in_place(std::string_view content, LogLayout whole, bool is_lines_file) {
    if (whole == LogLayout::lines || content.starts_with('['))
        return whole == LogLayout::none && opens_array(content) ? LogLayout::stream : whole;
    const LineStarts starts = starts_of(content, is_lines_file);
    const bool is_text = starts.others > starts.records + starts.parts;
    if (!is_text && starts.records > starts.parts) return LogLayout::lines;
    if (is_text || whole != LogLayout::none || !content.starts_with('{')) return whole;
    return std::string_view("\"}\0", 3).find(first_inside(content)) != npos ? LogLayout::stream
                                                                            : LogLayout::none;
}

/// Layout of a log whose head is a gap of NULs: only the name tells.
LogLayout layout_behind_gap(const Source& source, bool is_lines_file) {
    if (is_lines_file) return LogLayout::lines;
    return source.ends_with(".json") ? LogLayout::stream : LogLayout::none;
}

/// Whether all records at hand are events; a document that stands alone must name its event, since
/// states and snapshots have times and messages too.
bool is_evidently_events(std::string_view content, bool is_array) {
    const std::vector<std::string_view> records = first_records(content, kEvents);
    const auto is_event = [](std::string_view record) {
        return is_object_where(record, looks_like_event);
    };
    if (records.empty() || !std::ranges::all_of(records, is_event)) return false;
    return records.size() > 1 || is_array || is_object_where(records[0], names_its_event);
}

}  // namespace

LogLayout log_layout(const Candidate& candidate) {
    const Source& source = candidate.source;
    const bool is_lines_file = source.ends_with(".jsonl") || source.ends_with(".ndjson");
    const bool in_place = is_place_of_logs(source);
    if (!in_place && !is_lines_file && !source.ends_with(".json")) return LogLayout::none;
    if (!in_place && is_place_of_other_json(source, is_lines_file)) return LogLayout::none;
    const bool is_all = source.size <= static_cast<std::int64_t>(candidate.head.size());
    if (in_place && is_all_nul(candidate.head)) return layout_behind_gap(source, is_lines_file);
    if (is_binary(candidate.head) || !utf16_name(candidate.head).empty()) return LogLayout::none;
    const std::string_view content = content_of(candidate.head);
    const LogLayout layout = layout_of(content, is_all);
    if (in_place) return layout_in_place(content, layout, is_lines_file);
    if (layout == LogLayout::none) return layout;
    const bool is_events = is_evidently_events(content, is_lines_file || content.starts_with('['));
    return is_events ? layout : LogLayout::none;
}

}  // namespace ingot
