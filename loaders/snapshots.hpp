// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include <SQLiteCpp/SQLiteCpp.h>

namespace ingot {

/// A memory snapshot with its content.
struct Snapshot {
    std::string snapshot_id;
    std::string path;        ///< Of the file that it came from.
    std::string created_at;  ///< Empty: not known.
    std::string content;     ///< JSON verbatim, or the text.
    std::int64_t workspace_id = 0;
    std::int64_t source_id = 0;
    std::int64_t source_version = 0;
    std::int64_t source_bytes = 0;
};

/// The snapshots whose id, content hash or producer's id is `id`, the youngest first; one per content.
/// `store_directory` is the file store beside the database. Throws std::runtime_error when a file of
/// the store is missing or damaged.
std::vector<Snapshot> find_snapshots(SQLite::Database& db, const std::string& store_directory,
                                     const std::vector<std::int64_t>& workspaces,
                                     const std::string& id);

/// Sources of a workspace whose snapshots should be in the file store and are not, or not as long.
std::set<std::int64_t> sources_with_lost_files(SQLite::Database& db,
                                               const std::string& store_directory,
                                               std::int64_t workspace_id);

}  // namespace ingot
