// SPDX-License-Identifier: MIT
#pragma once

#include "pipeline/file.hpp"

#include <cstdint>
#include <string>

namespace ingot {

/// Bytes that head_hash and tail_hash look at.
inline constexpr std::int64_t kHeadBytes = std::int64_t{64} << 10;

/// Where the stretch that tail_hash covers begins: 64 KiB before the end, or at the last record when
/// that is longer, since an append reads the last record again.
std::int64_t tail_begin(std::int64_t size, std::int64_t last_record);

/// ContentHasher over the first 64 KiB of the first `size` bytes, hex.
std::string head_hash(const InputFile& file, std::int64_t size);

/// ContentHasher over the end of the first `size` bytes, hex.
std::string tail_hash(const InputFile& file, std::int64_t size, std::int64_t last_record);

/// ContentHasher over the first `size` bytes, hex.
std::string content_hash(const InputFile& file, std::int64_t size);

}  // namespace ingot
