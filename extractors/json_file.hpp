// SPDX-License-Identifier: MIT
#pragma once

#include "extractors/json_lines.hpp"

#include <string>
#include <string_view>

namespace ingot {

/// The text with // and /* */ comments and trailing commas overwritten by blanks, so that every
/// place in it stays what it was.
std::string without_comments(std::string_view text);

/// Calls `read` for each document of a JSON file that people write by hand, and keeps the account.
/// An only document is the whole piece; of several each is a record and what stands between them is
/// blank. Comments and trailing commas are allowed: then the texts are slices of a copy without
/// them. A broken document is rejected up to where the next one plausibly starts.
void for_each_json_document(const Piece& piece, Batch& out, const ReadRecord& read);

}  // namespace ingot
