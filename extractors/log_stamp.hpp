// SPDX-License-Identifier: MIT
#pragma once

#include "extractors/log_time.hpp"

#include <cstddef>
#include <optional>
#include <string_view>

namespace ingot {

/// What marks the first line of a record.
struct LogStamp {
    std::optional<LogTime> time;  ///< None: there is no such date.
    std::string_view raw;         ///< As written, without brackets.
    std::size_t length = 0;       ///< Characters of the line up to the text behind the stamp.
    std::string_view tag = {};    ///< `PRE-BASH` of `[PRE-BASH] 2026-…`.
    bool has_date = true;         ///< False: a time since midnight, its date stands further up.
};

/// The stamp at the start of a line, behind colour codes, a BOM and NULs; nullopt: the line starts
/// no record. Depends on nothing but the line.
std::optional<LogStamp> read_stamp(std::string_view line);

/// The time that `date` or `ctime` wrote at the end of a line: `built: Thu Sep  4 11:28:38 2025`.
std::optional<LogStamp> read_closing_stamp(std::string_view line);

/// Characters of colour codes, BOM and NULs at the start of the text.
std::size_t noise_length(std::string_view text);

}  // namespace ingot
