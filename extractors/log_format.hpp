// SPDX-License-Identifier: MIT
#pragma once

#include "extractors/log_record.hpp"
#include "extractors/log_stamp.hpp"

#include <optional>
#include <string_view>

namespace ingot {

/// `body` is the record's text behind the stamp, continuation lines included.
LogRecord read_log_record(const LogStamp& stamp, std::string_view body);

/// A line of a log without stamps, of which at most the level can be told: `ERROR:name:text`.
LogRecord read_undated_line(std::string_view line);

/// What the records of one log have in common.
struct RecordLayout {
    /// How well the layout tells a record in the middle of a line from other text.
    enum class Shows { nothing, stamp, much };
    Shows shows = Shows::nothing;
    std::optional<LogRecord> (*format)(const LogStamp&, std::string_view) = nullptr;
    bool has_level = false;
    bool has_logger = false;
    bool operator==(const RecordLayout&) const = default;
};

/// Of the record whose text behind the stamp is `body`.
RecordLayout record_layout(const LogStamp& stamp, std::string_view body);

}  // namespace ingot
