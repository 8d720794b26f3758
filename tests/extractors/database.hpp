// SPDX-License-Identifier: MIT
#pragma once

#include "tests/extractors/extract.hpp"

#include <filesystem>

namespace ingot::testing {

/// A SQLite file for one test, in a directory of its own that goes with the object.
class DatabaseFile {
public:
    explicit DatabaseFile(const std::string& sql = {});
    DatabaseFile(const DatabaseFile&) = delete;
    DatabaseFile& operator=(const DatabaseFile&) = delete;
    ~DatabaseFile();

    const std::filesystem::path& path() const { return path_; }
    void run(const std::string& sql) const;
    std::string bytes() const;
    void overwrite(const std::string& bytes) const;
    /// Overwrites what stands at a place of the file.
    void patch(std::size_t offset, std::string_view bytes) const;

private:
    std::filesystem::path path_;
};

/// Runs the extractor on the file as if it were the private copy of `path`. `part`: only this one of its
/// rows' parts, "0/3" is the first of three.
Extracted extract_database(std::string_view path, const DatabaseFile& file,
                           Settings settings = Settings(), std::string_view part = {});

/// The same for a database that this SQL makes.
Extracted extract_database(std::string_view path, const std::string& sql,
                           Settings settings = Settings());

/// Details of the rejects, one a line.
std::string details(const Extracted& extracted);

}  // namespace ingot::testing
