// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <string>

namespace ingot::schema {

/// Names of a pack's text: ${word} → what the database calls it.
using NameWords = std::map<std::string, std::string>;

/// The text with every ${word} replaced; `${` of an unknown word throws RunError that names it and
/// `where`. Words that begin with a capital letter are left for the engine: ${KEYS}.
std::string with_words(const std::string& text, const NameWords& words, const std::string& where);

/// The text with every ${name} replaced by `value`.
std::string replaced(std::string text, const std::string& name, const std::string& value);

}  // namespace ingot::schema
