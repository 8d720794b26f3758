// SPDX-License-Identifier: MIT
#include "loaders/folded.hpp"

#include "loaders/fold.hpp"
#include "loaders/source_rows.hpp"

namespace ingot {
namespace {

bool is_folded(const Table& table) {
    return table.kind == Kind::entity || table.kind == Kind::derived;
}

/// A temporary table hides the file's table of the same name from everything that names it plainly.
void hide(SQLite::Database& db, const Table& table) {
    std::string create = create_table(Dialect::sqlite, table);
    db.exec(create.replace(0, std::string_view("CREATE TABLE").size(), "CREATE TEMP TABLE"));
    for (std::string index : create_indexes(Dialect::sqlite, table))
        db.exec(index.replace(0, std::string_view("CREATE INDEX ").size(), "CREATE INDEX temp."));
}

}  // namespace

FoldedEntities::FoldedEntities(const std::string& path, std::span<const Table* const> tables,
                               std::int64_t workspace_id)
    : db_(open_database(path)) {
    db_->exec("PRAGMA foreign_keys = OFF");
    for (const Table* table : tables)
        if (is_folded(*table)) hide(*db_, *table);
    const SourceRows temporary_tables(*db_, tables, true);
    std::map<std::string_view, ChangeCounts> not_asked;
    SQLite::Transaction all_at_once(*db_);
    fold_entities(
        *db_, {.tables = tables, .workspace_id = workspace_id, .all = true, .nothing_before = true},
        not_asked);
    all_at_once.commit();
}

std::unique_ptr<RowCursor> FoldedEntities::cursor(const Table& table) {
    return sqlite_cursor(*db_, table, "true ORDER BY " + key_columns(table));
}

void copy_facts(Reader& from, std::span<const Table* const> tables, std::int64_t workspace_id,
                const std::string& path) {
    SQLite::Database db(path, kOpenFlags | SQLite::OPEN_CREATE);
    db.exec("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF");
    SQLite::Transaction all_at_once(db);
    for (const Table* table : tables) {
        db.exec(create_table(Dialect::sqlite, *table));
        if (table->kind == Kind::fact || table->name == "sources") {
            RowStatement insert(db, insert_sql(*table));
            from.rows(*table, in_workspace(workspace_id), [&](std::span<const Value> row) {
                insert.bind_row(*table, row);
                insert.run();
            });
        }
        for (const std::string& sql : create_indexes(Dialect::sqlite, *table)) db.exec(sql);
    }
    db.exec("PRAGMA user_version = " + std::to_string(kSchemaVersion));
    all_at_once.commit();
}

}  // namespace ingot
