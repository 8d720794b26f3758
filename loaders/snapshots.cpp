// SPDX-License-Identifier: MIT
#include "loaders/snapshots.hpp"

#include "loaders/file_store.hpp"
#include "loaders/sqlite_rows.hpp"

#include "pipeline/model/json_text.hpp"

#include <algorithm>

namespace ingot {

std::vector<Snapshot> find_snapshots(SQLite::Database& db, const std::string& store_directory,
                                     const std::vector<std::int64_t>& workspaces,
                                     const std::string& id) {
    std::vector<Snapshot> found;
    const FileStore files(store_directory);
    for (const std::int64_t workspace : workspaces) {
        RowStatement select(
            db,
            "SELECT m.snapshot_id, s.path, coalesce(m.created_at, ''), m.content, m.content_path, "
            "s.source_id, s.source_version, s.size_bytes "
            "FROM memory_snapshots m JOIN sources s ON s.workspace_id = m.workspace_id AND "
            "s.source_id = m.source_id "
            "WHERE m.workspace_id = ?1 AND (m.snapshot_id = ?2 OR m.content_hash = ?2 OR "
            "m.producer_id = ?2) "
            "GROUP BY m.content_hash ORDER BY m.created_at DESC, s.path");
        select.bind(1, workspace);
        select.bind(2, std::string_view(id));
        while (select.step()) {
            Snapshot snapshot{std::string(select.text(0)),
                              std::string(select.text(1)),
                              std::string(select.text(2)),
                              {},
                              workspace,
                              select.integer(5),
                              select.integer(6),
                              select.integer(7)};
            if (!select.is_null(3)) {
                const std::string_view content = select.text(3);
                snapshot.content =
                    content.starts_with('"') ? json_text::unescaped(content) : std::string(content);
            } else {
                snapshot.content = files.get(select.text(4));
            }
            found.push_back(std::move(snapshot));
        }
    }
    std::ranges::stable_sort(found, std::ranges::greater{}, &Snapshot::created_at);
    return found;
}

std::set<std::int64_t> sources_with_lost_files(SQLite::Database& db,
                                               const std::string& store_directory,
                                               std::int64_t workspace_id) {
    std::set<std::int64_t> lost;
    const FileStore files(store_directory);
    RowStatement stored(db, "SELECT source_id, content_path, stored_bytes FROM memory_snapshots "
                            "WHERE workspace_id = ?1 AND content_path IS NOT NULL");
    stored.bind(1, workspace_id);
    while (stored.step())
        if (!files.has(stored.text(1), stored.integer(2))) lost.insert(stored.integer(0));
    return lost;
}

}  // namespace ingot
