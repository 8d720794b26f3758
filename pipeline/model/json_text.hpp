// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// Looking into JSON text that a parser has already found valid, without changing a byte of it:
/// json columns hold slices of the source, which no parser in use hands out for nested values.
namespace ingot::json_text {

struct Member {
    std::string_view key;    ///< Without quotes, escapes as written.
    std::string_view value;  ///< As written, without blanks around it.
};

/// Members of an object in their order, repeated keys too. Requires: valid JSON, an object.
std::vector<Member> members(std::string_view object);

/// Values of an array. Requires: valid JSON, an array.
std::vector<std::string_view> elements(std::string_view array);

/// The value of the first member with this key; empty when there is none.
std::string_view member(std::string_view object, std::string_view key);

/// Where that value starts; npos when there is none. What comes after it is not looked at, so that
/// going down several levels reads every byte once.
std::size_t member_start(std::string_view object, std::string_view key);

/// The characters of a JSON string. Requires: valid, with quotes. A lone surrogate escape becomes
/// U+FFFD.
std::string unescaped(std::string_view quoted);

/// The shortest text that reads back as the same double. Requires: finite.
std::string number(double value);

/// End of the JSON value that starts at `at` (strings and brackets are balanced, nothing else is
/// checked); npos when the text ends before it does.
std::size_t value_end(std::string_view text, std::size_t at);

}  // namespace ingot::json_text
