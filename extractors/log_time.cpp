// SPDX-License-Identifier: MIT
#include "extractors/log_time.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace ingot {
namespace {

constexpr std::int64_t kSecond = 1'000'000;
constexpr std::size_t kLongestLocale = 48;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_letter(char c) { return is_upper(c) || (c >= 'a' && c <= 'z'); }

char at(std::string_view text, std::size_t i) { return i < text.size() ? text[i] : '\0'; }

/// `d` stands for a digit, `T` for the sign between date and clock, all others for themselves.
bool fits(std::string_view text, std::string_view shape) {
    if (text.size() < shape.size()) return false;
    for (std::size_t i = 0; i < shape.size(); ++i) {
        const char c = text[i];
        const bool same = shape[i] == 'd'   ? is_digit(c)
                          : shape[i] == 'T' ? c == ' ' || c == 'T' || c == 't'
                                            : c == shape[i];
        if (!same) return false;
    }
    return true;
}

/// Local times are kept as if written in UTC; the zone comes later, from the settings.
const Zone& as_written() {
    static const Zone utc;
    return utc;
}

/// `2025-07-16 19:41:49 +0300` and `… UTC`, of which `length` characters are date and clock.
std::optional<WrittenLogTime> with_zone_apart(std::string_view text, std::size_t length) {
    const std::string_view rest = text.substr(length);
    std::string joined(text.substr(0, length));
    std::size_t more = 0;
    if (fits(rest, " +dddd") || fits(rest, " -dddd")) {
        more = 6;
        joined += rest.substr(1, 5);
    } else if (rest.starts_with(" UTC") || rest.starts_with(" GMT")) {
        more = 4;
        joined += 'Z';
    }
    if (more == 0 || is_digit(at(rest, more)) || is_letter(at(rest, more))) return {};
    const auto time = read_time(joined, as_written());
    if (!time || !time->has_zone) return {};
    return WrittenLogTime{LogTime{time->utc, true}, text.substr(0, length + more)};
}

bool starts_with_weekday(std::string_view text) {
    static constexpr auto days =
        std::to_array<std::string_view>({"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"});
    return text.size() > 12 && (text[3] == ' ' || text[3] == ',') &&
           std::ranges::find(days, text.substr(0, 3)) != days.end();
}

/// The zone's name in `11:28:38 EEST 2025`; empty when there is none.
std::string_view zone_name(std::string_view text) {
    const std::size_t year = text.rfind(' ');
    if (year == std::string_view::npos || !fits(text.substr(year + 1), "dddd")) return {};
    const std::string_view before = text.substr(0, year);
    const std::string_view word = before.substr(before.rfind(' ') + 1);
    const bool is_name = word.size() >= 3 && std::ranges::all_of(word, is_upper);
    return is_name && word.size() < before.size() ? word : std::string_view{};
}

}  // namespace

bool looks_dated(std::string_view text) { return fits(text, "dddd-dd-ddTdd:dd"); }

std::optional<WrittenLogTime> read_iso_time(std::string_view text) {
    if (!looks_dated(text)) return {};
    const auto time = read_time(text, as_written());
    const std::size_t shape = fits(text.substr(16), ":dd") ? 19 : 16;
    const std::size_t length = time ? time->length : shape;
    if (is_digit(at(text, length))) return {};
    if (!time) return WrittenLogTime{{}, text.substr(0, length)};
    if (!time->has_zone && at(text, length) == ' ')
        if (const auto apart = with_zone_apart(text, length)) return apart;
    return WrittenLogTime{LogTime{time->utc, time->has_zone}, text.substr(0, length)};
}

std::optional<WrittenLogTime> read_day(std::string_view text) {
    if (!fits(text, "dddd-dd-dd")) return {};
    const std::string_view day = text.substr(0, 10);
    const auto time = read_time(day, as_written());
    return WrittenLogTime{time ? std::optional(LogTime{time->utc, false}) : std::nullopt, day};
}

std::optional<WrittenLogTime> read_clock(std::string_view text) {
    if (!fits(text, "dd:dd:dd")) return {};
    const auto two = [&](std::size_t i) { return (text[i] - '0') * 10 + (text[i + 1] - '0'); };
    if (two(0) > 23 || two(3) > 59 || two(6) > 60) return {};
    std::size_t length = 8;
    std::int64_t us = (two(0) * 3600 + two(3) * 60 + two(6)) * kSecond;
    if ((at(text, 8) == '.' || at(text, 8) == ',') && is_digit(at(text, 9)))
        for (std::int64_t weight = kSecond / 10; is_digit(at(text, ++length)); weight /= 10)
            us += weight * (text[length] - '0');
    return WrittenLogTime{LogTime{{us}, false}, text.substr(0, length)};
}

std::optional<WrittenLogTime> parse_locale_time(std::string_view text) {
    if (!starts_with_weekday(text) || text.size() > kLongestLocale) return {};
    std::string plain(text);
    // A name like EEST cannot be looked up: the settings' zone is meant.
    const std::string_view zone = zone_name(text);
    if (!zone.empty())
        plain.erase(static_cast<std::size_t>(zone.data() - text.data()) - 1, zone.size() + 1);
    const auto time = parse_time(plain, as_written());
    if (!time) return {};
    return WrittenLogTime{LogTime{time->utc, zone == "UTC" || zone == "GMT"}, text};
}

std::optional<WrittenLogTime> read_locale_time(std::string_view text) {
    if (!starts_with_weekday(text)) return {};
    std::array<std::size_t, 8> ends{};  // of words, and of the numbers in a clock
    std::size_t words = 0;
    const std::size_t last = std::min(text.size(), kLongestLocale);
    for (std::size_t i = 4; words < ends.size() && i <= last; ++i)
        if ((i == text.size() || text[i] == ' ' || text[i] == ':' || text[i] == '\n') &&
            text[i - 1] != ' ')
            ends.at(words++) = i;
    while (words > 0)
        if (const auto time = parse_locale_time(text.substr(0, ends.at(--words)))) return time;
    return {};
}

}  // namespace ingot
