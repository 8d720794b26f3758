// SPDX-License-Identifier: MIT
#pragma once

#include <utility>

#include <boost/filesystem.hpp>

namespace ingot::testing {

/// A new directory for one test, removed with the object.
class TempFolder {
public:
    TempFolder();
    TempFolder(TempFolder&& other) noexcept : path_(std::exchange(other.path_, {})) {}
    TempFolder(const TempFolder&) = delete;
    TempFolder& operator=(const TempFolder&) = delete;
    ~TempFolder();

    const boost::filesystem::path& path() const { return path_; }

private:
    boost::filesystem::path path_;  ///< Empty after a move.
};

}  // namespace ingot::testing
