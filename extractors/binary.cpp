// SPDX-License-Identifier: MIT
#include "extractors/binary.hpp"

#include "extractors/encoding.hpp"

#include <algorithm>
#include <array>

namespace ingot {
namespace {

using namespace std::string_view_literals;

/// Of the formats met beside agents' files; each has a byte that text has not, or is a word nobody
/// begins a text with.
constexpr std::array kMagicNumbers{"\x89PNG\r\n\x1A\n"sv,
                                   "\xFF\xD8\xFF"sv,
                                   "GIF87a"sv,
                                   "GIF89a"sv,
                                   "%PDF-"sv,
                                   "\x1F\x8B"sv,
                                   "PK\x03\x04"sv,
                                   "PK\x05\x06"sv,
                                   "BZh91AY&SY"sv,
                                   "\xFD"
                                   "7zXZ\0"sv,
                                   "7z\xBC\xAF\x27\x1C"sv,
                                   "\x28\xB5\x2F\xFD"sv,
                                   "\x04\x22\x4D\x18"sv,
                                   "\x7F"
                                   "ELF"sv,
                                   "\xCF\xFA\xED\xFE"sv,
                                   "\xCA\xFE\xBA\xBE"sv,
                                   "\0asm"sv,
                                   "SQLite format 3\0"sv};

/// A few control characters are an accident in a file of any length.
constexpr std::size_t kAccidents = 8;
/// More than one byte in so many: no text. Text has one in hundreds at most, random and compressed
/// bytes have one in ten, programs and tables of numbers far more.
constexpr std::size_t kBytesPerControl = 20;

/// Those that have no place in text: bells, tabs, line ends, page breaks and escapes have.
bool is_control(char c) {
    return (c >= 0 && c < ' ' && "\a\b\t\n\f\r\x1b"sv.find(c) == std::string_view::npos) ||
           c == '\x7f';
}

/// A run of NULs counts once: a crash or a truncation leaves runs in text, in binary formats they
/// are everywhere.
std::size_t count_controls(std::string_view head) {
    std::size_t count = 0;
    char before = ' ';
    for (const char c : head) {
        if (is_control(c) && (c != '\0' || before != '\0')) ++count;
        before = c;
    }
    return count;
}

}  // namespace

bool has_magic_number(std::string_view head) {
    return std::ranges::any_of(kMagicNumbers, [&](auto magic) { return head.starts_with(magic); });
}

bool is_binary(std::string_view head) {
    if (has_magic_number(head) || is_all_nul(head)) return true;
    if (!utf16_name(head).empty()) return false;
    const std::size_t controls = count_controls(head);
    return controls > kAccidents && controls > head.size() / kBytesPerControl;
}

bool is_all_nul(std::string_view head) { return !head.empty() && nul_length(head) == head.size(); }

std::size_t nul_length(std::string_view text) {
    return std::min(text.find_first_not_of('\0'), text.size());
}

}  // namespace ingot
