// SPDX-License-Identifier: MIT
#include "tests/pipeline/table_dump.hpp"

#include "pipeline/model/json_text.hpp"
#include "pipeline/model/text.hpp"
#include "pipeline/tables/tables.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <memory>
#include <stdexcept>
#include <string_view>
#include <vector>

namespace ingot::testing {
namespace {

constexpr std::array<std::string_view, 7> kTablesLeftOut{
    "workspaces",        "import_runs",       "source_versions", "source_segments",
    "schema_migrations", "migration_journal", "migration_log"};

constexpr std::array<std::string_view, 12> kColumnsLeftOut{
    "workspace_id", "run_id",    "first_run_id", "last_run_id", "source_version", "inode",
    "head_hash",    "tail_hash", "content_hash", "blocks_hash", "companions",     "checksum"};

using Connection = std::unique_ptr<sqlite3, int (*)(sqlite3*)>;
using Statement = std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt*)>;

Connection connect(const std::string& file) {
    sqlite3* opened = nullptr;
    const int code = sqlite3_open_v2(file.c_str(), &opened, SQLITE_OPEN_READONLY, nullptr);
    Connection db(opened, sqlite3_close);
    if (code != SQLITE_OK) throw std::runtime_error("cannot open " + file);
    return db;
}

Statement prepare(sqlite3* db, const std::string& sql) {
    sqlite3_stmt* prepared = nullptr;
    if (sqlite3_prepare_v2(db, sql.c_str(), -1, &prepared, nullptr) != SQLITE_OK)
        throw std::runtime_error(sql + ": " + sqlite3_errmsg(db));
    return {prepared, sqlite3_finalize};
}

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '\t')
            out += "\\t";
        else if (c == '\n')
            out += "\\n";
        else if (c == '\r')
            out += "\\r";
        else if (c == '\\')
            out += "\\\\";
        else
            out += c;
    }
    return out;
}

std::string hex(std::string_view bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out = "\\x";
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        out += {digits[byte >> 4U], digits[byte & 15U]};
    }
    return out;
}

std::string cell(sqlite3_stmt* row, int column) {
    const int type = sqlite3_column_type(row, column);
    if (type == SQLITE_NULL) return "\\N";
    if (type == SQLITE_FLOAT) return json_text::number(sqlite3_column_double(row, column));
    const auto* data = static_cast<const char*>(sqlite3_column_blob(row, column));
    const std::string_view bytes(data == nullptr ? "" : data,
                                 static_cast<std::size_t>(sqlite3_column_bytes(row, column)));
    if (!is_clean_text(bytes)) return hex(bytes);
    return escaped(bytes.size() > kLongestKey ? shortened_key(bytes) : std::string(bytes));
}

/// The path of the source stands for its id.
std::string shown_name(const Table& table, std::string_view column) {
    if (column != "source_id") return "t." + std::string(column);
    return table.name == "sources" ? "t.path" : "s.path";
}

std::string selection(const Table& table) {
    std::string names;
    for (const Column& column : table.columns) {
        if (std::ranges::find(kColumnsLeftOut, column.name) != kColumnsLeftOut.end()) continue;
        if (column.name == "source_id" && table.name == "sources") continue;
        names += (names.empty() ? "" : ", ") + shown_name(table, column.name);
        if (column.name == "source_id") names += " AS source";
    }
    std::string order;
    for (const std::string_view column : table.key)
        if (column != "workspace_id")
            order += (order.empty() ? " ORDER BY " : ", ") + shown_name(table, column);
    const bool joins =
        table.position("source_id") < table.columns.size() && table.name != "sources";
    return "SELECT " + names + " FROM " + std::string(table.name) + " t" +
           (joins ? " LEFT JOIN sources s USING (workspace_id, source_id)" : "") + order;
}

std::string dump(sqlite3* db, const Table& table) {
    const Statement rows = prepare(db, selection(table));
    const int width = sqlite3_column_count(rows.get());
    std::vector<std::string> lines;
    int code = SQLITE_ROW;
    while ((code = sqlite3_step(rows.get())) == SQLITE_ROW) {
        std::string line;
        for (int i = 0; i < width; ++i) line += (i == 0 ? "" : "\t") + cell(rows.get(), i);
        lines.push_back(line);
    }
    if (code != SQLITE_DONE) throw std::runtime_error(sqlite3_errmsg(db));
    if (lines.empty()) return {};
    std::string out;
    for (int i = 0; i < width; ++i)
        out += (i == 0 ? "" : "\t") + std::string(sqlite3_column_name(rows.get(), i));
    for (const std::string& line : lines) out += "\n" + line;
    return out + "\n";
}

}  // namespace

std::map<std::string, std::string> dump_tables(const std::string& database) {
    const Connection db = connect(database);
    std::map<std::string, std::string> out;
    for (const Table* table : tables()) {
        if (std::ranges::find(kTablesLeftOut, table->name) != kTablesLeftOut.end()) continue;
        std::string text = dump(db.get(), *table);
        if (!text.empty()) out[std::string(table->name)] = std::move(text);
    }
    return out;
}

}  // namespace ingot::testing
