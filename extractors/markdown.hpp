// SPDX-License-Identifier: MIT
#pragma once

#include "extractors/extractor.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace ingot {

struct Markdown {
    std::optional<std::string> front_matter;  ///< A JSON object, or nothing.
    std::string_view body;                    ///< Behind the front matter, as it is.
    std::string_view heading;                 ///< First heading of the first level; empty: none.
};

/// Requires: text without byte order mark.
Markdown read_markdown(std::string_view text);

/// A string of the front matter (of its own, not of a map below it); empty when it has none.
std::string front_matter_text(const Markdown& markdown, std::string_view key);

/// Adds the row of `documents` for a whole Markdown file. The account is left alone.
void add_document(const Piece& piece, Batch& out, std::string_view kind);

}  // namespace ingot
