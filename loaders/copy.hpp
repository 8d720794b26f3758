// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/postgres.hpp"
#include "pipeline/model/table.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Rows to and from PostgreSQL in COPY's binary format: no escaping, no number is printed and read
/// again.
namespace ingot {

/// Microseconds from 1970-01-01, where Ingot counts from, to 2000-01-01, where PostgreSQL does.
inline constexpr std::int64_t kPostgresEpoch = 946'684'800'000'000;

/// Appends one cell: its length, then its bytes.
void encode_cell(std::string& out, Type type, const Value& value);

/// Appends a row of the table: the number of cells, then the cells.
void encode_row(std::string& out, const Table& table, std::span<const Value> row);

/// Reads one row, whose text then points into `bytes`, and returns the bytes after it. Throws
/// std::runtime_error when they do not begin with such a row.
std::string_view decode_row(std::string_view bytes, const Table& table, std::vector<Value>& row);

/// Writes rows into a table by one COPY. Without finish() nothing is written and the transaction is
/// broken.
class CopyIn {
public:
    /// `sql` is COPY … FROM STDIN with the format binary; `table` describes its columns.
    CopyIn(Connection& connection, const Table& table, const std::string& sql);
    ~CopyIn();
    CopyIn(const CopyIn&) = delete;
    CopyIn& operator=(const CopyIn&) = delete;

    void add(std::span<const Value> row);
    /// Throws what the server says against any of the rows.
    void finish();

    std::int64_t rows() const { return rows_; }
    std::int64_t bytes() const { return bytes_; }  ///< As sent.

private:
    void add_large(std::span<const Value> row);
    void send(std::string_view bytes);
    void flush();

    Connection& connection_;
    const Table& table_;
    std::string buffer_;
    std::int64_t rows_ = 0;
    std::int64_t bytes_ = 0;
    bool is_open_ = true;
};

/// "COPY table (columns) FROM STDIN (FORMAT binary)".
std::string copy_in_sql(const Table& table);

/// Reads the rows of a query. Before its end the connection can do nothing else.
class CopyOut {
public:
    /// `select` gives the columns of `table` in their order.
    CopyOut(Connection& connection, const Table& table, const std::string& select);
    ~CopyOut();
    CopyOut(const CopyOut&) = delete;
    CopyOut& operator=(const CopyOut&) = delete;

    /// False at the end.
    bool next();
    /// The current row; text lives until the next call of next().
    std::span<const Value> row() const { return row_; }

private:
    bool receive();

    Connection& connection_;
    const Table& table_;
    char* message_ = nullptr;
    std::string_view rest_;
    std::vector<Value> row_;
    bool is_started_ = false;  ///< The stream's header was read.
    bool is_open_ = true;
};

}  // namespace ingot
