// SPDX-License-Identifier: MIT
#include "extractors/log_stamp.hpp"

#include "extractors/vocabulary.hpp"
#include "pipeline/model/text.hpp"

#include <array>
#include <charconv>

namespace ingot {
namespace {

constexpr std::size_t npos = std::string_view::npos;
constexpr std::string_view kBom = "\xEF\xBB\xBF";

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_letter(char c) { return is_upper(c) || (c >= 'a' && c <= 'z'); }
bool is_in_word(char c) {
    return is_letter(c) || is_digit(c) || c == '_' || c == '-' || c == ':' || c == '.';
}

char at(std::string_view text, std::size_t i) { return i < text.size() ? text[i] : '\0'; }

/// A stamp that is a time with so many characters around it.
LogStamp around(const WrittenLogTime& time, std::size_t before, std::size_t after) {
    return {.time = time.time, .raw = time.raw, .length = before + time.raw.size() + after};
}

// The forms of a stamp. Each reads a line from its first character.

/// `2025-07-16 19:41:49,123`
std::optional<LogStamp> plain_date(std::string_view line) {
    const auto time = read_iso_time(line);
    return time ? std::optional(around(*time, 0, 0)) : std::nullopt;
}

/// `[2025-07-16 19:41:49]`; with more in the brackets (`[2025-07-16 19:41:49 INFO] …`) the text
/// starts inside.
std::optional<LogStamp> bracketed_date(std::string_view line) {
    if (at(line, 0) != '[') return {};
    auto time = read_iso_time(line.substr(1));
    if (!time) return {};
    std::size_t end = 1 + time->raw.size();
    std::size_t word = end + 1;  // EEST, a zone's name that cannot be looked up
    while (at(line, end) == ' ' && is_upper(at(line, word))) ++word;
    if (word > end + 1 && at(line, word) == ']' &&
        severity_of(line.substr(end + 1, word - end - 1)).empty()) {
        end = word;
        time->raw = line.substr(1, word - 1);
    }
    return around(*time, 1, at(line, end) == ']' ? 1 : 0);
}

/// `[2025-07-16]`
std::optional<LogStamp> bracketed_day(std::string_view line) {
    if (at(line, 0) != '[' || at(line, 11) != ']') return {};
    const auto day = read_day(line.substr(1));
    return day ? std::optional(around(*day, 1, 1)) : std::nullopt;
}

/// `[Thu Sep  4 11:28:38 EEST 2025]`
std::optional<LogStamp> bracketed_locale(std::string_view line) {
    constexpr std::size_t longest = 64;
    if (at(line, 0) != '[' || !is_upper(at(line, 1))) return {};
    const std::size_t close = line.substr(0, longest).find(']');
    if (close == npos) return {};
    const auto time = parse_locale_time(line.substr(1, close - 1));
    return time ? std::optional(around(*time, 1, 1)) : std::nullopt;
}

/// `[PRE-BASH] 2026-02-12 23:50:49`
std::optional<LogStamp> tagged_date(std::string_view line) {
    constexpr std::size_t longest = 48;
    if (at(line, 0) != '[' || !is_letter(at(line, 1))) return {};
    std::size_t close = 1;
    while (close < longest && is_in_word(at(line, close))) ++close;
    if (at(line, close) != ']' || at(line, close + 1) != ' ') return {};
    const auto time = read_iso_time(line.substr(close + 2));
    if (!time) return {};
    LogStamp stamp = around(*time, close + 2, 0);
    stamp.tag = line.substr(1, close - 1);
    return stamp;
}

/// `[01:32:20]`
std::optional<LogStamp> bracketed_clock(std::string_view line) {
    if (at(line, 0) != '[') return {};
    const auto time = read_clock(line.substr(1));
    if (!time || at(line, 1 + time->raw.size()) != ']') return {};
    LogStamp stamp = around(*time, 1, 1);
    stamp.has_date = false;
    return stamp;
}

/// `01:32:20 [Stop] …`: without the bracket behind it, it may be anything.
std::optional<LogStamp> plain_clock(std::string_view line) {
    const auto time = read_clock(line);
    if (!time || !line.substr(time->raw.size()).starts_with(" [")) return {};
    LogStamp stamp = around(*time, 0, 0);
    stamp.has_date = false;
    return stamp;
}

/// `Thu, Sep  4, 2025 11:28:38 AM`
std::optional<LogStamp> plain_locale(std::string_view line) {
    const auto time = read_locale_time(line);
    return time ? std::optional(around(*time, 0, 0)) : std::nullopt;
}

/// `1764151334|…`: seconds or milliseconds since 1970, in a table without a header.
std::optional<LogStamp> epoch(std::string_view line) {
    constexpr std::size_t seconds = 10;
    constexpr std::size_t milliseconds = 13;
    std::size_t digits = 0;
    while (digits <= milliseconds && is_digit(at(line, digits))) ++digits;
    if (digits != seconds && digits != milliseconds) return {};
    if (digits == line.size() || std::string_view("|,;\t").find(line[digits]) == npos) return {};
    double value = 0;
    std::from_chars(line.data(), line.data() + digits, value);
    const auto time = from_epoch(value);
    if (!time) return {};
    return around({LogTime{*time, true}, line.substr(0, digits)}, 0, 0);
}

/// Every form that is known; a new one is a function above and a line here.
constexpr auto kForms = std::to_array<std::optional<LogStamp> (*)(std::string_view)>(
    {plain_date, bracketed_date, bracketed_day, tagged_date, bracketed_clock, plain_clock, epoch,
     plain_locale, bracketed_locale});

/// Length of the colour code (`ESC [ 3 3 m`) at the start; 0: none.
std::size_t colour_length(std::string_view text) {
    if (!text.starts_with("\x1b[")) return 0;
    std::size_t end = 2;
    while (is_digit(at(text, end)) || at(text, end) == ';') ++end;
    return is_letter(at(text, end)) ? end + 1 : 0;
}

}  // namespace

std::size_t noise_length(std::string_view text) {
    std::size_t length = 0;
    while (length < text.size()) {
        const std::string_view rest = text.substr(length);
        const std::size_t colour = colour_length(rest);
        if (colour == 0 && rest[0] != '\0' && !rest.starts_with(kBom)) break;
        length += colour != 0 ? colour : rest[0] == '\0' ? 1 : kBom.size();
    }
    return length;
}

std::optional<LogStamp> read_stamp(std::string_view line) {
    const std::size_t noise = noise_length(line);
    line.remove_prefix(noise);
    const char first = at(line, 0);
    if (first != '[' && !is_digit(first) && !is_upper(first)) return {};
    for (const auto form : kForms)
        if (auto stamp = form(line)) {
            stamp->length += noise;
            return stamp;
        }
    return {};
}

std::optional<LogStamp> read_closing_stamp(std::string_view line) {
    line = trimmed(line);
    const std::size_t colon = line.rfind(": ");
    if (colon == npos) return {};
    const auto time = parse_locale_time(line.substr(colon + 2));
    return time ? std::optional(around(*time, 0, 0)) : std::nullopt;
}

}  // namespace ingot
