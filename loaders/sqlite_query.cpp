// SPDX-License-Identifier: MIT
#include "loaders/sqlite_query.hpp"

#include "loaders/sqlite_rows.hpp"

namespace ingot {
namespace {

void call_is_json(sqlite3_context* context, int, sqlite3_value** arguments) {
    const auto is_json = reinterpret_cast<bool (*)(std::string_view)>(sqlite3_user_data(context));
    const auto* text = static_cast<const char*>(sqlite3_value_blob(arguments[0]));
    const auto size = static_cast<std::size_t>(sqlite3_value_bytes(arguments[0]));
    sqlite3_result_int(context, text != nullptr && is_json({text, size}) ? 1 : 0);
}

}  // namespace

RunQuery sqlite_query(SQLite::Database& db) {
    return [&db](const std::string& sql) {
        std::vector<std::vector<std::optional<std::string>>> rows;
        SQLite::Statement query(db, sql);
        while (query.executeStep()) {
            auto& row = rows.emplace_back();
            for (int i = 0; i < query.getColumnCount(); ++i) {
                const SQLite::Column cell = query.getColumn(i);
                row.push_back(cell.isNull() ? std::nullopt : std::optional(cell.getString()));
            }
        }
        return rows;
    };
}

void register_json_check(SQLite::Database& db, bool (*is_json)(std::string_view)) {
    sqlite3_create_function(db.getHandle(), "is_json", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC,
                            reinterpret_cast<void*>(is_json), call_is_json, nullptr, nullptr);
}

}  // namespace ingot
