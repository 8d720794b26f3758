// SPDX-License-Identifier: MIT
#pragma once

#include "tests/pipeline/temp_folder.hpp"

#include <string>
#include <vector>

#include <boost/filesystem.hpp>

namespace ingot::testing {

/// The folder of one case in the repository: dot-claude/, databases/, make.sh, expected/.
boost::filesystem::path fixture_folder(const std::string& name);

/// The names of all cases, sorted.
std::vector<std::string> fixture_names();

/// A case laid out as a workspace, in a temporary directory that goes with the object.
struct Workspace {
    TempFolder folder;  ///< Holds `.claude`; a test may put its databases beside it.

    boost::filesystem::path claude() const { return folder.path() / ".claude"; }
};

/// Copies the case's dot-claude/ to `.claude`, runs its make.sh there (for what git cannot hold:
/// links, empty directories, paths that are not UTF-8), and makes `.claude/<path>` from every
/// databases/<path>.sql. An SQL text that sets journal_mode=WAL leaves its rows in the -wal. All
/// times are 2026-01-02T03:04:05Z, all modes 644 or 755. Throws when a step fails.
Workspace lay_out(const std::string& name);

}  // namespace ingot::testing
