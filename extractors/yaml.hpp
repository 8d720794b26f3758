// SPDX-License-Identifier: MIT
#pragma once

#include "extractors/json_lines.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace ingot {

/// One YAML document as JSON text. Nothing is coerced: a plain scalar that is a JSON number, true,
/// false or null stays as written, every other scalar (yes, 0x1F, ~, a date) is a string of its
/// text; a local tag stands before the text ("!Ref name"). An empty value is null. Aliases are
/// written out, merge keys (<<) resolved, within bounds that grow with the text.
/// `first_line` is the number of its first line, for messages.
/// Throws RowError: bad_yaml, duplicate_key, too_deep, too_long, bad_utf8.
std::string yaml_to_json(std::string_view document, std::int64_t first_line = 1);

/// Calls `read` with the JSON of each document of a YAML file and keeps the account: the only
/// document is the whole piece, several are a record each, from "---" to "---".
void for_each_yaml_document(const Piece& piece, Batch& out, const ReadRecord& read);

}  // namespace ingot
