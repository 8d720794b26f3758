// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace ingot {

/// One zstd frame that carries its content's size and checksum. The same bytes give the same frame,
/// on any machine and thread, as long as the zstd library is the same. Throws std::bad_alloc.
/// `level`: zstd's; 1 is the quickest of the ordinary ones.
std::string compressed(std::string_view content, int level = 3);

}  // namespace ingot
