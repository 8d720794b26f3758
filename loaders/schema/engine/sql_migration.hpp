// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/ddl.hpp"
#include "loaders/schema/engine/toml_file.hpp"

namespace ingot::schema {

/// Reads a migration that is written as SQL: parts that begin with a comment of their own line,
///   -- ingot:up            statements, in one transaction
///   -- ingot:up alone      statements that must run outside a transaction, one by one
///   -- ingot:down          their way back, in one transaction
///   -- ingot:verify        a query: true in its first cell when the change is there
/// Lines before the first part may say `-- says: …`, `-- phase: 2`, `-- tables: a, b` (that it changes, so
/// that the backup holds them), `-- writes: c` (the same of tables that may be missing) and
/// `-- locks: ShareRowExclusive`. The result is what the same step would be in TOML (operation sql). Throws RunError with file and line.
Document read_sql_migration(const std::string& text, const std::string& file, Dialect dialect);

/// The statements of a text, without their semicolons.
std::vector<std::string> statements_of(const std::string& text, Dialect dialect);

}  // namespace ingot::schema
