// SPDX-License-Identifier: MIT
#include "pipeline/report/totals.hpp"

#include "pipeline/report/figures.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ingot {
namespace {

void add(const std::optional<DatabaseLine>& line, std::optional<std::int64_t>& rows,
         ChangeCounts& changes) {
    if (!line) return;
    rows = rows.value_or(0) + line->rows;
    changes.inserted += line->changes.inserted;
    changes.updated += line->changes.updated;
    changes.removed += line->changes.removed;
}

}  // namespace

Totals totals_of(const Report& report) {
    Totals totals;
    for (const TableLine& table : report.tables) {
        totals.rows_in += table.source_rows;
        add(table.sqlite, totals.sqlite_rows, totals.sqlite);
        add(table.postgres, totals.postgres_rows, totals.postgres);
        for (const CheckResult& check : table.checks) {
            ++totals.rules;
            if (check.violations > 0) ++(check.is_error ? totals.errors : totals.warnings);
        }
    }
    for (const RejectLine& line : report.rejects) totals.rejected += line.count;
    return totals;
}

Verdict verdict_of(const Report& report) {
    switch (report.exit) {
        case Exit::done:
            return {"ok", report.mode == "dry-run"
                              ? "Everything would be valid; nothing was written"
                              : "Everything valid"};
        case Exit::invalid: return {"bad", "Not valid"};
        case Exit::quarantined: return {"warn", "Valid, but not everything could be loaded"};
        case Exit::pending:
            return {"warn", report.error.empty() ? "Changes are pending; nothing was written"
                                                 : "Refused: the plan has changed"};
        default: return {"bad", "Failed"};
    }
}

Verdict verdict_of(std::span<const Report> reports) {
    const auto good = std::ranges::count_if(reports, [](const Report& r) { return r.ok(); });
    const auto all = std::ssize(reports);
    if (all == 0) return {"warn", "No workspace was found"};
    const std::string kind =
        std::ranges::any_of(reports, [](const Report& r) { return verdict_of(r).kind == "bad"; })
            ? "bad"
            : "warn";
    if (good == all) return {"ok", counted(all, "workspace") + ", everything valid"};
    return {kind,
            fmt::format("{} of {} with problems", grouped(all - good), counted(all, "workspace"))};
}

bool ran_to_its_end(const Report& report) {
    return report.exit == Exit::done || report.exit == Exit::invalid ||
           report.exit == Exit::quarantined || report.exit == Exit::pending;
}

}  // namespace ingot
