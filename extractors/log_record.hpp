// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace ingot {

/// The text as a JSON string that every database takes, whatever its bytes are.
std::string json_of(std::string_view text);

/// Further pieces of a record, as a JSON object.
class LogDetails {
public:
    /// An empty value says nothing and is left out.
    void add(std::string_view name, std::string_view value);
    /// `value` is JSON.
    void add_json(std::string_view name, std::string_view value);
    /// Empty when there are none.
    std::string object() const;

private:
    std::string members_;
};

/// A record as its format reads it; what the format does not tell stays as it is here. Views point
/// into the record's text.
struct LogRecord {
    std::string event_type = "log";
    std::string_view severity = "info";
    std::string_view logger = {};
    std::string_view agent = {};
    std::string_view correlation = {};
    std::string_view message = {};  ///< From the first line to the end of the last.
    LogDetails details = {};
    bool has_level = false;

    /// A record with the severity of a level, which is kept as written where the severity says less.
    static LogRecord of_level(std::string_view level, std::string_view logger,
                              std::string_view message);
    /// A record of what an agent reports: COMPLETE, STUCK, ….
    static LogRecord of_state(std::string_view agent, std::string_view state,
                              std::string_view message);
};

}  // namespace ingot
