// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace ingot {

/// The rules in Markdown, printed from their files: name, meaning, what to do, how to add one.
std::string rule_book();

}  // namespace ingot
