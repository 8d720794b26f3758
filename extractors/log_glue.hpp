// SPDX-License-Identifier: MIT
#pragma once

#include "extractors/log_stamp.hpp"

namespace ingot {

/// Where in a line of columns (`time | agent | STATUS | task | result`) a second record starts that
/// was written behind the first without a line feed; npos: nowhere. A time and a bar behind it show it.
std::size_t glued_columns(std::string_view line);

/// The same in a line that starts with `stamp`, of the formats with a level, a logger or a stamp in
/// brackets. What starts there must be of the very same layout: form of the stamp, level and logger
/// or none; and the text in front must run into it, for a message may quote another record.
std::size_t glued_record(std::string_view line, const LogStamp& stamp);

}  // namespace ingot
