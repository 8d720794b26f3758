// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/reader.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace ingot {

/// A quarantined record.
struct StoredReject {
    std::int64_t source_id = 0;
    std::int64_t offset = 0;
    std::int64_t seq = 0;
    std::int64_t length = 0;
    std::optional<std::int64_t> line;
    std::string reason;
    std::string detail;
    std::optional<std::string> raw;  ///< None: the bytes are in the archive, or could not be read.
    std::string run_id;
    std::string path;  ///< Of the source, clean text.

    /// "source:offset:seq".
    std::string id() const;
};

/// Which rejects are wanted.
struct RejectFilter {
    std::int64_t workspace_id = 0;
    std::string reason;  ///< Empty: any.
    std::string source;  ///< Glob over paths; empty: any.
};

/// In the order of path, offset, seq. Bytes longer than `most_bytes` are cut.
std::vector<StoredReject> stored_rejects(Reader& reader, const RejectFilter& filter,
                                         std::size_t most_bytes);

/// All bytes of one, from its row or from the archive. Throws UsageError for an id that is none or that
/// nobody has, ArchiveError when the bytes are nowhere.
std::string reject_bytes(Reader& reader, std::int64_t workspace_id, const std::string& id);

}  // namespace ingot
