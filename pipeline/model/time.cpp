// SPDX-License-Identifier: MIT
#include "pipeline/model/time.hpp"

#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <stdexcept>

#include <date/date.h>
#include <date/tz.h>

namespace ingot {
namespace {

constexpr std::int64_t kSecond = 1'000'000;
constexpr std::int64_t kDay = 86'400 * kSecond;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Reads text from left to right; every step says whether it fitted.
class Cursor {
public:
    explicit Cursor(std::string_view text) : text_(text) {}

    bool digits(std::size_t count, int& out) {
        int value = 0;
        if (at_ + count > text_.size()) return false;
        for (std::size_t i = 0; i < count; ++i) {
            if (!is_digit(text_[at_ + i])) return false;
            value = value * 10 + (text_[at_ + i] - '0');
        }
        at_ += count;
        out = value;
        return true;
    }
    /// One or two digits, as ctime and clocks without leading zero write them.
    bool one_or_two_digits(int& out) { return digits(2, out) || digits(1, out); }
    bool one_of(std::string_view any) {
        if (at_ >= text_.size() || any.find(text_[at_]) == std::string_view::npos) return false;
        ++at_;
        return true;
    }
    bool word(std::string_view expected) {
        if (!text_.substr(at_).starts_with(expected)) return false;
        at_ += expected.size();
        return true;
    }
    /// A fraction's digits as microseconds; what is finer is cut.
    bool fraction(int& microsecond) {
        const std::size_t start = at_;
        microsecond = 0;
        for (int weight = 100'000; at_ < text_.size() && is_digit(text_[at_]); ++at_, weight /= 10)
            microsecond += weight * (text_[at_] - '0');
        return at_ > start;
    }
    void skip_blanks() {
        while (at_ < text_.size() && text_[at_] == ' ') ++at_;
    }
    std::size_t position() const { return at_; }
    void back_to(std::size_t position) { at_ = position; }
    bool at_digit() const { return at_ < text_.size() && is_digit(text_[at_]); }

private:
    std::string_view text_;
    std::size_t at_ = 0;
};

/// `hh:mm[:ss[.fff]]` after a date.
bool read_clock(Cursor& in, CivilTime& civil) {
    if (!in.digits(2, civil.hour) || !in.one_of(":") || !in.digits(2, civil.minute)) return false;
    const std::size_t minutes = in.position();
    if (!in.one_of(":") || !in.digits(2, civil.second)) {
        in.back_to(minutes);
        return true;
    }
    const std::size_t seconds = in.position();
    if (!in.one_of(".,") || !in.fraction(civil.microsecond)) in.back_to(seconds);
    return true;
}

/// `Z`, `±hh:mm`, `±hhmm`, `±hh`: offset from UTC in µs.
std::optional<std::int64_t> read_offset(Cursor& in) {
    if (in.one_of("Zz")) return 0;
    const std::size_t start = in.position();
    const bool west = in.one_of("-");
    int hours = 0;
    int minutes = 0;
    if ((!west && !in.one_of("+")) || !in.digits(2, hours)) {
        in.back_to(start);
        return {};
    }
    const std::size_t after_hours = in.position();
    in.one_of(":");
    if (!in.digits(2, minutes)) in.back_to(after_hours);
    if (hours > 23 || minutes > 59) {
        in.back_to(start);
        return {};
    }
    return (west ? -1 : 1) * (hours * 3600 + minutes * 60) * kSecond;
}

std::optional<int> read_month_name(Cursor& in) {
    static constexpr std::array<std::string_view, 12> names{
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    for (std::size_t i = 0; i < names.size(); ++i)
        if (in.word(names[i])) return static_cast<int>(i) + 1;
    return {};
}

bool read_weekday(Cursor& in) {
    for (const char* day : {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"})
        if (in.word(day)) return true;
    return false;
}

/// `Thu, Sep  4, 2025 11:28:38 AM` and `Thu Sep  4 11:28:38 2025`.
bool read_locale_time(Cursor& in, CivilTime& civil) {
    if (!read_weekday(in)) return false;
    in.one_of(",");
    in.skip_blanks();
    const auto month = read_month_name(in);
    in.skip_blanks();
    if (!month || !in.one_or_two_digits(civil.day)) return false;
    civil.month = *month;
    const bool year_first = in.one_of(",");
    in.skip_blanks();
    if (year_first && !in.digits(4, civil.year)) return false;
    in.skip_blanks();
    if (!in.one_or_two_digits(civil.hour) || !in.one_of(":") || !in.digits(2, civil.minute) ||
        !in.one_of(":") || !in.digits(2, civil.second))
        return false;
    in.skip_blanks();
    const bool pm = in.word("PM");
    const bool am = !pm && in.word("AM");
    if (am && civil.hour == 12) civil.hour = 0;
    if (pm && civil.hour < 12) civil.hour += 12;
    in.skip_blanks();
    return year_first || in.digits(4, civil.year);
}

std::optional<WrittenTime> with_zone(const CivilTime& civil, Cursor& in, const Zone& zone) {
    const auto local = from_civil(civil);
    if (!local) return {};
    if (const auto offset = read_offset(in))
        return WrittenTime{{local->us - *offset}, true, in.position()};
    return WrittenTime{zone.to_utc(*local), false, in.position()};
}

}  // namespace

std::string format_time(Timestamp time) {
    const CivilTime c = to_civil(time);
    std::array<char, 32> out{};
    const int length =
        std::snprintf(out.data(), out.size(), "%04d-%02d-%02dT%02d:%02d:%02d.%06dZ", c.year,
                      c.month, c.day, c.hour, c.minute, c.second, c.microsecond);
    return {out.data(), static_cast<std::size_t>(length)};
}

std::optional<Timestamp> parse_canonical_time(std::string_view text) {
    CivilTime c;
    Cursor in(text);
    const bool fits = text.size() == 27 && in.digits(4, c.year) && in.one_of("-") &&
                      in.digits(2, c.month) && in.one_of("-") && in.digits(2, c.day) &&
                      in.one_of("T") && in.digits(2, c.hour) && in.one_of(":") &&
                      in.digits(2, c.minute) && in.one_of(":") && in.digits(2, c.second) &&
                      in.one_of(".") && in.digits(6, c.microsecond) && in.one_of("Z");
    return fits ? from_civil(c) : std::nullopt;
}

std::optional<Timestamp> from_civil(const CivilTime& c) {
    const date::year_month_day day = date::year{c.year} / c.month / c.day;
    if (c.year < 1 || c.year > 9999 || c.month < 1 || c.day < 1 || !day.ok()) return {};
    if (c.hour > 23 || c.minute > 59 || c.second > 60) return {};
    const std::int64_t days = date::sys_days(day).time_since_epoch().count();
    const std::int64_t seconds = c.hour * 3600 + c.minute * 60 + c.second;
    return Timestamp{days * kDay + seconds * kSecond + c.microsecond};
}

CivilTime to_civil(Timestamp time) {
    const std::int64_t days = time.us >= 0 ? time.us / kDay : -((-time.us + kDay - 1) / kDay);
    const std::int64_t rest = time.us - days * kDay;
    const date::year_month_day day{date::sys_days{date::days{days}}};
    const auto seconds = static_cast<int>(rest / kSecond);
    return {.year = int{day.year()},
            .month = static_cast<int>(unsigned{day.month()}),
            .day = static_cast<int>(unsigned{day.day()}),
            .hour = seconds / 3600,
            .minute = seconds / 60 % 60,
            .second = seconds % 60,
            .microsecond = static_cast<int>(rest % kSecond)};
}

Zone::Zone(std::string_view name) {
    if (name == "UTC" || name == "Z") return;
    Cursor in(name);
    if (const auto offset = read_offset(in); offset && in.position() == name.size()) {
        offset_us_ = *offset;
        return;
    }
    name_ = name;
    try {
        date::locate_zone(name_);
    } catch (const std::exception&) {
        throw std::invalid_argument("unknown time zone: " + name_);
    }
}

Timestamp Zone::to_utc(Timestamp local) const {
    if (name_.empty()) return {local.us - offset_us_};
    const date::local_time<std::chrono::microseconds> t{std::chrono::microseconds{local.us}};
    return {date::locate_zone(name_)->to_sys(t, date::choose::earliest).time_since_epoch().count()};
}

std::optional<WrittenTime> read_time(std::string_view text, const Zone& zone) {
    CivilTime civil;
    Cursor in(text);
    if (!in.digits(4, civil.year) || !in.one_of("-") || !in.digits(2, civil.month) ||
        !in.one_of("-") || !in.digits(2, civil.day))
        return {};
    const std::size_t date_end = in.position();
    if (in.one_of("Tt ") && in.at_digit() && read_clock(in, civil))
        return with_zone(civil, in, zone);
    in.back_to(date_end);
    if (in.at_digit()) return {};
    CivilTime midnight{.year = civil.year, .month = civil.month, .day = civil.day};
    const auto local = from_civil(midnight);
    if (!local) return {};
    return WrittenTime{zone.to_utc(*local), false, date_end};
}

std::optional<WrittenTime> parse_time(std::string_view text, const Zone& zone) {
    if (const auto time = read_time(text, zone); time && time->length == text.size()) return time;
    CivilTime civil;
    Cursor in(text);
    if (!read_locale_time(in, civil) || in.position() != text.size()) return {};
    const auto local = from_civil(civil);
    if (!local) return {};
    return WrittenTime{zone.to_utc(*local), false, text.size()};
}

std::optional<Timestamp> from_epoch(double value) {
    const double size = std::fabs(value);
    const double us = size < 1e11 ? value * 1e6 : size < 1e14 ? value * 1e3 : value;
    constexpr double first = -62'135'596'800e6;  // 0001-01-01
    constexpr double last = 253'402'300'799e6;   // 9999-12-31
    if (!(us >= first && us <= last)) return {};
    return Timestamp{std::llround(us)};
}

}  // namespace ingot
