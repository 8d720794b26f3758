// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace ingot {

/// Whether a text is one valid JSON value; for the rules.
bool is_valid_json(std::string_view text);

}  // namespace ingot
