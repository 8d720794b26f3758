// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/fold.hpp"

namespace ingot {

/// Computes the rows of a derived table (loaders/derived/<table>.sql) for the touched ids, or all, and
/// writes what differs.
void fold_derived(SQLite::Database& db, const Table& table, const FoldScope& scope,
                  ChangeCounts& counts);

}  // namespace ingot
