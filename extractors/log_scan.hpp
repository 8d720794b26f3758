// SPDX-License-Identifier: MIT
#pragma once

#include "extractors/log_state.hpp"

#include <cstddef>
#include <optional>
#include <string_view>

namespace ingot {

/// How lines are read that come before the first stamp of a log.
enum class Undated {
    joined,  ///< Together they are one record.
    single,  ///< Each is a record of its own: the log has no stamps.
};

/// One line, or the part of one that a record glued to its end leaves.
struct LogLine {
    enum class Kind { blank, more, stamped, marker, comment, single };

    Kind kind = Kind::blank;
    std::size_t begin = 0;
    std::size_t end = 0;       ///< Behind the line feed, if there is one.
    bool is_complete = false;  ///< It ends in a line feed: what it is will not change.
    std::optional<LogStamp> stamp = {};

    /// A record starts here whatever stands above, so that reading may begin here.
    bool is_anchor() const {
        return is_complete && (kind == Kind::stamped || kind == Kind::single);
    }
};

/// Tells the lines of a log apart, one after the other.
class LogScanner {
public:
    LogScanner(std::string_view text, const LogState& state, Undated undated)
        : text_(text), state_(state), undated_(undated) {}

    /// nullopt at the end of the text.
    std::optional<LogLine> next();
    /// What the lines above the next one hand on.
    const LogState& state() const { return state_; }

private:
    LogLine::Kind kind_of(std::string_view line, const std::optional<LogStamp>& stamp) const;

    std::string_view text_;
    LogState state_;
    Undated undated_;
    std::size_t at_ = 0;
    std::size_t line_end_ = 0;  ///< Of the line that at_ is in.
    bool in_columns_ = false;   ///< The record is one of `time | agent | STATUS | task | result`.
};

}  // namespace ingot
