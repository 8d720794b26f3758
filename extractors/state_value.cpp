// SPDX-License-Identifier: MIT
#include "extractors/state_value.hpp"

#include "extractors/json.hpp"
#include "pipeline/model/json_text.hpp"
#include "pipeline/model/text.hpp"

#include <charconv>
#include <cmath>

namespace ingot {
namespace {

/// The text as one number; nullopt when there is anything else in it.
std::optional<double> number_in(std::string_view text) {
    text = trimmed(text);
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool is_whole = error == std::errc() && end == text.data() + text.size();
    return is_whole && std::isfinite(value) ? std::optional(value) : std::nullopt;
}

}  // namespace

std::optional<double> number_of(const StateValue& value) {
    if (const auto* integer = std::get_if<std::int64_t>(&value))
        return static_cast<double>(*integer);
    if (const auto* text = std::get_if<std::string_view>(&value)) return number_in(*text);
    const auto* real = std::get_if<double>(&value);
    return real != nullptr && std::isfinite(*real) ? std::optional(*real) : std::nullopt;
}

bool fits_double(const StateValue& value) {
    constexpr std::int64_t most = std::int64_t{1} << 53U;
    const auto* integer = std::get_if<std::int64_t>(&value);
    return integer == nullptr || (*integer <= most && *integer >= -most);
}

std::string written_real(double value) {
    if (!std::isfinite(value)) return value > 0 ? "inf" : "-inf";
    const std::string text = json_text::number(value);
    return text.find_first_of(".e") == std::string::npos ? text + ".0" : text;
}

std::string hex_digits(std::string_view bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    out.reserve(bytes.size() * 2);
    for (const char c : bytes) {
        out.push_back(digits[static_cast<unsigned char>(c) >> 4U]);
        out.push_back(digits[static_cast<unsigned char>(c) & 15U]);
    }
    return out;
}

bool is_json_text(std::string_view text) {
    std::string padded(text);
    padded.append(64, '\0');  // the parser reads beyond the end
    return json::is_valid(std::string_view(padded).substr(0, text.size()));
}

}  // namespace ingot
