// SPDX-License-Identifier: MIT
#pragma once

#include <mutex>
#include <string_view>

namespace ingot {

/// For texts whose parser may need hundreds of bytes of memory for each of theirs (YAML, TOML): the
/// large ones wait for each other while the lock is held. Throws RowError too_long above 4 MiB.
std::unique_lock<std::mutex> guard_heavy_text(std::string_view text);

}  // namespace ingot
