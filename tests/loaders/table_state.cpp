// SPDX-License-Identifier: MIT
#include "tests/loaders/table_state.hpp"

#include "loaders/copy.hpp"
#include "loaders/ddl.hpp"
#include "loaders/sqlite_rows.hpp"

#include "pipeline/model/hash.hpp"

#include <array>

namespace ingot {
namespace {

void add(TableState& state, const Table& table, std::span<const Value> row) {
    ++state.rows;
    state.checksum += row_hash(table, row);
}

}  // namespace

TableState postgres_state(Connection& connection, const Table& table, std::int64_t workspace_id) {
    TableState state;
    CopyOut rows(connection, table,
                 "SELECT " + column_list(table) + " FROM " + std::string(table.name) +
                     " WHERE workspace_id = " + std::to_string(workspace_id));
    while (rows.next()) add(state, table, rows.row());
    return state;
}

TableState sqlite_state(SQLite::Database& db, const Table& table, std::int64_t workspace_id) {
    TableState state;
    const std::array<Value, 1> keys{workspace_id};
    for_each_row(db, table, "workspace_id = ?1", keys,
                 [&](std::span<const Value> row) { add(state, table, row); });
    return state;
}

}  // namespace ingot
