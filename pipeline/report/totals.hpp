// SPDX-License-Identifier: MIT
#pragma once

#include "pipeline/report/report.hpp"

#include <optional>
#include <span>
#include <string>

namespace ingot {

/// A report in a few numbers.
struct Totals {
    std::int64_t rows_in = 0;                   ///< Extracted, all tables.
    std::optional<std::int64_t> sqlite_rows;    ///< None: SQLite was not looked at.
    std::optional<std::int64_t> postgres_rows;  ///< None: PostgreSQL was not looked at.
    ChangeCounts sqlite, postgres;
    std::int64_t rejected = 0;  ///< Records in quarantine.
    std::int64_t rules = 0;     ///< That were run.
    std::int64_t errors = 0;    ///< Rules of severity error that are broken.
    std::int64_t warnings = 0;  ///< Rules of severity warning that found something.
};

Totals totals_of(const Report& report);

/// What a report comes to.
struct Verdict {
    std::string kind;  ///< "ok", "warn" or "bad".
    std::string text;  ///< "Everything valid"
};

Verdict verdict_of(const Report& report);

/// Of several workspaces.
Verdict verdict_of(std::span<const Report> reports);

/// What became of the run itself: false when an error ended it.
bool ran_to_its_end(const Report& report);

}  // namespace ingot
