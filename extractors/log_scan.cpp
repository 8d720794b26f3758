// SPDX-License-Identifier: MIT
#include "extractors/log_scan.hpp"

#include "extractors/binary.hpp"

#include <utility>

namespace ingot {
namespace {

constexpr std::size_t npos = std::string_view::npos;
constexpr std::string_view kBar = " | ";

/// Where a second record starts that was written behind the first without a line feed; npos: nowhere.
/// Only logs in columns are known to do that, and only there it shows.
std::size_t glued_record(std::string_view line) {
    constexpr std::size_t seconds = 19;       // 2025-07-16 19:41:49
    constexpr std::size_t milliseconds = 23;  // 2025-07-16 19:41:49,123
    for (std::size_t bar = line.find(kBar); bar != npos; bar = line.find(kBar, bar + 1)) {
        if (line.find(kBar, bar + 1) == npos) return npos;
        for (const std::size_t length : {seconds, milliseconds}) {
            if (bar <= length || !looks_dated(line.substr(bar - length))) continue;
            const auto stamp = read_stamp(line.substr(bar - length));
            if (stamp && stamp->length == length) return bar - length;
        }
    }
    return npos;
}

}  // namespace

LogLine::Kind LogScanner::kind_of(std::string_view line,
                                  const std::optional<LogStamp>& stamp) const {
    if (stamp) return LogLine::Kind::stamped;
    if (line.find_first_not_of(" \t\r\n") == npos) return LogLine::Kind::blank;
    if (is_conflict_marker(line, state_)) return LogLine::Kind::marker;
    if (in_columns_ && line[0] == '#') return LogLine::Kind::comment;
    if (undated_ == Undated::single && !state_.stamped) return LogLine::Kind::single;
    return LogLine::Kind::more;
}

std::optional<LogLine> LogScanner::next() {
    if (at_ == text_.size()) return {};
    if (at_ == line_end_) {
        const std::size_t feed = text_.find('\n', at_);
        line_end_ = feed == npos ? text_.size() : feed + 1;
        // A writer that goes on behind the place where its file was cut off leaves a gap of NULs.
        if (const std::size_t gap = nul_length(text_.substr(at_, line_end_ - at_)); gap > 0) {
            const std::size_t begin = std::exchange(at_, at_ + gap);
            return LogLine{.begin = begin, .end = at_, .is_complete = at_ < line_end_};
        }
    }
    LogLine line{.begin = at_, .end = line_end_, .is_complete = text_[line_end_ - 1] == '\n'};
    const std::string_view text = text_.substr(at_, line.end - at_);
    line.stamp = read_stamp(text);
    line.kind = kind_of(text, line.stamp);
    if (line.stamp) {
        in_columns_ = text.substr(line.stamp->length).starts_with(kBar);
        state_ = state_.after(*line.stamp);
    } else if (line.kind == LogLine::Kind::marker) {
        in_columns_ = false;
        state_ = state_.after_marker(text);
    }
    if (in_columns_)
        if (const std::size_t glued = glued_record(text); glued != npos) line.end = at_ + glued;
    at_ = line.end;
    return line;
}

}  // namespace ingot
