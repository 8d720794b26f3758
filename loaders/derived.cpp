// SPDX-License-Identifier: MIT
#include "loaders/derived.hpp"

#include "loaders/ddl.hpp"
#include "loaders/embedded.hpp"

#include "pipeline/model/errors.hpp"
#include "pipeline/model/hash.hpp"

namespace ingot {
namespace {

/// Ids are message ids, or "source:offset" for records without one; both are found by an index.
constexpr std::string_view kTouched = R"(AND m.rowid IN (
    SELECT m1.rowid FROM touched t JOIN messages m1 ON m1.workspace_id = ?1 AND m1.message_id = t.id
    WHERE t.entity = 'message_usage'
    UNION ALL
    SELECT m2.rowid FROM touched t JOIN messages m2 ON m2.workspace_id = ?1 AND m2.message_id IS NULL
        AND m2.source_id = CAST(substr(t.id, 1, instr(t.id, ':') - 1) AS INTEGER)
        AND m2.source_offset = CAST(substr(t.id, instr(t.id, ':') + 1) AS INTEGER)
    WHERE t.entity = 'message_usage' AND instr(t.id, ':') > 0))";

std::string derived_sql(const Table& table, bool all) {
    for (const embedded::EmbeddedText& text : embedded::derived()) {
        if (text.name != table.name) continue;
        std::string sql(text.text);
        const std::string_view mark = "{filter}";
        sql.replace(sql.find(mark), mark.size(), all ? "" : kTouched);
        return sql;
    }
    throw RunError(Exit::failed, "nothing says how to compute " + std::string(table.name));
}

}  // namespace

void fold_derived(SQLite::Database& db, const Table& table, const FoldScope& scope,
                  ChangeCounts& counts) {
    const std::string name(table.name);
    const std::string id(table.key.back());
    db.exec("CREATE TEMP TABLE IF NOT EXISTS derived_ids (id TEXT PRIMARY KEY) WITHOUT ROWID; "
            "DELETE FROM derived_ids");
    RowStatement compute(db, derived_sql(table, scope.all));
    RowStatement current(db, "SELECT " + column_list(table) + " FROM " + name +
                                 " WHERE workspace_id = ?1 AND " + id + " = ?2");
    RowStatement write(db, insert_sql(table, "INSERT OR REPLACE"));
    RowStatement keep(db, "INSERT INTO derived_ids VALUES (?1)");
    compute.bind(1, scope.workspace_id);
    std::vector<Value> row(table.columns.size());
    const std::size_t key = table.position(id);
    while (compute.step()) {
        for (std::size_t i = 0; i < row.size(); ++i)
            row[i] = compute.read(static_cast<int>(i), table.columns[i]);
        bool was_there = false;
        if (!scope.nothing_before) {
            keep.bind(1, row[key]);
            keep.run();
            current.bind(1, row[0]);
            current.bind(2, row[key]);
            was_there = current.step();
            std::vector<Value> before(was_there ? row.size() : 0);
            for (std::size_t i = 0; i < before.size(); ++i)
                before[i] = current.read(static_cast<int>(i), table.columns[i]);
            const bool equal = was_there && row_hash(table, before) == row_hash(table, row);
            current.reset();
            if (equal) continue;
        }
        write.bind_row(table, row);
        write.run();
        ++(was_there ? counts.updated : counts.inserted);
    }
    if (scope.nothing_before) return;
    RowStatement remove(db, "DELETE FROM " + name + " WHERE workspace_id = ?1 AND " + id +
                                " NOT IN (SELECT id FROM derived_ids)" +
                                (scope.all ? ""
                                           : " AND " + id +
                                                 " IN (SELECT id FROM touched WHERE entity = '" +
                                                 name + "')"));
    remove.bind(1, scope.workspace_id);
    counts.removed += remove.run();
}

}  // namespace ingot
