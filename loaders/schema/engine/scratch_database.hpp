// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/schema/engine/target.hpp"

#include <string>

namespace ingot::schema {

/// A database of one's own for trying things, gone with the object. PostgreSQL: on the same server, with
/// the same encoding and collation, empty but for the extensions that can be had. SQLite: a temporary
/// file with a copy of the whole database.
class ScratchDatabase {
public:
    /// Throws RunError when the user may not make databases, and says what to do about it.
    static ScratchDatabase on_server(const std::string& conninfo);
    /// Throws RunError when the file cannot be copied.
    static ScratchDatabase copy_of(const std::string& sqlite_file);

    ScratchDatabase(ScratchDatabase&& other) noexcept = default;
    ScratchDatabase& operator=(ScratchDatabase&&) = delete;
    ~ScratchDatabase();

    /// A connection text, which may hold a password, or the path of the file.
    const std::string& where() const { return where_; }
    /// Another connection to it.
    std::unique_ptr<Target> open(const std::string& schema) const;

private:
    ScratchDatabase() = default;
    void take_extensions(Target& from);

    std::string name_;   ///< Of PostgreSQL's.
    std::string where_;  ///< Empty: moved from.
    std::unique_ptr<Target> server_;
    /// Open for as long as the object lives: a database without a session is a leftover.
    std::unique_ptr<Target> session_;
};

/// Makes `to` a copy of the database `from`, also over a database that others have open. Throws RunError,
/// also when somebody holds a lock for longer than 5 s.
void copy_sqlite(const std::string& from, const std::string& to);

}  // namespace ingot::schema
