// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/reader.hpp"

#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include <SQLiteCpp/SQLiteCpp.h>

namespace ingot {

/// The entities and derived rows of a SQLite file as they follow from its statements and facts, folded
/// anew into temporary tables; the file itself is only read.
class FoldedEntities {
public:
    /// `tables`: all of them.
    FoldedEntities(const std::string& path, std::span<const Table* const> tables,
                   std::int64_t workspace_id);

    /// The rows of an entity or derived table, by key.
    std::unique_ptr<RowCursor> cursor(const Table& table);

private:
    std::unique_ptr<SQLite::Database> db_;
};

/// A new SQLite file with the rows that entities follow from, for a FoldedEntities of a database of
/// another kind. `tables`: all of them.
void copy_facts(Reader& from, std::span<const Table* const> tables, std::int64_t workspace_id,
                const std::string& path);

}  // namespace ingot
