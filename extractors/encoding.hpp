// SPDX-License-Identifier: MIT
#pragma once

#include "extractors/extractor.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace ingot {

inline constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";

/// "utf-16le" or "utf-16be" when the bytes begin like such text; else empty.
std::string_view utf16_name(std::string_view head);

/// The text as UTF-8, without byte order mark; nullopt when it is not valid UTF-16.
/// Requires: utf16_name knows it.
std::optional<std::string> utf8_of(std::string_view utf16);

/// For readers of whole text files that cannot load this one: rejects all of it and returns true
/// when it is UTF-16 (bad_encoding) or longer than the longest record (too_long).
bool reject_unreadable_text(const Piece& piece, Batch& out);

/// Calls `read` for a whole text file; one in UTF-16 is handed over as UTF-8, with offset 0 and the
/// account of its own bytes. Rejected whole: what is too long (too_long), UTF-16 that is broken or
/// holds several records, whose places would be lost (bad_encoding).
void read_text_file(const Piece& piece, Batch& out, void (*read)(const Piece&, Batch&));

/// The piece without its byte order mark, which is noted as the batch's encoding.
std::string_view without_mark(const Piece& piece, Batch& out);

}  // namespace ingot
