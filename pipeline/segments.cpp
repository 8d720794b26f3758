// SPDX-License-Identifier: MIT
#include "pipeline/segments.hpp"

#include "extractors/compress.hpp"
#include "pipeline/model/hash.hpp"

namespace ingot {
namespace {

constexpr std::size_t kSegmentBytes = std::size_t{1} << 20;
/// Twice as fast as zstd's default and hardly larger on JSON and logs.
constexpr int kLevel = 1;

Segment segment_of(std::string_view bytes, std::int64_t offset) {
    Segment segment{.offset = offset,
                    .length = static_cast<std::int64_t>(bytes.size()),
                    .codec = kZstd,
                    .hash = to_hex(hash128(bytes)),
                    .payload = compressed(bytes, kLevel)};
    if (segment.payload.size() < bytes.size()) return segment;
    segment.codec = kPlain;
    segment.payload = bytes;
    return segment;
}

}  // namespace

std::vector<Segment> make_segments(std::string_view bytes, std::int64_t offset) {
    std::vector<Segment> segments;
    for (std::size_t at = 0; at < bytes.size(); at += kSegmentBytes)
        segments.push_back(
            segment_of(bytes.substr(at, kSegmentBytes), offset + static_cast<std::int64_t>(at)));
    return segments;
}

}  // namespace ingot
