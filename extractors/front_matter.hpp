// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace ingot {

/// The block between the "---" lines of a Markdown file as a JSON object. What is YAML is read as
/// YAML; else ("description: Use when: it rains") each "key: rest of the line" is taken as it is,
/// with lists below a key and continued lines. nullopt when the block has no keys at all.
std::optional<std::string> front_matter_json(std::string_view block);

}  // namespace ingot
