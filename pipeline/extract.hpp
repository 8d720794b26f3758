// SPDX-License-Identifier: MIT
#pragma once

#include "pipeline/load.hpp"

#include <functional>

namespace ingot {

/// What the extraction may use.
struct ExtractOptions {
    std::size_t threads = 0;               ///< 0: one per core.
    std::size_t memory = std::size_t{96} << 20U;  ///< Bound for pieces under way, bytes.
};

/// Called after each piece, on one thread at a time: bytes read of the workspace so far, source done.
using PieceDone = std::function<void(std::int64_t bytes, bool source_done)>;

/// Files → rows: a serial cutter, parallel extractors, one serial writer, in the order of the sources,
/// so that the store is the same with any number of threads. Exceptions cancel the pipeline and travel.
void extract(const Plan& plan, const fs::path& root, const Settings& settings, const ExtractOptions& options,
             SourceLoader& loader, const PieceDone& done);

}  // namespace ingot
