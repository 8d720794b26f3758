// SPDX-License-Identifier: MIT
#pragma once

#include "extractors/extractor.hpp"

#include <string_view>

namespace ingot {

inline constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";

/// "utf-16le" or "utf-16be" when the bytes begin like such text; else empty.
std::string_view utf16_name(std::string_view head);

/// Bytes that are no text: a NUL, and not UTF-16.
bool is_binary(std::string_view head);

/// For readers of whole text files that cannot load this one: rejects all of it and returns true
/// when it is UTF-16 (bad_encoding) or longer than the longest record (too_long).
bool reject_unreadable_text(const Piece& piece, Batch& out);

/// The piece without its byte order mark, which is noted as the batch's encoding.
std::string_view without_mark(const Piece& piece, Batch& out);

}  // namespace ingot
