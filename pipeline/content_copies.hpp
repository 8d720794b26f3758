// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/content.hpp"
#include "pipeline/content_check.hpp"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace ingot {

/// A database and what its rows add up to.
struct Copy {
    std::string prefix;  ///< Of its checks.
    std::unique_ptr<Reader> reader;
    std::map<std::string, SourceTallies> stored;  ///< source_tables.
    std::map<const Table*, SourceTallies> rows;   ///< From the rows themselves.
};

/// Reads the facts of SQLite, then PostgreSQL, as far as they are asked for: both at once, and SQLite's
/// tables side by side.
std::vector<Copy> read_copies(const ContentScope& scope, const std::vector<const Table*>& facts);

bool equal(const TableTally& a, const TableTally& b);

/// Of one source; nothing when it has no rows.
TableTally tally_of(const SourceTallies& tallies, std::int64_t source_id);

}  // namespace ingot
