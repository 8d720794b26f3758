// SPDX-License-Identifier: MIT
#include "extractors/log_scan.hpp"

#include "extractors/binary.hpp"
#include "extractors/log_glue.hpp"

#include <utility>

namespace ingot {
namespace {

constexpr std::size_t npos = std::string_view::npos;
constexpr std::string_view kBar = " | ";

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
    const std::size_t glued = in_columns_  ? glued_columns(text)
                              : line.stamp ? glued_record(text, *line.stamp)
                                           : npos;
    if (glued != npos) line.end = at_ + glued;
    at_ = line.end;
    return line;
}

}  // namespace ingot
