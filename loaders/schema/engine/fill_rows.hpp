// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/schema/engine/statement_runner.hpp"

namespace ingot::schema {

/// Runs the batches of a fill: each in a transaction with its journal and a row of the log. Rows that a
/// batch could not fill are tried again in the next round, until a whole round fills none; then throws
/// RunError. `entry` is the step's entry in the journal, `log` what each batch's row of the log has in
/// common. Returns how many rows were filled.
std::int64_t fill_rows(Target& target, Ledger& ledger, StatementRunner& runner,
                       const Batches& batches, const JournalEntry& entry, const LogEntry& log);

}  // namespace ingot::schema
