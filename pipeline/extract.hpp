// SPDX-License-Identifier: MIT
#pragma once

#include "pipeline/read_piece.hpp"

#include <functional>

namespace ingot {

/// What the extraction may use.
struct ExtractOptions {
    std::size_t threads = 0;                      ///< 0: one per core.
    std::size_t memory = std::size_t{96} << 20U;  ///< Bound for pieces under way, bytes.
    bool archive = false;                         ///< Compress the original bytes, too.
};

/// Takes what became of a piece, on one thread at a time, in the order of the plan.
using TakePiece = std::function<void(PieceResult)>;

/// Files → rows: a serial cutter, parallel extractors, one serial taker, in the order of the sources,
/// so that the store is the same with any number of threads. Exceptions cancel the pipeline and travel.
void extract(const Plan& plan, const fs::path& root, const Settings& settings,
             const ExtractOptions& options, const TakePiece& take);

}  // namespace ingot
