// SPDX-License-Identifier: MIT
#include "loaders/sqlite_query.hpp"

#include "loaders/file_store.hpp"

#include <exception>
#include <memory>

#include <sqlite3.h>

namespace ingot {
namespace {

std::string_view text_of(sqlite3_value* value) {
    const auto* text = static_cast<const char*>(sqlite3_value_blob(value));
    const auto size = static_cast<std::size_t>(sqlite3_value_bytes(value));
    return text == nullptr ? std::string_view() : std::string_view(text, size);
}

void call_is_json(sqlite3_context* context, int, sqlite3_value** arguments) {
    const auto is_json = reinterpret_cast<bool (*)(std::string_view)>(sqlite3_user_data(context));
    const bool is_null = sqlite3_value_type(arguments[0]) == SQLITE_NULL;
    sqlite3_result_int(context, !is_null && is_json(text_of(arguments[0])) ? 1 : 0);
}

const char* state_of(const FileStore& files, std::string_view path, std::string_view hash) {
    try {
        if (!files.has(path)) return "missing";
        files.get(path);  // throws when the content is not what the file's name says
        return path.substr(3, hash.size()) == hash ? "whole" : "other content";
    } catch (const std::exception&) {
        return "damaged";
    }
}

void call_stored_file_state(sqlite3_context* context, int, sqlite3_value** arguments) {
    const auto& files = *static_cast<const FileStore*>(sqlite3_user_data(context));
    sqlite3_result_text(context, state_of(files, text_of(arguments[0]), text_of(arguments[1])), -1,
                        SQLITE_STATIC);
}

void forget_files(void* files) { delete static_cast<FileStore*>(files); }

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

void register_check_functions(SQLite::Database& db, const CheckFunctions& functions) {
    sqlite3_create_function(db.getHandle(), "is_json", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC,
                            reinterpret_cast<void*>(functions.is_json), call_is_json, nullptr,
                            nullptr);
    auto files = std::make_unique<FileStore>(functions.store_directory);
    sqlite3_create_function_v2(db.getHandle(), "stored_file_state", 2, SQLITE_UTF8, files.release(),
                               call_stored_file_state, nullptr, nullptr, forget_files);
}

}  // namespace ingot
