// SPDX-License-Identifier: MIT
#include "pipeline/model/text.hpp"

#include "pipeline/model/hash.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace ingot {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

/// Length of the valid sequence at `at`; 0 when there is none.
std::size_t sequence_length(std::string_view s, std::size_t at) {
    const auto byte = [&](std::size_t i) {
        return i < s.size() ? static_cast<unsigned char>(s[i]) : 0U;
    };
    const unsigned a = byte(at);
    const unsigned b = byte(at + 1);
    const auto continues = [&](std::size_t i) { return (byte(i) & 0xC0U) == 0x80U; };
    if (a < 0x80) return 1;
    if (a >= 0xC2 && a <= 0xDF) return continues(at + 1) ? 2 : 0;
    if (a >= 0xE0 && a <= 0xEF) {
        const bool narrow = (a == 0xE0 && b < 0xA0) || (a == 0xED && b > 0x9F);
        return !narrow && continues(at + 1) && continues(at + 2) ? 3 : 0;
    }
    if (a >= 0xF0 && a <= 0xF4) {
        const bool narrow = (a == 0xF0 && b < 0x90) || (a == 0xF4 && b > 0x8F);
        return !narrow && continues(at + 1) && continues(at + 2) && continues(at + 3) ? 4 : 0;
    }
    return 0;
}

/// End of the leading run of ASCII other than NUL, eight bytes at a time.
std::size_t plain_run(std::string_view s, std::size_t at) {
    for (; at + 8 <= s.size(); at += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, s.data() + at, 8);
        const bool has_nul = ((word - 0x0101010101010101U) & ~word & 0x8080808080808080U) != 0;
        if ((word & 0x8080808080808080U) != 0 || has_nul) break;
    }
    while (at < s.size() && s[at] > 0) ++at;  // char is signed here: non-ASCII is negative
    return at;
}

template <bool NulAllowed> bool valid(std::string_view s) {
    for (std::size_t at = 0; (at = plain_run(s, at)) < s.size();) {
        if (!NulAllowed && s[at] == '\0') return false;
        const std::size_t length = sequence_length(s, at);
        if (length == 0) return false;
        at += length;
    }
    return true;
}

}  // namespace

bool is_clean_text(std::string_view text) { return valid<false>(text); }
bool is_utf8(std::string_view text) { return valid<true>(text); }

std::string cleaned(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = text[at] == '\0' ? 0 : sequence_length(text, at);
        out.append(length == 0 ? kReplacement : text.substr(at, length));
        at += std::max<std::size_t>(length, 1);
    }
    return out;
}

std::string shortened_key(std::string_view text) {
    std::size_t end = 400;
    while ((static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
    return std::string(text.substr(0, end)) + "…#" + to_hex(hash128(text));
}

std::string json_string(std::string_view text) {
    constexpr std::string_view hex = "0123456789abcdef";
    std::string out = "\"";
    for (const char c : text) {
        switch (c) {
            case '"': out += "\\\""; break;
            case '\\': out += "\\\\"; break;
            case '\n': out += "\\n"; break;
            case '\r': out += "\\r"; break;
            case '\t': out += "\\t"; break;
            default:
                if (static_cast<unsigned char>(c) >= 0x20) {
                    out.push_back(c);
                } else {
                    out += "\\u00";
                    out.push_back(hex[static_cast<unsigned char>(c) >> 4U]);
                    out.push_back(hex[static_cast<unsigned char>(c) & 15U]);
                }
        }
    }
    out.push_back('"');
    return out;
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view blank = " \t\r\n";
    const std::size_t first = text.find_first_not_of(blank);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(blank) - first + 1);
}

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

bool equal_ignoring_case(std::string_view a, std::string_view b) {
    return a.size() == b.size() && lower(a) == lower(b);
}

bool glob_match(std::string_view pattern, std::string_view path) {
    if (pattern.starts_with("**/"))
        return glob_match(pattern.substr(3), path) ||
               (!path.empty() && glob_match(pattern, path.substr(1)));
    if (pattern.starts_with("**"))
        return glob_match(pattern.substr(2), path) ||
               (!path.empty() && glob_match(pattern, path.substr(1)));
    if (pattern.empty()) return path.empty();
    if (pattern[0] == '*')
        return glob_match(pattern.substr(1), path) ||
               (!path.empty() && path[0] != '/' && glob_match(pattern, path.substr(1)));
    if (path.empty()) return false;
    if (pattern[0] != path[0] && (pattern[0] != '?' || path[0] == '/')) return false;
    return glob_match(pattern.substr(1), path.substr(1));
}

}  // namespace ingot
