// SPDX-License-Identifier: MIT
#include "extractors/log_state.hpp"

#include <algorithm>
#include <charconv>

namespace ingot {
namespace {

constexpr std::int64_t kHour = 3'600'000'000;
constexpr std::int64_t kDay = 24 * kHour;

/// Seven of the sign and a blank with a name, or nothing behind them.
bool is_marker(std::string_view line, char sign) {
    line = line.substr(0, line.find_last_not_of("\r\n") + 1);
    return line.size() >= 7 && line.find_first_not_of(sign) >= 7 &&
           (line.size() == 7 || line[7] == ' ');
}

}  // namespace

std::optional<LogTime> LogState::time_of(const LogStamp& stamp) const {
    if (stamp.has_date || !stamp.time) return stamp.time;
    if (!last) return {};
    const std::int64_t clock = ((last->time.us % kDay) + kDay) % kDay;
    std::int64_t us = last->time.us - clock + stamp.time->time.us;
    // Lines may be an hour out of order (also when summer time ends); more means a new day.
    if (us < last->time.us - kHour) us += kDay;
    return LogTime{{us}, last->has_zone};
}

LogState LogState::after(const LogStamp& stamp) const {
    LogState next = *this;
    next.stamped = true;
    if (const auto time = time_of(stamp)) next.last = time;
    return next;
}

LogState LogState::after_marker(std::string_view line) const {
    LogState next = *this;
    if (line.starts_with('<')) ++next.open_conflicts;
    if (line.starts_with('>')) next.open_conflicts = std::max(0, open_conflicts - 1);
    return next;
}

std::string LogState::text() const {
    if (!last && open_conflicts == 0) return {};
    std::string out = std::to_string(open_conflicts);
    if (last) out += (last->has_zone ? " utc " : " local ") + std::to_string(last->time.us);
    return out;
}

LogState LogState::from(std::string_view text) {
    LogState state;
    const auto number = [&](auto& value) {
        const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
        text.remove_prefix(static_cast<std::size_t>(read.ptr - text.data()));
        return read.ec == std::errc{};
    };
    if (!number(state.open_conflicts)) return {};
    for (const std::string_view zone : {" utc ", " local "}) {
        LogTime time{.time = {}, .has_zone = zone == " utc "};
        if (!text.starts_with(zone)) continue;
        text.remove_prefix(zone.size());
        if (number(time.time.us)) state.last = time;
    }
    return state;
}

bool is_conflict_marker(std::string_view line, const LogState& state) {
    if (line.size() < 7) return false;
    switch (line[0]) {
        case '<':
        case '>': return is_marker(line, line[0]);
        case '|': return is_marker(line, '|');
        case '=':
            return state.open_conflicts > 0 && is_marker(line, '=') &&
                   line.find_first_not_of("=\r\n") == std::string_view::npos;
        default: return false;
    }
}

}  // namespace ingot
