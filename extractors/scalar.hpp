// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace ingot {

/// True for a number, true, false or null as JSON writes them.
bool is_json_scalar(std::string_view text);

/// An unquoted value of another format as JSON: as it is when JSON writes it so, else as a string.
std::string scalar_json(std::string_view text);

}  // namespace ingot
