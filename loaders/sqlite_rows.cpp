// SPDX-License-Identifier: MIT
#include "loaders/sqlite_rows.hpp"

#include "loaders/ddl.hpp"

#include "pipeline/model/time.hpp"

#include <vector>

namespace ingot {

RowStatement::RowStatement(SQLite::Database& db, const std::string& sql)
    : db_(db.getHandle()), statement_(nullptr, sqlite3_finalize) {
    sqlite3_stmt* statement = nullptr;
    check(sqlite3_prepare_v3(db_, sql.c_str(), -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr));
    statement_.reset(statement);
}

void RowStatement::check(int code) const {
    if (code != SQLITE_OK && code != SQLITE_ROW && code != SQLITE_DONE)
        throw SQLite::Exception(db_, code);
}

void RowStatement::bind(int index, const Column& column, const Value& value) {
    if (value.index() == 0) {
        check(sqlite3_bind_null(statement_.get(), index));
    } else if (const auto* number = std::get_if<std::int64_t>(&value)) {
        if (column.type != Type::time) {
            check(sqlite3_bind_int64(statement_.get(), index, *number));
            return;
        }
        const std::string time = format_time({*number});
        check(sqlite3_bind_text(statement_.get(), index, time.data(), static_cast<int>(time.size()),
                                SQLITE_TRANSIENT));
    } else if (const auto* real = std::get_if<double>(&value)) {
        check(sqlite3_bind_double(statement_.get(), index, *real));
    } else {
        const std::string_view text = std::get<std::string_view>(value);
        const char* data = text.data() == nullptr ? "" : text.data();  // nullptr would bind NULL
        const auto size = static_cast<sqlite3_uint64>(text.size());
        check(column.type == Type::bytes
                  ? sqlite3_bind_blob64(statement_.get(), index, data, size, SQLITE_STATIC)
                  : sqlite3_bind_text64(statement_.get(), index, data, size, SQLITE_STATIC,
                                        SQLITE_UTF8));
    }
}

void RowStatement::bind(int index, const Value& value) {
    static const Column plain{};
    bind(index, plain, value);
}

void RowStatement::bind_row(const Table& table, std::span<const Value> row) {
    for (std::size_t i = 0; i < row.size(); ++i)
        bind(static_cast<int>(i) + 1, table.columns[i], row[i]);
}

bool RowStatement::step() {
    const int code = sqlite3_step(statement_.get());
    check(code);
    return code == SQLITE_ROW;
}

void RowStatement::reset() { sqlite3_reset(statement_.get()); }

int RowStatement::run() {
    while (step()) {
    }
    reset();
    return sqlite3_changes(db_);
}

Value RowStatement::read(int index, const Column& column) const {
    if (is_null(index)) return {};
    switch (column.type) {
        case Type::integer:
        case Type::boolean: return integer(index);
        case Type::real: return sqlite3_column_double(statement_.get(), index);
        case Type::time: {
            const auto time = parse_canonical_time(text(index));
            return time ? Value{time->us} : Value{};
        }
        default: return text(index);
    }
}

std::int64_t RowStatement::integer(int index) const {
    return sqlite3_column_int64(statement_.get(), index);
}

std::string_view RowStatement::text(int index) const {
    const auto* data = static_cast<const char*>(sqlite3_column_blob(statement_.get(), index));
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), index));
    return {data == nullptr ? "" : data, size};
}

bool RowStatement::is_null(int index) const {
    return sqlite3_column_type(statement_.get(), index) == SQLITE_NULL;
}

void for_each_row(SQLite::Database& db, const Table& table, const std::string& where,
                  std::span<const Value> keys,
                  const std::function<void(std::span<const Value>)>& read,
                  const std::string& tail) {
    RowStatement select(db, "SELECT " + column_list(table) + " FROM " + std::string(table.name) +
                                (where.empty() ? "" : " WHERE " + where) +
                                (tail.empty() ? "" : " " + tail));
    for (std::size_t i = 0; i < keys.size(); ++i) select.bind(static_cast<int>(i) + 1, keys[i]);
    std::vector<Value> row(table.columns.size());
    while (select.step()) {
        for (std::size_t i = 0; i < row.size(); ++i)
            row[i] = select.read(static_cast<int>(i), table.columns[i]);
        read(row);
    }
}

std::string insert_sql(const Table& table, const std::string& verb) {
    std::string marks;
    for (std::size_t i = 0; i < table.columns.size(); ++i) marks += i == 0 ? "?" : ", ?";
    return verb + " INTO " + std::string(table.name) + " (" + column_list(table) + ") VALUES (" +
           marks + ")";
}

}  // namespace ingot
