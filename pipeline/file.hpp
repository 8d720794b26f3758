// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

#include <boost/filesystem.hpp>

namespace ingot {

/// A file of the workspace cannot be read; ends that file, not the run.
struct FileError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// Bytes of a file with 64 readable bytes behind them, as the parsers want.
class PaddedBytes {
public:
    PaddedBytes() = default;
    explicit PaddedBytes(std::size_t size);
    char* data() { return bytes_.get(); }
    std::string_view view() const { return {bytes_.get(), size_}; }
    /// Requires: not larger than before.
    void shrink(std::size_t size) { size_ = size; }

private:
    std::unique_ptr<char[]> bytes_;
    std::size_t size_ = 0;
};

/// A regular file opened for reading, without following a link and without blocking.
class InputFile {
public:
    /// Throws FileError when it cannot be opened or is no regular file any more.
    explicit InputFile(const boost::filesystem::path& path);
    InputFile(const InputFile&) = delete;
    InputFile& operator=(const InputFile&) = delete;
    ~InputFile();

    std::int64_t size() const { return size_; }  ///< When it was opened.
    std::int64_t modified_ns() const { return modified_ns_; }
    std::int64_t inode() const { return inode_; }

    /// Bytes [begin, end). Throws FileError when the file does not have them (any more).
    PaddedBytes read(std::int64_t begin, std::int64_t end) const;
    /// Position after the first line feed at or after `from`; size() when there is none.
    std::int64_t next_line_start(std::int64_t from) const;
    /// ContentHasher over bytes [begin, end), hex.
    std::string hash(std::int64_t begin, std::int64_t end) const;

private:
    int fd_ = -1;
    std::string name_;
    std::int64_t size_ = 0;
    std::int64_t modified_ns_ = 0;
    std::int64_t inode_ = 0;
};

}  // namespace ingot
