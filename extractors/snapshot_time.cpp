// SPDX-License-Identifier: MIT
#include "extractors/snapshot_time.hpp"

#include "extractors/snapshot_object.hpp"
#include "pipeline/model/text.hpp"

#include <algorithm>
#include <array>

namespace ingot {
namespace {

constexpr std::size_t npos = std::string_view::npos;
constexpr std::size_t kHeadLines = 50;  ///< Where a text says when it was written.

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Reads digits of a name from the front; `rest` shrinks as parts of it fit.
class Digits {
public:
    explicit Digits(std::string_view text) : rest_(text) {}

    bool number(std::size_t count, int& value) {
        if (rest_.size() < count || !std::all_of(rest_.begin(), rest_.begin() + count, is_digit))
            return false;
        value = 0;
        for (const char c : rest_.substr(0, count)) value = value * 10 + (c - '0');
        rest_.remove_prefix(count);
        return true;
    }
    /// Steps over one of these characters; false when there is none.
    bool separator(std::string_view one_of) {
        const bool fits = !rest_.empty() && one_of.find(rest_.front()) != npos;
        if (fits) rest_.remove_prefix(1);
        return fits;
    }
    bool at_digit() const { return !rest_.empty() && is_digit(rest_.front()); }

private:
    std::string_view rest_;
};

/// `YYYYMMDD`, `YYYY-MM-DD`, `YYYY_MM_DD`.
bool read_date(Digits& in, CivilTime& civil) {
    if (!in.number(4, civil.year) || civil.year < 1990 || civil.year > 2100) return false;
    in.separator("-_");
    if (!in.number(2, civil.month)) return false;
    in.separator("-_");
    return in.number(2, civil.day);
}

/// `HHMM`, `HHMMSS`, with or without separators, after a date.
bool read_clock(Digits& in, CivilTime& civil) {
    in.separator("-_T");
    if (!in.number(2, civil.hour)) return false;
    in.separator("-:");
    if (!in.number(2, civil.minute)) return false;
    const Digits minutes_only = in;
    in.separator("-:");
    if (!in.number(2, civil.second)) in = minutes_only;
    return !in.at_digit();
}

std::optional<Timestamp> date_at(std::string_view text, const Zone& zone) {
    CivilTime civil;
    Digits in(text);
    if (!read_date(in, civil)) return {};
    const Digits date_only = in;
    CivilTime clock = civil;
    if (read_clock(in, clock) && from_civil(clock)) return zone.to_utc(*from_civil(clock));
    const auto midnight = date_only.at_digit() ? std::nullopt : from_civil(civil);
    return midnight ? std::optional(zone.to_utc(*midnight)) : std::nullopt;
}

/// The time of a line like `**Timestamp**: 2026-01-02T03:04:05` or `created: 2026-01-02`.
std::optional<Timestamp> time_of_line(std::string_view line, const Zone& zone) {
    static constexpr auto keys = std::to_array<std::string_view>(
        {"timestamp", "session timestamp", "session_timestamp", "created_at", "created at",
         "created", "date", "session date", "session_date"});
    constexpr std::string_view markup = "*_#-<>! \t\"'`";
    const std::size_t colon = line.find(':');
    const std::size_t begin = line.find_first_not_of(markup);
    if (colon == npos || begin >= colon) return {};
    const std::size_t end = line.find_last_not_of(markup, colon - 1);
    const std::string key = lower(line.substr(begin, end + 1 - begin));
    const std::size_t value = line.find_first_not_of(markup, colon + 1);
    if (value == npos || std::ranges::find(keys, key) == keys.end()) return {};
    const auto time = read_time(line.substr(value), zone);
    return time ? std::optional(time->utc) : std::nullopt;
}

std::optional<Timestamp> time_in_lines(std::string_view text, const Zone& zone) {
    for (std::size_t lines = 0; lines < kHeadLines && !text.empty(); ++lines) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        if (const auto time = time_of_line(text.substr(0, end), zone)) return time;
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return {};
}

}  // namespace

std::optional<Timestamp> time_in_name(std::string_view name, const Zone& zone) {
    for (std::size_t at = 0; at + 8 <= name.size(); ++at) {
        if (at > 0 && is_digit(name[at - 1])) continue;
        if (const auto time = date_at(name.substr(at), zone)) return time;
    }
    return {};
}

std::optional<Timestamp> time_in_object(json::Object object, const Zone& zone) {
    return time_of(object,
                   {"timestamp", "session_timestamp", "created_at", "createdAt", "created", "date",
                    "session_date", "generated_at", "_timestamp"},
                   zone);
}

std::optional<Timestamp> snapshot_time(const SnapshotContent& content, const Source& source,
                                       const Zone& zone) {
    if (const auto object = content.object()) {
        if (const auto time = time_in_object(*object, zone)) return time;
        const auto state = json::object_if(*object, "state");
        if (const auto time = state ? time_in_object(*state, zone) : std::nullopt) return time;
    }
    const bool is_json = content.form == SnapshotContent::Form::json;
    if (const auto time = time_in_lines(is_json ? content.rest : content.bytes, zone)) return time;
    return time_in_name(source.stem(), zone);
}

}  // namespace ingot
