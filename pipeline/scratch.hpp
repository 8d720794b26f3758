// SPDX-License-Identifier: MIT
#pragma once

#include <boost/filesystem/path.hpp>

namespace ingot {

/// A private directory below $TMPDIR, removed with everything in it when the object goes.
class ScratchDirectory {
public:
    /// Throws fs::filesystem_error when it cannot be made.
    ScratchDirectory();
    ~ScratchDirectory();
    ScratchDirectory(const ScratchDirectory&) = delete;
    ScratchDirectory& operator=(const ScratchDirectory&) = delete;

    const boost::filesystem::path& path() const { return path_; }

private:
    boost::filesystem::path path_;
};

}  // namespace ingot
