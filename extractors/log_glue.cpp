// SPDX-License-Identifier: MIT
#include "extractors/log_glue.hpp"

#include "extractors/log_format.hpp"
#include "pipeline/model/text.hpp"

#include <algorithm>

namespace ingot {
namespace {

constexpr std::size_t npos = std::string_view::npos;
constexpr std::string_view kBar = " | ";

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Whether a text may end here so that the next record runs into it: words and full stops do it;
/// blanks, signs in front of a value and numbers belong to what follows them.
bool is_end_of_text(char c) {
    return !is_digit(c) && std::string_view(" \t\"'`=:/,;([{<|-+_").find(c) == npos;
}

/// Both times have their digits and signs in the same places.
bool has_form_of(std::string_view time, std::string_view other) {
    return std::ranges::equal(time, other,
                              [](char a, char b) { return is_digit(a) ? is_digit(b) : a == b; });
}

/// A record as it stands in a line.
struct Found {
    const LogStamp& stamp;
    std::string_view body;
};

/// Without a level or a logger only brackets tell the stamp from a time in a text.
bool is_same_layout(const Found& a, const Found& b, bool in_brackets) {
    if (!has_form_of(a.stamp.raw, b.stamp.raw) || trimmed(a.body).empty()) return false;
    const RecordLayout layout = record_layout(a.stamp, a.body);
    const bool shows = layout.shows == RecordLayout::Shows::much ||
                       (layout.shows == RecordLayout::Shows::stamp && in_brackets);
    return shows && layout == record_layout(b.stamp, b.body);
}

}  // namespace

std::size_t glued_columns(std::string_view line) {
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

std::size_t glued_record(std::string_view line, const LogStamp& stamp) {
    constexpr std::size_t century = 3;  // what the years of one log have in common
    if (!stamp.has_date || !stamp.tag.empty() || !looks_dated(stamp.raw)) return npos;
    const bool in_brackets = line[noise_length(line)] == '[';
    const std::string_view years = stamp.raw.substr(0, century);
    for (std::size_t at = line.find(years, stamp.length); at != npos;
         at = line.find(years, at + 1)) {
        const std::size_t begin = in_brackets ? at - 1 : at;
        if (begin <= stamp.length || !is_end_of_text(line[begin - 1])) continue;
        if (in_brackets && line[begin] != '[') continue;
        const auto next = read_stamp(line.substr(begin));
        if (!next) continue;
        const Found first{stamp, line.substr(stamp.length, begin - stamp.length)};
        if (is_same_layout(first, {*next, line.substr(begin + next->length)}, in_brackets))
            return begin;
    }
    return npos;
}

}  // namespace ingot
