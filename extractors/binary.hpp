// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string_view>

namespace ingot {

/// Whether a file begins like an image, an archive, a program, a database or another format that is
/// no text.
bool has_magic_number(std::string_view head);

/// Bytes that are no text: a magic number, nothing but NULs, or more control characters than text
/// has. Text with some NULs and control characters is text; UTF-16 is text too.
bool is_binary(std::string_view head);

/// Nothing but NULs, and at least one: what is left of a log's beginning that was cut off while a
/// writer had it open.
bool is_all_nul(std::string_view head);

/// NULs at the start of the text.
std::size_t nul_length(std::string_view text);

}  // namespace ingot
