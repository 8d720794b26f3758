// SPDX-License-Identifier: MIT
#pragma once

#include "extractors/context_place.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace ingot {

/// One document of a context file. The texts are valid JSON that a json::Document may be made of.
struct ContextPart {
    std::int64_t offset = 0;
    std::string data;   ///< All of it. Markdown: an object of front_matter and body.
    std::string front;  ///< Markdown: the front matter, or null.
    std::string title;  ///< Markdown: the first heading.
    std::optional<std::string> id = {};  ///< Of its session, when it gives one.

    /// What tells about the context.
    const std::string& facts() const { return front.empty() ? data : front; }
};

/// Reads the documents of a file and keeps the account. JSON is told by its content, too.
std::vector<ContextPart> read_context_parts(const Piece& piece, Batch& out, ContextForm form);

}  // namespace ingot
