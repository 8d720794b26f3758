// SPDX-License-Identifier: MIT
#pragma once

#include "pipeline/model/batch.hpp"

namespace ingot {

/// Where a batch's rejects stand and who wrote them.
struct RejectContext {
    std::int64_t lines_before = 0;  ///< Line feeds of the source before the batch's piece.
    std::string_view run_id;
};

/// The batch's rejects as rows of `rejects`; texts are kept by `arena`.
Rows reject_rows(const Batch& batch, const RejectContext& context, Arena& arena);

/// The batch's tally with its rejects counted as rows of their table.
Tally tally_with_rejects(const Batch& batch, std::int64_t lines_before);

}  // namespace ingot
