// SPDX-License-Identifier: MIT
#include "extractors/scalar.hpp"

#include "pipeline/model/text.hpp"

#include <algorithm>

namespace ingot {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Takes leading digits away; false when there are none.
bool take_digits(std::string_view& text) {
    const auto end = std::ranges::find_if_not(text, is_digit);
    const auto count = static_cast<std::size_t>(end - text.begin());
    text.remove_prefix(count);
    return count > 0;
}

bool is_number(std::string_view text) {
    if (text.starts_with('-')) text.remove_prefix(1);
    if (text.size() > 1 && text[0] == '0' && is_digit(text[1])) return false;
    if (!take_digits(text)) return false;
    if (text.starts_with('.')) {
        text.remove_prefix(1);
        if (!take_digits(text)) return false;
    }
    if (text.starts_with('e') || text.starts_with('E')) {
        text.remove_prefix(1);
        if (text.starts_with('+') || text.starts_with('-')) text.remove_prefix(1);
        if (!take_digits(text)) return false;
    }
    return text.empty();
}

}  // namespace

bool is_json_scalar(std::string_view text) {
    return text == "true" || text == "false" || text == "null" || is_number(text);
}

std::string scalar_json(std::string_view text) {
    return is_json_scalar(text) ? std::string(text) : json_string(text);
}

}  // namespace ingot
