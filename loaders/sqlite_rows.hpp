// SPDX-License-Identifier: MIT
#pragma once

#include "pipeline/model/table.hpp"

#include <functional>
#include <memory>
#include <span>
#include <string>

#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

namespace ingot {

/// A prepared statement whose cells are Values. SQLiteCpp, which does all the rest, copies every
/// text that it binds; on the way of a million rows that is a quarter of the time.
class RowStatement {
public:
    /// Throws SQLite::Exception. The database must outlive the statement.
    RowStatement(SQLite::Database& db, const std::string& sql);

    /// Binds one cell as the column stores it (times as canonical text). Text is not copied: it must
    /// live until the statement is reset. `index` counts from 1.
    void bind(int index, const Column& column, const Value& value);
    /// Binds plain text, integers, reals and NULLs.
    void bind(int index, const Value& value);
    /// Binds a whole row from parameter 1 on.
    void bind_row(const Table& table, std::span<const Value> row);

    /// True while there is a row.
    bool step();
    void reset();
    /// Runs to the end and resets; returns the number of rows changed.
    int run();
    /// The current row's cell; text lives until the next step or reset. `index` counts from 0.
    Value read(int index, const Column& column) const;
    std::int64_t integer(int index) const;
    std::string_view text(int index) const;
    bool is_null(int index) const;

private:
    void check(int code) const;

    sqlite3* db_;
    std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt*)> statement_;
};

/// Calls `read` for each row of `table` for which `where` holds ("workspace_id = ?1 AND …", bound from
/// `keys` in order; `tail` may order). Cells live until `read` returns.
void for_each_row(SQLite::Database& db, const Table& table, const std::string& where,
                  std::span<const Value> keys,
                  const std::function<void(std::span<const Value>)>& read,
                  const std::string& tail = {});

/// "INSERT INTO table (columns) VALUES (?, …)"; `verb` may be "INSERT OR REPLACE".
std::string insert_sql(const Table& table, const std::string& verb = "INSERT");

}  // namespace ingot
