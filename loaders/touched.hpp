// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/fold.hpp"

#include <string>
#include <vector>

/// temp.touched: ids of the entities that have to be folded.
namespace ingot {

/// Touches every id of an entity that a statement or a foreign key names, or that the table has.
void touch_all(SQLite::Database& db, const Table& entity, const FoldScope& scope);

/// Some ids that were touched and are not folded yet; empty: there are none.
std::vector<std::string> next_touched(SQLite::Database& db, const Table& entity);

}  // namespace ingot
