// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace ingot {

/// Longest text of a key or an index; PostgreSQL refuses index rows over 2,704 bytes.
inline constexpr std::size_t kLongestKey = 512;

/// True for valid UTF-8 without NUL: what every database takes as text.
bool is_clean_text(std::string_view text);

/// True for valid UTF-8 (NUL allowed), by RFC 3629: no surrogates, nothing over U+10FFFF.
bool is_utf8(std::string_view text);

/// The text with each NUL and each invalid sequence replaced by U+FFFD.
std::string cleaned(std::string_view text);

/// A key of at most kLongestKey bytes: the first 400 (cut back to a whole character), "…#" and the
/// XXH3-128 of the whole. Requires: text is clean and longer than kLongestKey.
std::string shortened_key(std::string_view text);

/// The text as a JSON string, quotes included.
std::string json_string(std::string_view text);

/// Without blanks, tabs, carriage returns and line feeds at both ends.
std::string_view trimmed(std::string_view text);

/// Case-insensitive for ASCII.
bool equal_ignoring_case(std::string_view a, std::string_view b);

/// ASCII lower case.
std::string lower(std::string_view text);

/// Matches a shell-like pattern over paths: `*` and `?` stay inside one folder, `**` crosses folders
/// (`**/x` also matches `x`).
bool glob_match(std::string_view pattern, std::string_view path);

}  // namespace ingot
