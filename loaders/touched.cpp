// SPDX-License-Identifier: MIT
#include "loaders/touched.hpp"

#include "loaders/sqlite_rows.hpp"

namespace ingot {

void touch_all(SQLite::Database& db, const Table& entity, const FoldScope& scope) {
    const std::string name(entity.name);
    const auto touch = [&](const std::string& select) {
        RowStatement all(db, "INSERT OR IGNORE INTO touched (entity, id) SELECT DISTINCT '" + name +
                                 "', " + select);
        all.bind(1, scope.workspace_id);
        all.run();
    };
    touch("entity_id FROM entity_statements WHERE workspace_id = ?1 AND entity = '" + name + "'");
    if (entity.key.size() > 2) return;
    if (!scope.nothing_before)
        touch(std::string(entity.key.back()) + " FROM " + name + " WHERE workspace_id = ?1");
    for (const Table* table : scope.tables)
        for (const Reference& reference : table->references)
            if (reference.table == name)
                touch(std::string(reference.column) + " FROM " + std::string(table->name) +
                      " WHERE workspace_id = ?1 AND " + std::string(reference.column) +
                      " IS NOT NULL");
}

std::vector<std::string> next_touched(SQLite::Database& db, const Table& entity) {
    std::vector<std::string> ids;
    RowStatement select(db, "SELECT id FROM touched WHERE entity = ?1 AND done = 0 LIMIT 10000");
    select.bind(1, entity.name);
    while (select.step()) ids.emplace_back(select.text(0));
    return ids;
}

}  // namespace ingot
