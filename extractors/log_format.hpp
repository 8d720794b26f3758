// SPDX-License-Identifier: MIT
#pragma once

#include "extractors/log_record.hpp"
#include "extractors/log_stamp.hpp"

#include <string_view>

namespace ingot {

/// `body` is the record's text behind the stamp, continuation lines included.
LogRecord read_log_record(const LogStamp& stamp, std::string_view body);

/// A line of a log without stamps, of which at most the level can be told: `ERROR:name:text`.
LogRecord read_undated_line(std::string_view line);

}  // namespace ingot
