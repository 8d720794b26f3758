// SPDX-License-Identifier: MIT
#pragma once

#include "tests/pipeline/fixture.hpp"

namespace ingot::testing {

/// All fixtures side by side in one workspace: `.claude/<case>/…`. Every format at once, and large
/// enough to be interrupted.
struct Merged {
    TempFolder folder;

    Merged();
    boost::filesystem::path claude() const { return folder.path() / ".claude"; }
};

/// Copies a tree with links as links, modes and times.
void copy_tree(const boost::filesystem::path& from, const boost::filesystem::path& to);

}  // namespace ingot::testing
