// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

namespace ingot {

/// How connections are opened: each is used by one thread at a time, so SQLite need not lock.
inline constexpr int kOpenFlags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX;

/// Opens an existing Ingot database to read it. Throws RunError when there is none, SchemaTooNew.
std::unique_ptr<SQLite::Database> open_database(const std::string& path);

/// Throws RunError or SchemaTooNew when the open file was not written by this version of Ingot.
void require_known_schema(SQLite::Database& db, const std::string& path);

/// A workspace as a database remembers it.
struct StoredWorkspace {
    std::int64_t id = 0;
    std::string name;
    std::string host;
    std::string path;
};

/// The workspaces that a database holds, by name.
std::vector<StoredWorkspace> stored_workspaces(SQLite::Database& db);

}  // namespace ingot
