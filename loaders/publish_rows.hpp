// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/merge.hpp"
#include "loaders/publish.hpp"

#include "pipeline/model/arena.hpp"
#include "pipeline/model/batch.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

/// Tables whose rows are compared one by one by their key: entities, derived rows, bookkeeping.
namespace ingot {

/// The two databases and the workspace that is carried over.
struct Ends {
    SQLite::Database& sqlite;
    Connection& postgres;
    std::int64_t workspace_id = 0;
    bool is_empty = false;       ///< PostgreSQL holds nothing of the workspace.
    bool is_new_schema = false;  ///< Its tables were made in this transaction, or would be.
};

/// A table, or a part of it, as both databases are asked for it.
struct RowQuery {
    const Table* table = nullptr;  ///< What is read; its name is the database's.
    std::string sqlite_columns;
    std::string postgres_columns;
};

/// All columns.
RowQuery whole_rows(const Table& table);

/// Which rows of a table have to be written and removed, found without holding them.
struct RowPlan {
    RowQuery query;           ///< What was compared.
    std::vector<bool> write;  ///< Per row of SQLite in the order of the key.
    Arena arena;
    std::vector<Value> gone;   ///< Rows that only PostgreSQL has: the key's columns, then the id.
    TableTally only_postgres;  ///< These rows.
    TableTally sqlite;         ///< All rows of SQLite.
    ChangeCounts changes;

    bool any() const { return changes.any(); }
};

using CellRow = std::span<const Value>;

/// What to do with a key: called for each, with an empty row on the side that lacks it. True: write
/// SQLite's row, or remove PostgreSQL's where SQLite has none.
using Judge = std::function<bool(Found, CellRow sqlite, CellRow postgres, bool is_equal)>;

/// Every difference is carried over.
bool judge_by_hash(Found found, CellRow sqlite, CellRow postgres, bool is_equal);
/// The same, but a row that only PostgreSQL has stays.
bool judge_additions(Found found, CellRow sqlite, CellRow postgres, bool is_equal);

/// Compares a workspace's rows in both databases.
RowPlan compare_rows(const Ends& ends, const RowQuery& query, const Judge& judge);

/// "COPY table … FROM STDIN …" as fits the state of the schema.
std::string load_sql(const Ends& ends, const Table& table);

/// Inserts and overwrites what the plan says, in one statement. Returns the bytes sent. `table` may
/// have more columns than the plan's.
std::int64_t write_rows(const Ends& ends, const RowPlan& plan, const Table& table);

/// Deletes what the plan says, in one statement; with `referrers`, only rows that none of these
/// tables' rows name. Returns the number of rows deleted.
std::int64_t remove_rows(const Ends& ends, const RowPlan& plan,
                         std::span<const Table* const> referrers);

/// " WHERE workspace_id = …".
std::string in_workspace(const Ends& ends);

}  // namespace ingot
