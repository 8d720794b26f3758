// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/check.hpp"
#include "pipeline/report/report.hpp"

#include <map>
#include <span>

namespace ingot {

/// Which database a set of checks was run on.
enum class Side { sqlite, postgres };

/// The tables that hold data of the workspace and are counted and checked, rejects and statements too.
std::vector<const Table*> checked_tables(const std::vector<std::string>& selected);

/// Checks tables on one side and enters counts, changes and findings into the report's lines (made
/// when they are not there yet).
void check_tables(Report& report, Side side, const CheckScope& scope,
                  std::span<const Table* const> tables,
                  const std::map<std::string_view, ChangeCounts>& changes, const RunQuery& run);

/// The same for a SQLite file that nobody writes: the tables side by side, each with a connection.
void check_sqlite(Report& report, const std::string& path, const CheckScope& scope,
                  std::span<const Table* const> tables,
                  const std::map<std::string_view, ChangeCounts>& changes);

/// Sets each line's ok: counts equal on all sides and no error; the report's exit code follows.
void judge(Report& report);

}  // namespace ingot
