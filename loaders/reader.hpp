// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/check.hpp"
#include "loaders/database.hpp"
#include "loaders/pool.hpp"

#include "pipeline/model/table.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace ingot {

/// Rows pulled one by one.
class RowCursor {
public:
    RowCursor() = default;
    RowCursor(const RowCursor&) = delete;
    RowCursor& operator=(const RowCursor&) = delete;
    virtual ~RowCursor() = default;
    /// False at the end.
    virtual bool next() = 0;
    /// The current row; its text lives until the next call of next().
    virtual std::span<const Value> row() const = 0;
};

/// One state of a database, of either kind, for as long as the object lives: what is written meanwhile
/// is not seen.
class Reader {
public:
    Reader() = default;
    Reader(const Reader&) = delete;
    Reader& operator=(const Reader&) = delete;
    virtual ~Reader() = default;

    virtual Dialect dialect() const = 0;
    /// The rows of a table. `condition` is what follows WHERE, in the SQL that both databases speak; it
    /// may end with ORDER BY. Nothing else can be asked while the cursor lives. Its table must outlive it.
    virtual std::unique_ptr<RowCursor> cursor(const Table& table, const std::string& condition) = 0;
    /// Calls `read` for each of these rows; cells live until it returns.
    void rows(const Table& table, const std::string& condition,
              const std::function<void(std::span<const Value>)>& read);
    /// Small answers, as text.
    virtual RunQuery query() = 0;

    /// The workspaces that it holds, by name.
    std::vector<StoredWorkspace> workspaces();
};

/// Throws RunError when there is no such database, SchemaTooNew.
std::unique_ptr<Reader> read_sqlite(const std::string& path);

/// The schema of the pool. Throws DatabaseUnreachable, and RunError when it holds no Ingot tables.
std::unique_ptr<Reader> read_postgres(Pool& pool);

/// Rows of a connection that is in other hands.
std::unique_ptr<RowCursor> sqlite_cursor(SQLite::Database& db, const Table& table,
                                         const std::string& condition);

/// Whether the pool's schema has Ingot's tables.
bool holds_tables(Pool& pool);

/// "workspace_id = 7": the condition of all that belongs to one workspace.
std::string in_workspace(std::int64_t workspace_id);

/// "'text'" as SQL of both databases.
std::string sql_text(std::string_view text);

}  // namespace ingot
