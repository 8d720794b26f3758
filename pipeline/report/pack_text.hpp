// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

namespace ingot {

/// The files of a pack that was written, and the command that looks at it; empty for none.
std::string pack_text(const std::vector<std::string>& files);

}  // namespace ingot
