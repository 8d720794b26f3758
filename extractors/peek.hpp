// SPDX-License-Identifier: MIT
#pragma once

#include "extractors/json.hpp"

#include <string_view>
#include <vector>

namespace ingot {

/// The first JSON values that the head of a file holds whole, elements of arrays taken singly; at
/// most `most`.
std::vector<std::string_view> first_records(std::string_view head, std::size_t most);

/// Whether the text is a JSON object for which `test` is true.
bool is_object_where(std::string_view record, bool (*test)(json::Object));

/// Whether the head's first whole value is such an object.
bool starts_with_object_where(std::string_view head, bool (*test)(json::Object));

/// The first character that is no white space and no BOM; NUL when there is none.
char first_character(std::string_view head);

}  // namespace ingot
