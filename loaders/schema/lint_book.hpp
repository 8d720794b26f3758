// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace ingot::lint {

/// The rules in Markdown, for docs/lint.md.
std::string lint_book();

}  // namespace ingot::lint
