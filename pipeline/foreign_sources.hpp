// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/check.hpp"
#include "pipeline/report/report.hpp"

namespace ingot {

/// Sources that only PostgreSQL holds, because another SQLite file published them before: they stay
/// there, marked as missing. Enters their number and rows into the report, so that judge() expects them.
void note_foreign_sources(Report& report, const RunQuery& sqlite, const RunQuery& postgres);

}  // namespace ingot
