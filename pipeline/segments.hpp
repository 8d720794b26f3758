// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/segments.hpp"

#include <string_view>
#include <vector>

namespace ingot {

/// Original bytes for the archive, in stretches of at most 1 MiB, each compressed where that helps.
/// `offset` is where `bytes` stand in their source.
std::vector<Segment> make_segments(std::string_view bytes, std::int64_t offset);

}  // namespace ingot
