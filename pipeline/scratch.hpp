// SPDX-License-Identifier: MIT
#pragma once

#include <boost/filesystem/path.hpp>

namespace ingot {

/// A private directory below $TMPDIR, removed with everything in it when the object goes. What killed
/// processes left is removed when the next one is made: a live owner holds a lock (flock) in its own.
class ScratchDirectory {
public:
    /// Throws fs::filesystem_error when it cannot be made.
    ScratchDirectory();
    ScratchDirectory(ScratchDirectory&& other) noexcept;
    ScratchDirectory& operator=(ScratchDirectory&& other) = delete;
    ~ScratchDirectory();

    const boost::filesystem::path& path() const { return path_; }

private:
    boost::filesystem::path path_;  ///< Empty: moved from.
    int lock_ = -1;
};

}  // namespace ingot
