// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/pool.hpp"
#include "pipeline/options.hpp"
#include "pipeline/report/report.hpp"
#include "pipeline/workspace.hpp"

#include <span>

namespace ingot {

/// What is compared.
struct ContentScope {
    const Options& options;
    const Workspace& workspace;
    std::span<const Table* const> tables;  ///< Facts, entities and derived ones.
    Pool* postgres = nullptr;              ///< None: SQLite alone.
    bool with_sqlite = true;
};

/// Computes the content of each table from the rows of each database and compares it with what the
/// sources gave: the checksums stored with the import, or, with --deep, the sources extracted again.
/// Entities are compared with a fold of each database's own statements and facts, archived segments with
/// their hashes. A difference is narrowed to source, row and column. Adds the checks `<table>.content`
/// (`postgres.<table>.content`) and the three checksums to the report's tables.
void check_content(Report& report, const ContentScope& scope);

}  // namespace ingot
