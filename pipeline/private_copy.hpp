// SPDX-License-Identifier: MIT
#pragma once

#include "pipeline/scratch.hpp"

#include <functional>
#include <stdexcept>
#include <string>

#include <boost/filesystem.hpp>

namespace ingot {

/// A database that changed each time it was copied; ends that file, not the run.
struct DatabaseMoves : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// A directory of our own below $TMPDIR that holds a SQLite database as it was at one moment, with
/// its -wal and -journal; removed with the object. Opening the copy may write to it.
class PrivateCopy {
public:
    /// The database; its companions stand beside it.
    boost::filesystem::path path() const;
    /// Sizes and times of the companions that were copied, for telling whether they changed since:
    /// "journal:<bytes>:<mtime in ns>;wal:<bytes>:<mtime in ns>;", empty when there are none.
    const std::string& companions() const { return companions_; }

private:
    friend PrivateCopy copy_database(const boost::filesystem::path& file,
                                     const std::function<void()>& copied);
    PrivateCopy() = default;
    void take(const boost::filesystem::path& file, const char* ending) const;

    ScratchDirectory directory_;
    std::string companions_;
};

/// Copies a database, taken again until size, mtime and inode of its files stood still. Nothing
/// beside the original is created or touched. Companions that are no regular files are left out.
/// Throws DatabaseMoves after five tries, FileError when a file cannot be read, and what Boost
/// throws when the copy cannot be written.
/// `copied` is called each time before the original is looked at again: a place for tests to move it.
PrivateCopy copy_database(
    const boost::filesystem::path& file, const std::function<void()>& copied = [] {});

}  // namespace ingot
