// SPDX-License-Identifier: MIT
#pragma once

#include "pipeline/pieces.hpp"
#include "pipeline/segments.hpp"

#include <memory>
#include <optional>

namespace ingot {

/// Hashes of a source's content, hex.
struct ContentHashes {
    std::string head;
    std::string tail;
    std::string content;
    std::string blocks;
};

/// What a worker made of a piece. The batch's cells point into `bytes`.
struct PieceResult {
    std::size_t index = 0;
    Treatment treatment = Treatment::nothing;
    bool first = true;
    bool last = true;
    std::int64_t begin = 0;  ///< Of the piece's own range, which the content hash wants in order.
    std::int64_t end = 0;
    std::shared_ptr<const InputFile> file;
    PaddedBytes bytes;
    std::string_view own;  ///< The part of `bytes` that is the own range.
    std::unique_ptr<Batch> batch;
    std::int64_t line_feeds = 0;  ///< In the records of the piece.
    std::int64_t feeds_before_resume = 0;
    std::unique_ptr<Batch> old_tail;  ///< Appended: what the last record and the rest gave before.
    PaddedBytes old_bytes;
    std::optional<ContentHashes> hashes;  ///< When the piece is the whole source.
    std::vector<Segment> segments;        ///< For the archive.
    std::int64_t size = 0;                ///< Of the whole source, as it was read.
    std::shared_ptr<Budget::Share> share;
    std::string error;   ///< The file could not be read.
    bool moves = false;  ///< A database that would not stand still: its old rows stay.
};

/// Stage 2: reads a piece and runs its extractor. Called by many threads; `source` and `settings` must
/// outlive the result.
PieceResult read_piece(PieceJob job, const SourcePlan& source, const Settings& settings);

}  // namespace ingot
