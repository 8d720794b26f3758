// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <boost/filesystem.hpp>

namespace ingot {

namespace fs = boost::filesystem;

/// What stands at a path of the workspace.
enum class FileKind { regular, link, empty_directory, denied, companion, unreadable };

/// One path of the workspace, seen without opening it (but for a database's first bytes, to know its
/// companions).
struct ScannedFile {
    std::string path;  ///< Raw bytes, relative to the workspace, '/' separated.
    FileKind kind = FileKind::regular;
    std::int64_t size = 0;         ///< Bytes; 0 for what is no regular file.
    std::int64_t modified_ns = 0;  ///< Nanoseconds since 1970.
    std::int64_t mode = 0;         ///< st_mode.
    std::int64_t inode = 0;
    std::string link_target;
    std::string companions;  ///< Databases: sizes and times of their -wal and -journal.
};

/// Everything below `root`, in the order of the paths' raw bytes. Links are never followed.
/// Throws fs::filesystem_error when `root` itself cannot be read.
std::vector<ScannedFile> scan(const fs::path& root);

}  // namespace ingot
