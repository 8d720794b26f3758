// SPDX-License-Identifier: MIT
#include "extractors/log_format.hpp"

#include "extractors/log_columns.hpp"
#include "extractors/log_words.hpp"
#include "extractors/vocabulary.hpp"
#include "pipeline/model/text.hpp"

#include <array>
#include <optional>

namespace ingot {
namespace {

using namespace log_words;

constexpr std::size_t npos = std::string_view::npos;
constexpr std::string_view kDash = " - ";
constexpr std::string_view kBar = " | ";

/// Levels in brackets may be written in any way.
bool is_any_level(std::string_view word) { return !severity_of(word).empty(); }

/// The text from the part's first character to its own end.
std::string_view from(std::string_view text, std::string_view part) {
    return text.substr(static_cast<std::size_t>(part.data() - text.data()));
}

// The formats. `body` starts right behind the stamp.

/// `time LEVEL    logger    [corr=…, task=…, agent=…]    message` and `time LEVEL message`
std::optional<LogRecord> level_first(const LogStamp&, std::string_view body) {
    std::string_view text = unindented(body);
    text.remove_prefix(noise_length(text));
    const std::string_view level = text.substr(0, text.find_first_of(" \t\n:]\x1b"));
    if (!is_level(level)) return {};
    if (auto record = read_columns(level, text)) return record;
    text.remove_prefix(level.size());
    text.remove_prefix(noise_length(text));
    if (text.starts_with(':') || text.starts_with(']')) text.remove_prefix(1);
    return LogRecord::of_level(level, {}, unindented(text));
}

/// `time - level - message`, `time - logger - level - message`, `time - message`
std::optional<LogRecord> dashes(const LogStamp&, std::string_view body) {
    if (!body.starts_with(kDash)) return {};
    const std::string_view text = body.substr(kDash.size());
    const auto parts = split(first_line(text), kDash, 3);
    const std::string_view one = trimmed(parts[0]);
    if (parts.size() > 1 && is_level(one))
        return LogRecord::of_level(one, {}, from(text, parts[1]));
    if (parts.size() > 2 && is_name(one) && is_level(trimmed(parts[1])))
        return LogRecord::of_level(trimmed(parts[1]), one, from(text, parts[2]));
    return LogRecord{.message = text};
}

/// `[01:32:20] [agent] [STATE] message`
std::optional<LogRecord> agent_and_state(const LogStamp& stamp, std::string_view body) {
    const auto agent = read_tag(unindented(body));
    const auto state = agent ? read_tag(agent->rest) : std::nullopt;
    if (stamp.has_date || !state || !is_state(state->word) || is_level(state->word)) return {};
    return LogRecord::of_state(agent->word, state->word, state->rest);
}

/// Python's `time [level] logger: message` has neither fraction nor zone nor brackets around the time.
std::optional<LogRecord> logger_with_colon(const LogStamp& stamp, const Tag& level) {
    constexpr std::size_t to_the_second = 19;
    if (stamp.raw.size() != to_the_second || stamp.length != to_the_second) return {};
    const auto parts = split(first_line(level.rest), ": ", 2);
    if (parts.size() < 2 || !is_name(parts[0])) return {};
    return LogRecord::of_level(level.word, parts[0], from(level.rest, parts[1]));
}

/// `time [level] message`, `time [logger] [level] message`, `time [logger] message`
std::optional<LogRecord> brackets(const LogStamp& stamp, std::string_view body) {
    const auto one = read_tag(unindented(body));
    if (!one) return {};
    if (is_any_level(one->word)) {
        if (auto record = logger_with_colon(stamp, *one)) return record;
        return LogRecord::of_level(one->word, {}, one->rest);
    }
    const auto two = read_tag(one->rest);
    if (two && is_any_level(two->word)) return LogRecord::of_level(two->word, one->word, two->rest);
    return LogRecord{.logger = one->word, .message = one->rest};
}

/// `time | level | logger - message` and `time | level | logger | message`
std::optional<LogRecord> bars_with_level(const LogStamp&, std::string_view body) {
    if (!body.starts_with(kBar)) return {};
    const std::string_view text = body.substr(kBar.size());
    const auto columns = split(first_line(text), kBar, 2);
    const std::string_view level = trimmed(columns[0]);
    if (columns.size() < 2 || !is_level(level)) return {};
    const std::string_view rest = from(text, columns[1]);
    for (const std::string_view separator : {kBar, kDash}) {
        const auto parts = split(first_line(rest), separator, 2);
        if (parts.size() == 2 && is_name(trimmed(parts[0])))
            return LogRecord::of_level(level, trimmed(parts[0]), from(rest, parts[1]));
    }
    return LogRecord::of_level(level, {}, rest);
}

/// `time | agent | STATUS | task | result`
std::optional<LogRecord> progress(const LogStamp&, std::string_view body) {
    const auto columns = split(body, kBar, 5);
    if (columns.size() < 3 || !columns[0].empty() || !is_state(trimmed(columns[2]))) return {};
    const std::string_view message =
        columns.size() > 3 ? from(body, columns[3]) : std::string_view{};
    LogRecord record = LogRecord::of_state(trimmed(columns[1]), trimmed(columns[2]), message);
    if (columns.size() > 3) record.details.add("task", trimmed(columns[3]));
    if (columns.size() > 4) record.details.add("result", trimmed(columns[4]));
    return record;
}

/// `time|a|b` and `time,a,b`: a table without a header.
std::optional<LogRecord> table_row(const LogStamp&, std::string_view body) {
    if (body.empty() || std::string_view("|,;\t").find(body[0]) == npos) return {};
    const std::string_view row = body.substr(1);
    if (row.starts_with(' ')) return {};  // a sentence goes on behind its comma
    LogRecord record{.message = row};
    std::string fields = "[";
    for (const std::string& field : fields_of(row, body[0]))
        fields += (fields.size() > 1 ? "," : "") + json_of(field);
    record.details.add_json("fields", fields + "]");
    return record;
}

/// Whatever else stands behind a stamp.
std::optional<LogRecord> free_text(const LogStamp&, std::string_view body) {
    if (body.starts_with(':') || body.starts_with(',')) body.remove_prefix(1);
    return LogRecord{.message = unindented(body)};
}

/// Every format that is known; the first that fits reads the record. A new one is a function above
/// and a line here.
constexpr auto kFormats =
    std::to_array<std::optional<LogRecord> (*)(const LogStamp&, std::string_view)>(
        {level_first, dashes, agent_and_state, brackets, bars_with_level, progress, table_row,
         free_text});

LogRecord first_that_fits(const LogStamp& stamp, std::string_view body) {
    for (const auto format : kFormats)
        if (auto record = format(stamp, body)) return *std::move(record);
    return {};
}

}  // namespace

RecordLayout record_layout(const LogStamp& stamp, std::string_view body) {
    using Shows = RecordLayout::Shows;
    body.remove_prefix(noise_length(body));
    for (const auto format : kFormats) {
        const auto record = format(stamp, body);
        if (!record) continue;
        const Shows shows = format == level_first || format == dashes || format == brackets
                                ? Shows::much
                            : format == free_text ? Shows::stamp
                                                  : Shows::nothing;
        return {shows, format, record->has_level, !record->logger.empty()};
    }
    return {};
}

LogRecord read_log_record(const LogStamp& stamp, std::string_view body) {
    body.remove_prefix(noise_length(body));
    LogRecord record = first_that_fits(stamp, body);
    if (stamp.tag.empty()) return record;
    if (const std::string_view severity = severity_of(stamp.tag); !severity.empty())
        record.severity = severity;
    if (!is_usual_level(stamp.tag)) record.event_type = event_type_of(stamp.tag);
    return record;
}

LogRecord read_undated_line(std::string_view line) {
    const std::string_view text = line.substr(noise_length(line));
    if (const auto tag = read_tag(text); tag && is_any_level(tag->word))
        return LogRecord::of_level(tag->word, {}, tag->rest);
    const auto parts = split(text, ":", 2);
    if (parts.size() < 2 || !is_level(parts[0])) return LogRecord{.message = line};
    const auto named = split(parts[1], ":", 2);
    if (named.size() == 2 && is_name(named[0]))
        return LogRecord::of_level(parts[0], named[0], named[1]);
    return LogRecord::of_level(parts[0], {}, unindented(parts[1]));
}

}  // namespace ingot
