// SPDX-License-Identifier: MIT
#pragma once

#include "extractors/json_lines.hpp"

#include <string>
#include <string_view>

namespace ingot {

/// A TOML document as JSON text, in the order of its keys. Nothing is coerced: a number or boolean
/// that JSON writes alike stays as written, other numbers and times are strings of their text.
/// Throws RowError: bad_toml, duplicate_key, too_deep, too_long, bad_utf8.
std::string toml_to_json(std::string_view document);

/// Calls `read` with the JSON of a TOML file, unless it is blank, and keeps the account.
void read_toml_document(const Piece& piece, Batch& out, const ReadRecord& read);

}  // namespace ingot
