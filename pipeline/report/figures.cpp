// SPDX-License-Identifier: MIT
#include "pipeline/report/figures.hpp"

#include <fmt/format.h>

#include <array>

namespace ingot {

std::string grouped(std::int64_t number) {
    std::string digits = std::to_string(number);
    const std::size_t first = digits[0] == '-' ? 1 : 0;
    for (std::size_t at = digits.size(); at > first + 3; at -= 3) digits.insert(at - 3, ",");
    return digits;
}

std::string size_text(std::int64_t bytes) {
    static constexpr std::array units{"KiB", "MiB", "GiB", "TiB", "PiB"};
    if (bytes < 1024) return grouped(bytes) + " B";
    double value = static_cast<double>(bytes) / 1024;
    std::size_t unit = 0;
    for (; value >= 1024 && unit + 1 < units.size(); ++unit) value /= 1024;
    return fmt::format("{:.1f} {}", value, units.at(unit));
}

std::string duration_text(double seconds) {
    if (seconds < 0.9995) return fmt::format("{:.0f} ms", seconds * 1000);
    if (seconds < 100) return fmt::format("{:.2f} s", seconds);
    const auto whole = static_cast<std::int64_t>(seconds + 0.5);
    return fmt::format("{} min {} s", grouped(whole / 60), whole % 60);
}

std::string milliseconds_text(double milliseconds) {
    if (milliseconds < 10) return fmt::format("{:.2f} ms", milliseconds);
    return duration_text(milliseconds / 1000);
}

std::string counted(std::int64_t number, std::string_view noun) {
    return fmt::format("{} {}{}", grouped(number), noun, number == 1 ? "" : "s");
}

}  // namespace ingot
