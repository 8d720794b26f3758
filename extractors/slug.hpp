// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace ingot {

/// The id of the project at this path, as transcripts name its folder: every character outside
/// [A-Za-z0-9] becomes '-' ("/srv/kiosk" is "-srv-kiosk"). Not reversible.
std::string slug_of(std::string_view path);

}  // namespace ingot
