// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace ingot {

/// An exclusive advisory lock (flock) on a file, which is created when it does not exist. It leaves
/// nothing behind and ends with the process, however that ends. Throws Locked when somebody has it.
///
/// Closing any descriptor of a SQLite file drops SQLite's own locks: release it after the connections.
class FileLock {
public:
    explicit FileLock(const std::string& path);
    FileLock(const FileLock&) = delete;
    FileLock& operator=(const FileLock&) = delete;
    ~FileLock();

    /// Lets the system begin to write the file to the disk, so that a sync at the end has little to do.
    void start_writeback() const;

private:
    int fd_ = -1;
};

}  // namespace ingot
