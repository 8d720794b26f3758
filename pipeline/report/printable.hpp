// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace ingot {

/// The text as it may be shown: control characters, those that turn the direction of text or cannot be
/// seen, and bytes that are not UTF-8 stand there as an escape (`\x1b`, `\n`, `\u202e`, `\xff`), so
/// that nothing that a workspace holds can steer a terminal or disguise itself. For reading, not for
/// turning back: a backslash stays one backslash.
std::string printable(std::string_view text);

/// The same for our own messages of several lines: line feeds stay.
std::string printable_lines(std::string_view text);

}  // namespace ingot
