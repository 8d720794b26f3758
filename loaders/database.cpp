// SPDX-License-Identifier: MIT
#include "loaders/database.hpp"

#include "loaders/ddl.hpp"
#include "loaders/sqlite_rows.hpp"

#include "pipeline/model/bookkeeping.hpp"
#include "pipeline/model/errors.hpp"

#include <boost/filesystem.hpp>
#include <sqlite3.h>
#include <unistd.h>

namespace ingot {

namespace {

constexpr int kReadOnlyFlags = SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI;

/// SQLite keeps files beside a database that it reads; where it cannot, nobody else writes either.
bool is_writable(const std::string& path) {
    const std::string parent = boost::filesystem::path(path).parent_path().string();
    return access(path.c_str(), W_OK) == 0 &&
           access(parent.empty() ? "." : parent.c_str(), W_OK) == 0;
}

/// https://sqlite.org/uri.html
std::string uri_of(const std::string& path) {
    std::string uri = "file:";
    for (const char c : path) {
        const bool is_special = c == '%' || c == '?' || c == '#';
        uri += is_special ? (c == '%' ? "%25" : c == '?' ? "%3f" : "%23") : std::string(1, c);
    }
    return uri + "?immutable=1";
}

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
        auto db = is_writable(path)
                      ? std::make_unique<SQLite::Database>(path, kOpenFlags, 10'000)
                      : std::make_unique<SQLite::Database>(uri_of(path), kReadOnlyFlags, 10'000);
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
    if (version < kSchemaVersion)
        throw RunError(Exit::schema, path + " has version " + std::to_string(version) +
                                         " of Ingot's schema, this program needs " +
                                         std::to_string(kSchemaVersion) +
                                         "; `ingot import --migrate` brings it up to date");
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
