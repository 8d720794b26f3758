// SPDX-License-Identifier: MIT
#pragma once

#include "pipeline/model/value.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace ingot {

/// `2025-07-16T02:22:10.050741Z`: 27 characters, UTC, sorts as text.
std::string format_time(Timestamp time);

/// The inverse of format_time; nullopt for anything else.
std::optional<Timestamp> parse_canonical_time(std::string_view text);

/// A calendar time as written, before its zone is applied.
struct CivilTime {
    int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0;
    int microsecond = 0;
};

/// The time as if written in UTC; nullopt when the date does not exist or the year is outside
/// 1 to 9999. A leap second (60) counts as the next second.
std::optional<Timestamp> from_civil(const CivilTime& civil);
CivilTime to_civil(Timestamp time);

/// Turns local times of one named zone into UTC.
class Zone {
public:
    /// An IANA name ("Europe/Bucharest"), "UTC", or a fixed offset ("+03:00").
    /// Throws std::invalid_argument for an unknown one.
    explicit Zone(std::string_view name = "UTC");
    /// A local time that occurs twice is the first one; one that does not occur moves forward.
    Timestamp to_utc(Timestamp local) const;

private:
    std::string name_;  ///< Empty: fixed offset.
    std::int64_t offset_us_ = 0;
};

/// A time as a source wrote it.
struct WrittenTime {
    Timestamp utc;
    bool has_zone = false;   ///< False: `zone` was applied.
    std::size_t length = 0;  ///< Characters that belong to it.
};

/// Reads a time at the start of the text: ISO 8601 with `T` or blank, fraction after `.` or `,`
/// (digits after the sixth are cut), `Z`, `±hh:mm`, `±hhmm` or no zone; a date alone is midnight.
/// What follows is not looked at. nullopt when there is none.
std::optional<WrittenTime> read_time(std::string_view text, const Zone& zone);

/// The whole text must be one time in a form of read_time, or `Thu, Sep  4, 2025 11:28:38 AM`, or
/// ctime's `Thu Sep  4 11:28:38 2025`.
std::optional<WrittenTime> parse_time(std::string_view text, const Zone& zone);

/// Seconds, milliseconds or microseconds since 1970, told apart by magnitude (below 1e11: seconds,
/// below 1e14: milliseconds). nullopt outside the years 1 to 9999.
std::optional<Timestamp> from_epoch(double value);

}  // namespace ingot
