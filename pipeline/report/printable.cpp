// SPDX-License-Identifier: MIT
#include "pipeline/report/printable.hpp"

#include "pipeline/model/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

namespace ingot {
namespace {

using Range = std::pair<std::uint32_t, std::uint32_t>;

/// What is not shown as it is: controls, marks and overrides of direction, invisible characters,
/// line separators, surrogate-like tags and noncharacters (which XML refuses).
constexpr std::array kHidden{Range{0x00, 0x1F},      Range{0x7F, 0x9F},     Range{0xAD, 0xAD},
                             Range{0x61C, 0x61C},    Range{0x180E, 0x180E}, Range{0x200B, 0x200F},
                             Range{0x2028, 0x202E},  Range{0x2060, 0x206F}, Range{0xFDD0, 0xFDEF},
                             Range{0xFEFF, 0xFEFF},  Range{0xFFF9, 0xFFFB}, Range{0xFFFE, 0xFFFF},
                             Range{0xE0000, 0xE007F}};

bool is_hidden(std::uint32_t code) {
    return (code & 0xFFFEU) == 0xFFFEU || std::ranges::any_of(kHidden, [&](const Range& range) {
               return code >= range.first && code <= range.second;
           });
}

/// Bytes of the character at the start of the text; 0: not UTF-8.
std::size_t length_of_first(std::string_view text) {
    for (std::size_t length = 1; length <= std::min<std::size_t>(4, text.size()); ++length)
        if (is_utf8(text.substr(0, length))) return length;
    return 0;
}

/// Requires: one valid UTF-8 sequence.
std::uint32_t code_of(std::string_view character) {
    const auto first = static_cast<unsigned char>(character[0]);
    if (character.size() == 1) return first;
    std::uint32_t code = first & (0xFFU >> (character.size() + 1));
    for (const char c : character.substr(1))
        code = (code << 6U) | (static_cast<unsigned char>(c) & 0x3FU);
    return code;
}

std::string escaped(std::uint32_t code) {
    switch (code) {
        case '\n': return "\\n";
        case '\r': return "\\r";
        case '\t': return "\\t";
        default: break;
    }
    if (code < 0x80) return fmt::format("\\x{:02x}", code);
    return code <= 0xFFFF ? fmt::format("\\u{:04x}", code) : fmt::format("\\U{:08x}", code);
}

}  // namespace

std::string printable(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const std::size_t length = length_of_first(text);
        if (length == 0) {
            out += fmt::format("\\x{:02x}", static_cast<unsigned char>(text[0]));
        } else if (const std::uint32_t code = code_of(text.substr(0, length)); is_hidden(code)) {
            out += escaped(code);
        } else {
            out += text.substr(0, length);
        }
        text.remove_prefix(std::max<std::size_t>(length, 1));
    }
    return out;
}

std::string printable_lines(std::string_view text) {
    std::string out;
    for (std::size_t end = 0; (end = text.find('\n')) != std::string_view::npos;) {
        out += printable(text.substr(0, end)) + "\n";
        text.remove_prefix(end + 1);
    }
    return out + printable(text);
}

}  // namespace ingot
