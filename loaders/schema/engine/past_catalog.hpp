// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/schema/engine/catalog.hpp"
#include "loaders/schema/engine/migration_ledger.hpp"

namespace ingot::schema {

/// Gives a table, index, constraint or sequence the name that it had before the entry's step, as its
/// way back would; entries that renamed nothing are left alone. Entries go back youngest first.
/// Returns the name that a table had; empty: it was no table.
std::string rename_back(Catalog& catalog, const JournalEntry& entry);

}  // namespace ingot::schema
