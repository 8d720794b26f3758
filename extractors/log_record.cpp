// SPDX-License-Identifier: MIT
#include "extractors/log_record.hpp"

#include "extractors/log_words.hpp"
#include "extractors/vocabulary.hpp"
#include "pipeline/model/text.hpp"

namespace ingot {

std::string json_of(std::string_view text) {
    return is_clean_text(text) ? json_string(text) : json_string(cleaned(text));
}

void LogDetails::add(std::string_view name, std::string_view value) {
    if (!value.empty()) add_json(name, json_of(value));
}

void LogDetails::add_json(std::string_view name, std::string_view value) {
    if (!members_.empty()) members_ += ',';
    members_.append(json_string(name)).append(":").append(value);
}

std::string LogDetails::object() const {
    return members_.empty() ? std::string() : "{" + members_ + "}";
}

LogRecord LogRecord::of_level(std::string_view level, std::string_view logger,
                              std::string_view message) {
    LogRecord record{.logger = logger, .message = message};
    if (const std::string_view severity = severity_of(level); !severity.empty())
        record.severity = severity;
    if (!log_words::is_usual_level(level)) record.details.add("level", level);
    record.has_level = true;
    return record;
}

LogRecord LogRecord::of_state(std::string_view agent, std::string_view state,
                              std::string_view message) {
    LogRecord record{
        .event_type = log_words::event_type_of(state), .agent = agent, .message = message};
    if (const std::string_view severity = severity_of(state); !severity.empty())
        record.severity = severity;
    return record;
}

}  // namespace ingot
