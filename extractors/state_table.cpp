// SPDX-License-Identifier: MIT
#include "extractors/state_table.hpp"

#include "pipeline/model/text.hpp"

#include <algorithm>
#include <map>

#include <SQLiteCpp/Statement.h>
#include <sqlite3.h>

namespace ingot {
namespace {

std::string text_of(const SQLite::Column& column) { return column.getString(); }

/// Names and SQL of all tables; those before damage when there is some.
std::map<std::string, std::string> definitions_of(StateFile& file) {
    std::map<std::string, std::string> found;  // sorts bytewise
    SQLite::Statement query(
        file.database, "SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND rootpage > 0");
    int result = SQLITE_ROW;
    while ((result = query.tryExecuteStep()) == SQLITE_ROW)
        found.emplace(text_of(query.getColumn(0)), text_of(query.getColumn(1)));
    if (result != SQLITE_DONE && file.damage.empty()) file.damage = query.getErrorMsg();
    return found;
}

bool can_prepare(SQLite::Database& database, const std::string& sql) {
    try {
        const SQLite::Statement statement(database, sql);
        return true;
    } catch (const SQLite::Exception&) {
        return false;
    }
}

struct DescribedColumn {
    std::string name;
    int key_position = 0;     ///< From 1; 0: no part of the primary key.
    bool is_virtual = false;  ///< Computed when it is read.
};

std::vector<DescribedColumn> columns_of(SQLite::Database& database, const std::string& table) {
    std::vector<DescribedColumn> columns;
    SQLite::Statement query(database,
                            "SELECT name, pk, hidden FROM pragma_table_xinfo(?1, 'main')");
    query.bindNoCopy(1, table);
    while (query.executeStep())
        columns.push_back({.name = text_of(query.getColumn(0)),
                           .key_position = query.getColumn(1).getInt(),
                           .is_virtual = query.getColumn(2).getInt() == 2});
    return columns;
}

std::vector<std::string> key_of(std::vector<DescribedColumn> columns) {
    std::erase_if(columns, [](const DescribedColumn& column) { return column.key_position == 0; });
    std::ranges::sort(columns, {}, &DescribedColumn::key_position);
    std::vector<std::string> key(columns.size());
    std::ranges::transform(columns, key.begin(), &DescribedColumn::name);
    return key;
}

/// A name of the row number that no column has taken.
std::string rowid_of(SQLite::Database& database, const StateTable& table) {
    for (const std::string name : {"rowid", "_rowid_", "oid"}) {
        const auto is_column = [&](const std::string& column) {
            return equal_ignoring_case(column, name);
        };
        if (std::ranges::any_of(table.columns, is_column)) continue;
        return can_prepare(database, "SELECT " + name + " FROM main." + sql_name(table.name)) ? name
                                                                                              : "";
    }
    return {};
}

/// Throws SQLite::Exception when the table cannot be read.
void describe(SQLite::Database& database, StateTable& table) {
    const std::vector<DescribedColumn> columns = columns_of(database, table.name);
    if (columns.empty()) throw SQLite::Exception("its definition cannot be read");
    const auto select = [&] {
        return "SELECT " + sql_names(table.columns) + " FROM main." + sql_name(table.name);
    };
    for (const DescribedColumn& column : columns) table.columns.push_back(column.name);
    // A column may be computed by a function that only its program knows; the others are the data.
    if (!can_prepare(database, select())) {
        table.columns.clear();
        for (const DescribedColumn& column : columns)
            if (!column.is_virtual) table.columns.push_back(column.name);
        const SQLite::Statement check(database, select());
    }
    table.key = key_of(columns);
    table.rowid = rowid_of(database, table);
}

}  // namespace

std::string sql_name(std::string_view name) {
    std::string out = "\"";
    for (const char c : name) out.append(c == '"' ? 2 : 1, c);
    return out + "\"";
}

std::string sql_names(const std::vector<std::string>& names) {
    std::string out;
    for (const std::string& name : names) out += (out.empty() ? "" : ",") + sql_name(name);
    return out;
}

std::vector<StateTable> tables_of(StateFile& file) {
    std::vector<StateTable> tables;
    for (const auto& [name, sql] : definitions_of(file)) {
        if (lower(name).starts_with("sqlite_") || !lower(sql).starts_with("create table")) continue;
        StateTable table{.name = name, .columns = {}, .key = {}, .rowid = {}, .error = {}};
        try {
            describe(file.database, table);
        } catch (const SQLite::Exception& error) {
            table.error = error.what();
        }
        tables.push_back(std::move(table));
    }
    return tables;
}

}  // namespace ingot
