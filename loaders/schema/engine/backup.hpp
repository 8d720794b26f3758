// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/schema/engine/object_graph.hpp"
#include "loaders/schema/engine/row_hashes.hpp"

#include <chrono>

/// Copies of tables that are about to change, and the way back to them.
namespace ingot::schema {

/// A table of a backup.
struct BackupTable {
    TableHash hash = {};
    std::string oid = {};  ///< PostgreSQL: finds it again when it was renamed.
};

/// What a backup holds; kept beside it in FILE.toml.
struct BackupInfo {
    Dialect dialect = Dialect::postgres;
    std::string file = {};
    std::string content = {};  ///< Hash of the file's bytes.
    std::vector<BackupTable> tables = {};
    std::string pack = {};      ///< Whose migrations are about to run.
    std::string position = {};  ///< PostgreSQL: in the write-ahead log, "0/16B3748".
    std::string time = {};      ///< "2025-07-16T02:22:10.050741Z"
    std::string server = {};    ///< Where it was, without a password; SQLite: the file's real path.
    std::string version = {};
    std::string database = {};
    std::string identity =
        {};  ///< PostgreSQL: of the cluster and the database, whatever their names.
    std::string schema = {};
    std::vector<std::string> description = {};  ///< describe() of the whole schema.
    /// PostgreSQL: all that hangs on the tables, and what they need.
    std::vector<CatalogObject> objects = {};
    std::vector<CatalogObject> needs = {};
};

/// Writes a new file: PostgreSQL: all definitions of the schema and the rows of the tables (those that do
/// not exist are passed over; partitions and heirs are added), by pg_dump, of one moment with the hashes.
/// SQLite: the whole database. `place` is the connection text or the path. The target must not be in a
/// transaction. Throws RunError: nothing is left behind under the file's name.
BackupInfo make_backup(Target& target, const std::string& place,
                       const std::vector<std::string>& tables, const std::string& file,
                       const std::string& pack = {});

/// Restores it into scratch databases and compares all rows, and the definitions as a restore does. Throws
/// ValidationFailed that names what differs, RunError when no scratch database can be had.
void prove_backup(
    const BackupInfo& info, const std::string& place,
    const std::function<void()>& while_waiting = [] {});

/// Throws RunError when FILE or FILE.toml cannot be read, ValidationFailed when the file is not the one
/// that was written.
BackupInfo read_backup(const std::string& file);

/// What a restore would do, for people.
struct RestorePlan {
    std::vector<std::string> lines = {};  ///< What happens, in its order.
    std::vector<std::string> losses =
        {};  ///< What is there now and will not be: "tasks: 3 rows …".
    std::vector<std::string> obstacles = {};  ///< Why it cannot be done; empty: it can.
};

/// Only reads.
RestorePlan plan_restore(Target& target, const BackupInfo& info);

/// What a restore left.
struct Restored {
    std::vector<std::string> differences =
        {};                 ///< "+ table later", "- …": to the backup; not touched.
    std::string copy = {};  ///< SQLite: the file with the state before.
};

struct RestoreSettings {
    std::chrono::milliseconds lock_timeout{10'000};  ///< For each lock.
    /// PostgreSQL: runs in the same transaction at its end.
    std::function<void(Target& session)> before_commit = [](Target&) {};
};

/// Brings the tables back in one transaction, and proves rows and definitions before it commits. Throws
/// RunError when there are obstacles or when rows of other tables no longer fit, and ValidationFailed
/// when the result is not what the backup says: nothing has changed then.  SQLite: the whole database.
Restored do_restore(Target& target, const BackupInfo& info, const RestoreSettings& settings = {});

}  // namespace ingot::schema
