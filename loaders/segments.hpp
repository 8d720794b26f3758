// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/sqlite_rows.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace ingot {

/// How a segment's payload is stored.
inline constexpr std::string_view kZstd = "zstd";
inline constexpr std::string_view kPlain = "none";

/// A stretch of a source's original bytes.
struct Segment {
    std::int64_t offset = 0;
    std::int64_t length = 0;  ///< Of the original bytes.
    std::string_view codec;   ///< kZstd or kPlain.
    std::string hash;         ///< XXH3-128 of the original bytes, hex.
    std::string payload;
};

/// Writes the archive of one SQLite file. Which bytes are there is told by the ledger: segments that no
/// version of it covers are what an interrupted run left.
class SegmentWriter {
public:
    SegmentWriter(SQLite::Database& db, std::int64_t workspace_id);

    /// Deletes what no recorded version of the source covers.
    void forget_unfinished(std::int64_t source_id);
    /// Adds behind the segments that the version has.
    void add(std::int64_t source_id, std::int64_t version, const Segment& segment);
    /// A source was read again and found the same: `read` is what was stored now, `kept` the version it
    /// had. One of both goes.
    void settle(std::int64_t source_id, std::int64_t read, std::int64_t kept, bool kept_is_whole);

private:
    void remove(std::int64_t source_id, std::int64_t version);

    SQLite::Database& db_;
    std::int64_t workspace_id_;
    RowStatement insert_;
    std::int64_t source_id_ = 0;  ///< Whose next number is known.
    std::int64_t version_ = 0;
    std::int64_t next_no_ = 0;
};

}  // namespace ingot
