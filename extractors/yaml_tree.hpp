// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ingot::yaml {

enum class Kind : std::uint8_t {
    plain,  ///< A scalar without quotes.
    text,   ///< A quoted or block scalar, or one with a tag that makes it text.
    sequence,
    map,  ///< Children are key, value, key, value …
};

struct Item {
    Kind kind = Kind::plain;
    std::uint32_t line = 0;  ///< Within the document, the first is 0.
    std::string text;
    std::vector<std::uint32_t> children;  ///< Positions in Tree::items.
};

/// A document. An alias is a second mention of its item, so that it may even contain itself.
struct Tree {
    std::vector<Item> items;  ///< The first is the root.
};

/// Throws RowError: bad_yaml, too_deep, with lines counted from `first_line`.
Tree parse(std::string_view document, std::int64_t first_line);

/// `work` bounds the bytes written and the items visited, as aliases can repeat each other.
/// Throws RowError: duplicate_key, too_deep, with lines counted from `first_line`.
std::string write_json(const Tree& tree, std::size_t work, std::int64_t first_line);

}  // namespace ingot::yaml
