// SPDX-License-Identifier: MIT
#include "pipeline/fingerprint.hpp"

#include "pipeline/model/hash.hpp"

#include <algorithm>

namespace ingot {

std::int64_t tail_begin(std::int64_t size, std::int64_t last_record) {
    return std::max<std::int64_t>(std::min(size - kHeadBytes, last_record), 0);
}

std::string head_hash(const InputFile& file, std::int64_t size) {
    return file.hash(0, std::min(size, kHeadBytes));
}

std::string tail_hash(const InputFile& file, std::int64_t size, std::int64_t last_record) {
    return file.hash(tail_begin(size, last_record), size);
}

std::string content_hash(const InputFile& file, std::int64_t size) {
    constexpr auto step = static_cast<std::int64_t>(4 * ContentHasher::kBlock);
    ContentHasher hasher;
    for (std::int64_t at = 0; at < size; at += step)
        hasher.add(file.read(at, std::min(at + step, size)).view());
    return to_hex(hasher.digest());
}

}  // namespace ingot
