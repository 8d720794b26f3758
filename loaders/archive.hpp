// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/reader.hpp"

#include <cstdint>
#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

namespace ingot {

/// The archive cannot give back what it should; the text says what is missing or damaged.
struct ArchiveError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// Bytes that were never archived, or are gone.
struct NotArchived : ArchiveError {
    using ArchiveError::ArchiveError;
};

/// A source as a run left it.
struct ArchivedSource {
    std::int64_t source_id = 0;
    std::int64_t source_version = 0;
    std::string run_id;  ///< The run that left it so.
    std::string path;    ///< Raw bytes.
    std::string family;
    std::int64_t size = 0;
    std::int64_t modified_ns = 0;
    std::int64_t mode = 0;
    std::string link_target;
    std::string content_hash;  ///< Empty: it had no content.
    std::string status;        ///< As in source_versions.
    bool missing = false;
    std::int64_t extractor_version = 0;

    /// It was there, or it vanished and its bytes were kept.
    bool exists() const { return status != "pruned" && status != "renamed" && status != "dropped"; }
};

/// Every source as of a run (empty: now), by path. The newest version that is not younger counts.
std::vector<ArchivedSource> archived_sources(Reader& reader, std::int64_t workspace_id,
                                             const std::string& as_of);

/// A stretch of a source's bytes.
struct ArchivedRange {
    std::int64_t workspace_id = 0;
    std::int64_t source_id = 0;
    std::int64_t source_version = 0;
    std::int64_t begin = 0;
    std::int64_t end = 0;
};

/// Calls `take` with the bytes of the range, in order, each segment checked against its hash. Throws
/// ArchiveError when bytes are missing or damaged; what came before is right.
void read_archive(Reader& reader, const ArchivedRange& range,
                  const std::function<void(std::string_view)>& take);

/// The original bytes of a segment. Throws ArchiveError when they are not what the hash says.
std::string segment_bytes(std::span<const Value> row);

}  // namespace ingot
