// SPDX-License-Identifier: MIT
#include "extractors/event_record.hpp"

#include "extractors/fields.hpp"
#include "extractors/json_keys.hpp"
#include "extractors/vocabulary.hpp"
#include "pipeline/model/json_text.hpp"
#include "pipeline/tables/event.hpp"

namespace ingot {
namespace {

constexpr json::KeySet kKeys(std::to_array<std::string_view>(
    {// 0: when
     "timestamp", "ts", "time", "created_at", "@timestamp",
     // 5: how grave
     "level", "severity", "levelname", "log_level",
     // 9: who logs
     "logger", "logger_name",
     // 11: in words
     "message", "msg", "text", "summary",
     // 15: what
     "event_type", "event", "type", "hook_event_name", "operation",
     // 20: for whom
     "agent_id", "agent", "agentId", "session_id", "sessionId", "session",
     // 26: together with what
     "correlation_id", "correlationId", "trace_id", "traceId", "request_id",
     // 31: a hook was called
     "transcript_path", "tool_name",
     // 33: somebody speaks
     "role", "from",
     // 35: what a hook was given
     "data", "input_data"}));
using Fields = json::Members<37>;

/// Neighbours among the keys that mean the same; the first that is there counts.
struct Keys {
    std::size_t first;
    std::size_t end;
};
constexpr Keys kWhen{0, 5};
constexpr Keys kGravity{5, 9};
constexpr Keys kLogger{9, 11};
constexpr Keys kWords{11, 15};
constexpr Keys kWhat{15, 20};
constexpr Keys kAgent{20, 23};
constexpr Keys kSession{23, 26};
constexpr Keys kCorrelation{26, 31};
constexpr Keys kHook{31, 33};
constexpr Keys kSpeaker{33, 35};
constexpr Keys kGiven{35, 37};

bool has(const Fields& fields, Keys keys) {
    for (std::size_t i = keys.first; i < keys.end; ++i)
        if (fields.value(i)) return true;
    return false;
}

OptionalText first(const Fields& fields, Keys keys, Batch& out) {
    for (std::size_t i = keys.first; i < keys.end; ++i)
        if (const auto value = fields.value(i))
            if (const OptionalText text = json::scalar_of(*value, out)) return text;
    return {};
}

/// Most times are texts, which need no look into the record's bytes.
json::RecordTime time(const Fields& fields, std::string_view text, const Zone& zone, Batch& out) {
    for (std::size_t i = kWhen.first; i < kWhen.end; ++i) {
        const auto value = fields.value(i);
        if (value && value->is_string() && json::scalar_of(*value, out))
            return json::time_of(*value, {}, zone, out);
        if (!fields.has(i) || (value && value->is_string())) continue;
        const std::string_view written = json_text::member(text, kKeys[i]);
        if (value) return json::time_of(*value, written, zone, out);
        // A number that no type can hold reads as null.
        if (!written.empty() && written != "null") return {{}, out.keep(written)};
    }
    return {};
}

/// A wrapper around a hook's input leaves the session inside.
OptionalText session(const Fields& fields, Batch& out) {
    if (const OptionalText own = first(fields, kSession, out)) return own;
    for (std::size_t i = kGiven.first; i < kGiven.end; ++i)
        if (const auto given = fields.get_if<json::Object>(i))
            if (const OptionalText id =
                    json::first_scalar(*given, {"session_id", "sessionId"}, out))
                return id;
    return {};
}

std::string_view severity(const Fields& fields) {
    for (std::size_t i = kGravity.first; i < kGravity.end; ++i) {
        std::string_view severity;
        if (const auto word = fields.get_if<std::string_view>(i)) severity = severity_of(*word);
        if (const auto level = fields.get_if<double>(i)) severity = severity_of_level(*level);
        if (!severity.empty()) return severity;
    }
    return "info";
}

/// What happened; hooks that do not say it write to a file of that name.
std::string_view event_type(const Fields& fields, Batch& out) {
    if (const OptionalText type = first(fields, kWhat, out)) return *type;
    return has(fields, kHook) ? out.source().stem() : "log";
}

/// A value that is no object says nothing but itself.
void add_bare_value(const json::Document& record, std::int64_t offset, Batch& out) {
    std::string_view text;
    const bool is_text = !record.root().get(text);
    out.add(offset, Event{.agent_id = {},
                          .session_id = {},
                          .event_type = "log",
                          .severity = "info",
                          .logger = {},
                          .message = is_text ? text : "",
                          .details = Json{record.text()},
                          .timestamp = {},
                          .timestamp_raw = {},
                          .timestamp_source = "record",
                          .correlation_id = {}});
}

}  // namespace

bool looks_like_event(json::Object object) {
    const Fields fields(object, kKeys);
    if (!has(fields, kWhen) || has(fields, kSpeaker)) return false;
    for (std::size_t i = kGravity.first; i < kGravity.end; ++i)
        if (fields.value(i)) return true;
    for (const std::string_view key : {"message", "msg", "event", "event_type", "hook_event_name"})
        if (fields.get_if<std::string_view>(kKeys.find(key))) return true;
    return false;
}

bool names_its_event(json::Object object) {
    const Fields fields(object, kKeys);
    for (const std::string_view key : {"event", "event_type", "hook_event_name"})
        if (fields.get_if<std::string_view>(kKeys.find(key))) return true;
    return false;
}

void add_event(const json::Document& record, std::int64_t offset, const Piece& piece, Batch& out) {
    if (!record.is_object()) return add_bare_value(record, offset, out);
    const Fields fields(record.object(), kKeys);
    const json::RecordTime when = time(fields, record.text(), piece.settings.zone, out);
    // The record is the only source of its time: when it has none, no neighbour is asked, so that
    // records without a time stay what they are wherever a file is cut.
    out.add(offset, Event{.agent_id = first(fields, kAgent, out),
                          .session_id = session(fields, out),
                          .event_type = event_type(fields, out),
                          .severity = severity(fields),
                          .logger = first(fields, kLogger, out),
                          .message = first(fields, kWords, out).value_or(""),
                          .details = Json{record.text()},
                          .timestamp = when.utc,
                          .timestamp_raw = when.raw,
                          .timestamp_source = "record",
                          .correlation_id = first(fields, kCorrelation, out)});
}

void add_conflict_marker(std::string_view line, std::int64_t offset, Batch& out) {
    out.add(offset, Event{.agent_id = {},
                          .session_id = {},
                          .event_type = "conflict_marker",
                          .severity = "warning",
                          .logger = {},
                          .message = line,
                          .details = {},
                          .timestamp = {},
                          .timestamp_raw = {},
                          .timestamp_source = "record",
                          .correlation_id = {}});
}

}  // namespace ingot
