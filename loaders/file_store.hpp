// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <boost/filesystem/path.hpp>

namespace ingot {

/// Contents too long for a row, as zstd files beside the database: `<2 hex>/<32 hex>.zst`, named
/// by the XXH3-128 of the content. A file is there whole or not at all, and never changes.
/// Every function that takes a path throws std::invalid_argument for one of another form, so that
/// nothing outside the root is ever touched, and std::runtime_error when the disk fails.
/// Not thread-safe; one process at a time (the importer's lock sees to that).
class FileStore {
public:
    /// Touches nothing: directories are made when the first file comes.
    explicit FileStore(boost::filesystem::path root);

    /// Adds a file; on return it survives a power cut. One that is there already is left alone, one that
    /// was damaged is written anew.
    void put(std::string_view path, std::string_view compressed);
    bool has(std::string_view path) const;
    /// Whether the file is there, with this number of bytes.
    bool has(std::string_view path, std::int64_t bytes) const;
    /// The content, decompressed. Throws std::runtime_error when it is missing, damaged, or not
    /// what its name says.
    std::string get(std::string_view path) const;
    /// The paths of all files, sorted. Other names are passed over.
    std::vector<std::string> list() const;
    /// Removes a file, and its directories once they are empty. A missing one is no error.
    void remove(std::string_view path);
    /// Removes what an interrupted put left behind. Requires: no put is under way.
    void remove_temporary_files();

private:
    boost::filesystem::path place_of(std::string_view path) const;
    void remove_empty_directories(const boost::filesystem::path& directory);

    boost::filesystem::path root_;
};

}  // namespace ingot
