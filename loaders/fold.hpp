// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/source_rows.hpp"

namespace ingot {

/// What is folded.
struct FoldScope {
    std::span<const Table* const> tables;
    std::int64_t workspace_id = 0;
    bool all = false;             ///< Every entity, not only those in temp.touched.
    bool nothing_before = false;  ///< The entity tables are empty.
};

/// Makes the entity tables what the statements and facts say: created_at and started_at are the
/// earliest, last_* the latest, counts are computed, every other column is the last statement that has
/// a value, in the order (said_at, undated first; source path; offset; seq). An entity that is only
/// mentioned exists as inferred; one that nothing mentions any more goes. Runs until nothing changes.
void fold_entities(SQLite::Database& db, const FoldScope& scope,
                   std::map<std::string_view, ChangeCounts>& changes);

}  // namespace ingot
