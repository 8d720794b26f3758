// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/copy.hpp"
#include "loaders/sqlite_rows.hpp"

#include <compare>
#include <optional>
#include <span>
#include <string>
#include <vector>

/// Walking through the rows of two databases side by side.
namespace ingot {

/// The rows of a query on SQLite, pulled one by one.
class SqliteRows {
public:
    /// `select` gives the columns of `table` in their order; `keys` are bound from ?1 on and must
    /// outlive the rows.
    SqliteRows(SQLite::Database& db, const Table& table, const std::string& select,
               std::span<const Value> keys)
        : table_(table), statement_(db, select), row_(table.columns.size()) {
        for (std::size_t i = 0; i < keys.size(); ++i)
            statement_.bind(static_cast<int>(i) + 1, keys[i]);
    }

    bool next() {
        if (!statement_.step()) return false;
        for (std::size_t i = 0; i < row_.size(); ++i)
            row_[i] = statement_.read(static_cast<int>(i), table_.columns[i]);
        return true;
    }
    std::span<const Value> row() const { return row_; }

private:
    const Table& table_;
    RowStatement statement_;
    std::vector<Value> row_;
};

/// The rows of a query on PostgreSQL, or none where the table is not there yet.
class PostgresRows {
public:
    void open(Connection& connection, const Table& table, const std::string& select) {
        copy_.emplace(connection, table, select);
    }
    bool next() { return copy_ && copy_->next(); }
    std::span<const Value> row() const { return copy_->row(); }

private:
    std::optional<CopyOut> copy_;
};

/// Order by the columns at these positions: integers by value, text by bytes, as both databases do.
inline std::partial_ordering compare_at(std::span<const std::size_t> positions,
                                        std::span<const Value> a, std::span<const Value> b) {
    for (const std::size_t i : positions)
        if (const auto order = a[i] <=> b[i]; std::is_neq(order)) return order;
    return std::partial_ordering::equivalent;
}

/// Where a key occurs. SQLite is the left side.
enum class Found { left, right, both };

/// Calls visit(where, left row, right row) for every key in order; the row of a side that lacks the
/// key is empty. Requires: both are ordered by the columns at `key`, which are unique.
template <class Left, class Right, class Visit>
void merge(Left& left, Right& right, std::span<const std::size_t> key, Visit visit) {
    bool has_left = left.next();
    bool has_right = right.next();
    while (has_left || has_right) {
        const auto order = !has_left    ? std::partial_ordering::greater
                           : !has_right ? std::partial_ordering::less
                                        : compare_at(key, left.row(), right.row());
        const std::span<const Value> none;
        if (std::is_lt(order)) {
            visit(Found::left, left.row(), none);
        } else if (std::is_gt(order)) {
            visit(Found::right, none, right.row());
        } else {
            visit(Found::both, left.row(), right.row());
        }
        if (std::is_lteq(order)) has_left = left.next();
        if (std::is_gteq(order)) has_right = right.next();
    }
}

}  // namespace ingot
