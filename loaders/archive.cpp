// SPDX-License-Identifier: MIT
#include "loaders/archive.hpp"

#include "loaders/segments.hpp"

#include "pipeline/model/bookkeeping.hpp"
#include "pipeline/model/hash.hpp"

#include <algorithm>
#include <map>
#include <memory>

#include <zstd.h>

namespace ingot {
namespace {

/// No segment is longer, whatever a damaged row says.
constexpr std::int64_t kLongestSegment = std::int64_t{1} << 20;

ArchivedSource archived(const SourceVersion& version) {
    ArchivedSource source{.source_id = version.source_id,
                          .source_version = version.source_version,
                          .run_id = std::string(version.run_id),
                          .path = std::string(version.path),
                          .family = std::string(version.family),
                          .size = version.size_bytes,
                          .modified_ns = version.modified_ns,
                          .mode = version.mode,
                          .link_target = std::string(version.link_target.value_or("")),
                          .content_hash = std::string(version.content_hash.value_or("")),
                          .status = std::string(version.status),
                          .missing = version.missing,
                          .extractor_version = version.extractor_version.value_or(0)};
    if (version.path_bytes) source.path = version.path_bytes->data;
    return source;
}

std::string decompressed(std::string_view frame, std::int64_t length) {
    thread_local const std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> context(
        ZSTD_createDCtx(), &ZSTD_freeDCtx);
    std::string bytes(static_cast<std::size_t>(length), '\0');
    const std::size_t size =
        ZSTD_decompressDCtx(context.get(), bytes.data(), bytes.size(), frame.data(), frame.size());
    if (ZSTD_isError(size) != 0 || size != bytes.size()) throw ArchiveError("cannot be unpacked");
    return bytes;
}

std::string place_of(const SourceSegment& segment) {
    return "segment " + std::to_string(segment.segment_no) + " (bytes " +
           std::to_string(segment.source_offset) + " to " +
           std::to_string(segment.source_offset + segment.byte_length) + ")";
}

}  // namespace

std::string segment_bytes(std::span<const Value> row) {
    const auto segment = from_cells<SourceSegment>(row);
    try {
        if (segment.byte_length < 0 || segment.byte_length > kLongestSegment)
            throw ArchiveError("has an impossible length");
        std::string bytes = segment.codec == kZstd
                                ? decompressed(segment.payload.data, segment.byte_length)
                                : std::string(segment.payload.data);
        if (static_cast<std::int64_t>(bytes.size()) != segment.byte_length ||
            to_hex(hash128(bytes)) != segment.payload_hash)
            throw ArchiveError("is not what its hash says");
        return bytes;
    } catch (const ArchiveError& error) {
        throw ArchiveError(place_of(segment) + " " + error.what());
    }
}

std::vector<ArchivedSource> archived_sources(Reader& reader, std::int64_t workspace_id,
                                             const std::string& as_of) {
    std::map<std::int64_t, ArchivedSource> newest;
    const std::string until = as_of.empty() ? "" : " AND run_id <= " + sql_text(as_of);
    reader.rows(table_of<SourceVersion>(), in_workspace(workspace_id) + until + " ORDER BY run_id",
                [&](std::span<const Value> row) {
                    const auto version = from_cells<SourceVersion>(row);
                    newest.insert_or_assign(version.source_id, archived(version));
                });
    std::vector<ArchivedSource> sources;
    for (auto& [id, source] : newest) sources.push_back(std::move(source));
    std::ranges::sort(sources, {}, &ArchivedSource::path);
    return sources;
}

void read_archive(Reader& reader, const ArchivedRange& range,
                  const std::function<void(std::string_view)>& take) {
    std::int64_t at = range.begin;
    reader.rows(table_of<SourceSegment>(),
                in_workspace(range.workspace_id) +
                    " AND source_id = " + std::to_string(range.source_id) +
                    " AND source_version = " + std::to_string(range.source_version) +
                    " AND source_offset < " + std::to_string(range.end) +
                    " AND source_offset + byte_length > " + std::to_string(range.begin) +
                    " ORDER BY segment_no",
                [&](std::span<const Value> row) {
                    const auto segment = from_cells<SourceSegment>(row);
                    if (segment.source_offset > at || at >= range.end) return;
                    const std::string bytes = segment_bytes(row);
                    const std::int64_t end =
                        std::min(segment.source_offset + segment.byte_length, range.end);
                    if (end <= at) return;
                    take(std::string_view(bytes).substr(
                        static_cast<std::size_t>(at - segment.source_offset),
                        static_cast<std::size_t>(end - at)));
                    at = end;
                });
    if (at < range.end)
        throw NotArchived("bytes " + std::to_string(at) + " to " + std::to_string(range.end) +
                          " are not in the archive");
}

}  // namespace ingot
