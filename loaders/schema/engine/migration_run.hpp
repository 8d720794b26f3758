// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/schema/engine/statement_runner.hpp"

namespace ingot::schema {

/// Runs one migration from where it is to its end, and writes down that it is applied. What has run is
/// proved before it is committed. Throws RunError; a transaction may be open then.
void run_migration(const Migration& migration, Target& target, Ledger& ledger,
                   StatementRunner& runner, const RunSettings& settings, RunResult& result);

/// The same for some steps of a migration that is applied, and stays so; logged as `repair`.
void repair_migration(const Migration& migration, const std::set<std::string>& steps,
                      Target& target, Ledger& ledger, StatementRunner& runner,
                      const RunSettings& settings, RunResult& result);

}  // namespace ingot::schema
