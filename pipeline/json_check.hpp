// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace ingot {

/// Whether a text is one valid JSON value; for register_json_check.
bool is_json_text(std::string_view text);

}  // namespace ingot
