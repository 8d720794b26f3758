// SPDX-License-Identifier: MIT
#pragma once

#include "pipeline/model/time.hpp"

#include <optional>
#include <string_view>

namespace ingot {

/// A time as a log wrote it: UTC when it wrote a zone, else local.
struct LogTime {
    Timestamp time;
    bool has_zone = false;

    Timestamp utc(const Zone& zone) const { return has_zone ? time : zone.to_utc(time); }
};

/// Characters that have the form of a time.
struct WrittenLogTime {
    std::optional<LogTime> time;  ///< None: there is no such date.
    std::string_view raw;
};

/// `2025-07-16 19:41` or with a `T`, as far as characters go.
bool looks_dated(std::string_view text);

// Each reads at the start of the text. They do not know the settings' zone, so that what they find
// depends on the text alone.

/// Date and clock in the forms of ISO 8601, also with a zone that stands apart: `… +0300`, `… UTC`.
std::optional<WrittenLogTime> read_iso_time(std::string_view text);

/// `2025-07-16`, a midnight.
std::optional<WrittenLogTime> read_day(std::string_view text);

/// `01:32:20` with or without a fraction: the time since midnight.
std::optional<WrittenLogTime> read_clock(std::string_view text);

/// What `date`, `ctime` and locales write: `Thu Sep  4 11:28:38 EEST 2025`, `Thu, Sep  4, 2025 …`.
std::optional<WrittenLogTime> read_locale_time(std::string_view text);

/// The same for a text that holds nothing else.
std::optional<WrittenLogTime> parse_locale_time(std::string_view text);

}  // namespace ingot
