// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/schema/engine/object_graph.hpp"

/// The table of contents of a dump in pg_dump's own format.
namespace ingot::schema {

struct ArchiveEntry {
    std::string line = {};  ///< As pg_restore --list says it, and as --use-list wants it.
    ObjectId id = {};       ///< As in the database that was dumped; zeros: of none of its own.
    std::string text = {};  ///< "TABLE public tasks owner"
};

/// `version` of PostgreSQL wrote it. Throws RunError when the file is no such dump.
std::vector<ArchiveEntry> archive_entries(const std::string& file, int version);

/// Those that make the objects, with their rows, comments and rights, in the archive's order.
std::vector<ArchiveEntry> entries_for(const std::vector<ArchiveEntry>& all,
                                      const std::vector<CatalogObject>& objects,
                                      const std::string& schema);

/// Runs their SQL, rows included, in the target's transaction. Throws StatementFailed, RunError.
void run_entries(Target& target, const std::string& file, int version,
                 const std::vector<ArchiveEntry>& entries);

}  // namespace ingot::schema
