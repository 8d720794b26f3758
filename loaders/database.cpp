// SPDX-License-Identifier: MIT
#include "loaders/database.hpp"

#include "loaders/ddl.hpp"
#include "loaders/sqlite_rows.hpp"

#include "pipeline/model/bookkeeping.hpp"
#include "pipeline/model/errors.hpp"

#include <boost/filesystem.hpp>
#include <sqlite3.h>

namespace ingot {

namespace {

std::string what_to_do(const SQLite::Exception& error) {
    switch (error.getErrorCode()) {
        case SQLITE_NOTADB: return "; name an Ingot database with --sqlite";
        case SQLITE_CORRUPT:
            return "; restore it from a backup, or export from PostgreSQL and import that";
        case SQLITE_BUSY: return "; another program has locked it, try again";
        default: return "; see that it and its directory can be read and written";
    }
}

}  // namespace

std::unique_ptr<SQLite::Database> open_database(const std::string& path) {
    if (!boost::filesystem::exists(path))
        throw RunError(Exit::failed,
                       "there is no " + path +
                           "; name the database with --sqlite, or make it with ingot import");
    try {
        auto db = std::make_unique<SQLite::Database>(path, kOpenFlags, 10'000);
        require_known_schema(*db, path);
        return db;
    } catch (const SQLite::Exception& error) {
        throw RunError(Exit::failed,
                       "cannot open " + path + ": " + error.what() + what_to_do(error));
    }
}

void require_known_schema(SQLite::Database& db, const std::string& path) {
    int version = 0;
    bool has_tables = false;
    try {
        version = db.execAndGet("PRAGMA user_version").getInt();
        has_tables = db.tableExists("import_runs");
    } catch (const SQLite::Exception& error) {
        throw RunError(Exit::failed,
                       "cannot read " + path + ": " + error.what() + what_to_do(error));
    }
    if (version == 0 || !has_tables)
        throw RunError(Exit::failed, path + " is not an Ingot database: it has none of its tables; "
                                            "name another file with --sqlite");
    if (version > kSchemaVersion)
        throw SchemaTooNew(path + " was written by a newer Ingot (schema " +
                           std::to_string(version) + ", this one knows " +
                           std::to_string(kSchemaVersion) + "); use that one");
}

std::vector<StoredWorkspace> stored_workspaces(SQLite::Database& db) {
    std::vector<StoredWorkspace> found;
    for_each_row(
        db, table_of<WorkspaceRow>(), "", {},
        [&](std::span<const Value> row) {
            const auto stored = from_cells<WorkspaceRow>(row);
            found.push_back({stored.workspace_id, std::string(stored.name),
                             std::string(stored.host), std::string(stored.path)});
        },
        "ORDER BY name");
    return found;
}

}  // namespace ingot
