// SPDX-License-Identifier: MIT
#pragma once

#include "extractors/log_stamp.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace ingot {

/// What the lines of a log hand on to those below them.
struct LogState {
    std::optional<LogTime> last;  ///< Of the last stamped line that had a time.
    int open_conflicts = 0;       ///< `<<<<<<<` lines whose `>>>>>>>` has not come.
    bool stamped = false;         ///< A stamped line has come. Not in text(): an anchor tells it.

    /// The time that a stamp means; a time of day takes its date from above. nullopt: unknown.
    std::optional<LogTime> time_of(const LogStamp& stamp) const;
    /// The state below a stamped line.
    LogState after(const LogStamp& stamp) const;
    /// The state below any other line: only conflict markers of git change it.
    LogState after_marker(std::string_view line) const;

    /// For Split and Resume, which both go on at an anchor; empty before the first line.
    std::string text() const;
    /// The inverse; the state before the first line for anything else.
    static LogState from(std::string_view text);
};

/// One of the lines that git writes around a conflict: `<<<<<<< HEAD`, `||||||| base`, `=======`,
/// `>>>>>>> branch`. A line of seven `=` may underline a title, so it needs an open conflict.
bool is_conflict_marker(std::string_view line, const LogState& state);

}  // namespace ingot
