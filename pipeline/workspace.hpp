// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <boost/filesystem.hpp>

namespace ingot {

/// A directory to import, and what it is called.
struct Workspace {
    boost::filesystem::path root;
    std::string name;  ///< --workspace, or host and real path.
    std::string host;
    std::string path;  ///< The real path.
    std::int64_t id = 0;
    std::vector<std::string>
        others;  ///< Further .claude directories below, which are not part of it.
};

/// `directory` itself, or its .claude when it has one; without it $CLAUDE_CONFIG_DIR, ./.claude or
/// ~/.claude. Throws UsageError when there is no such directory.
Workspace find_workspace(const std::optional<std::string>& directory, const std::string& name);

/// Every .claude below the directory (one inside another is a part of it), or the directory itself when
/// there is none, in the order of their paths.
std::vector<Workspace> find_workspaces(const std::string& directory);

/// Throws UsageError when `path` lies below the workspace, which is read only.
void refuse_below(const Workspace& workspace, const std::string& path, const std::string& what);

}  // namespace ingot
