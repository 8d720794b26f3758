// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace ingot {

/// What one rule found.
struct CheckResult {
    std::string name;      ///< "events.agent_id_exists"
    bool is_error = true;  ///< Otherwise a warning.
    std::int64_t violations = 0;
    std::vector<std::string> examples;  ///< A few, as text: keys and values.
};

}  // namespace ingot
