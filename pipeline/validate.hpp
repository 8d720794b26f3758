// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/check.hpp"
#include "pipeline/report/report.hpp"

#include <map>
#include <span>

namespace ingot {

/// Which database a set of checks was run on.
enum class Side { sqlite, postgres };

/// The report's line of a table; made when it is not there yet.
TableLine& line_of(Report& report, std::string_view table);

/// The tables that are counted and checked: those that hold data of the workspace, rejects and statements
/// too, and the ledger of its sources.
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
