// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/schema/lint.hpp"

#include <map>
#include <string>
#include <vector>

namespace ingot::testing {

/// "rule line" of each finding of one script.
std::vector<std::string> linted(const std::string& text, const lint::Options& options = {});

/// The number of findings of each rule.
std::map<std::string, int> counted(const std::vector<lint::Script>& scripts,
                                   const lint::Options& options = {});

}  // namespace ingot::testing
