// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <stdexcept>
#include <string>
#include <string_view>

namespace ingot {

/// A path cannot be written; ends that path, not the export.
struct OutputError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// What an entry of the tree shall look like.
struct OutputEntry {
    std::string path;  ///< Raw bytes, relative, '/' separated.
    std::int64_t mode = 0644;
    std::int64_t modified_ns = 0;
};

/// Writes below one directory and nowhere else, whatever the paths say: every component is opened from
/// the one before it without following a link (openat with O_NOFOLLOW).
class OutputTree {
public:
    /// Opens the directory, made if it is missing. Throws UsageError when it is not empty and
    /// `overwrite` is off, or cannot be made.
    OutputTree(const std::string& directory, bool overwrite);
    ~OutputTree();
    OutputTree(const OutputTree&) = delete;
    OutputTree& operator=(const OutputTree&) = delete;

    /// Writes a file from what `produce` hands over. Throws OutputError; what `produce` throws leaves no
    /// file behind.
    void
    write_file(const OutputEntry& entry,
               const std::function<void(const std::function<void(std::string_view)>&)>& produce);
    void write_link(const OutputEntry& entry, const std::string& target);
    void make_directory(const OutputEntry& entry);

private:
    int open_parent(const std::string& path, std::string& name) const;

    int root_ = -1;
    bool overwrite_;
};

}  // namespace ingot
