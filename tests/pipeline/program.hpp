// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

namespace ingot::testing {

/// What a finished program left behind.
struct Finished {
    int exit_code = 0;  ///< 128 + signal when one ended it.
    std::string output;
    std::string errors;
};

/// Runs a program found by its path and waits for it. Throws std::system_error when it cannot be
/// started. `folder` is its current directory; empty: the caller's.
Finished run(const std::vector<std::string>& command, const std::string& folder = {});

/// Runs the ingot that was built with these tests.
Finished run_ingot(std::vector<std::string> arguments);

}  // namespace ingot::testing
