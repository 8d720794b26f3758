// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/publish_rows.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

/// Tables whose rows belong to sources: compared, replaced and verified source by source.
namespace ingot {

/// The rows of one source in one table, where the ledgers differ.
struct FactChange {
    std::int64_t source_id = 0;
    std::int64_t from_offset = 0;            ///< Rows of records from here on are replaced.
    bool is_new = false;                     ///< PostgreSQL does not know the source.
    std::optional<std::int64_t> moved_from;  ///< It has the rows under this source, which goes.
    bool is_moved_away = false;              ///< Its old rows are another source's from now on.
    TableTally before;                       ///< By PostgreSQL's ledger.
    TableTally after;                        ///< By SQLite's ledger.
    TableTally kept;  ///< Of `before`, what lies below from_offset; known once counted.
};

struct FactPlan {
    const Table* table = nullptr;
    std::vector<FactChange> changes;  ///< By source_id.
    ChangeCounts counts;
    TableTally after;  ///< All rows of the workspace, when it is done.

    bool any() const { return !changes.empty(); }
};

/// An appended source's rows do not add up: its older rows are not what the ledger says.
struct AppendMismatch : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// Called with the number of rows handled.
using CountRows = std::function<void(std::int64_t)>;

/// Finds out exactly how many rows come, go and change, and what stays.
void count_changes(const Ends& ends, FactPlan& plan);

/// Deletes PostgreSQL's rows that are replaced or gone.
void remove_old(const Ends& ends, const FactPlan& plan);

/// Copies SQLite's rows. Returns the bytes sent.
std::int64_t copy_new(const Ends& ends, const FactPlan& plan, const CountRows& count);

/// Reads back what was written and compares number and checksum per source. Throws ValidationFailed
/// that names table and source, AppendMismatch where loading the source whole may help.
void verify(const Ends& ends, const FactPlan& plan, const CountRows& count);

}  // namespace ingot
