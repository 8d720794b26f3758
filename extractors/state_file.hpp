// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>

#include <SQLiteCpp/Database.h>

namespace ingot {

/// A private copy of a state database, open for reading.
struct StateFile {
    SQLite::Database database;
    std::string damage;  ///< Why a part of it cannot be read; empty: no reason.
};

/// Opens the copy, which brings in its -wal or takes back what its -journal began: the files may
/// change. Nothing that the file brings along runs: no trigger, view, virtual table, extension, nor
/// function with side effects; and no other file is touched, whatever a journal says.
/// `longest` bounds the bytes of one row. Throws SQLite::Exception when it is no database.
StateFile open_state_file(const std::string& path, std::size_t longest);

/// Brings the -wal or -journal of the copy into its file and takes it out of WAL mode, so that several
/// connections can read it at once. False when SQLite refuses.
bool settle_state_file(const std::string& path);

}  // namespace ingot
