// SPDX-License-Identifier: MIT
#include "pipeline/workspace.hpp"

#include "pipeline/model/errors.hpp"
#include "pipeline/model/hash.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <set>

#include <unistd.h>

namespace ingot {
namespace {

namespace fs = boost::filesystem;

std::string host_name() {
    std::array<char, 256> name{};
    if (gethostname(name.data(), name.size() - 1) != 0) return "localhost";
    return name.data();
}

Workspace describe(const fs::path& root, const std::string& name) {
    Workspace workspace;
    workspace.root = fs::weakly_canonical(root);
    workspace.host = host_name();
    workspace.path = workspace.root.string();
    workspace.name = name.empty() ? workspace.host + ":" + workspace.path : name;
    workspace.id = workspace_id_of(workspace.name);
    return workspace;
}

/// Everything of the name .claude below, without looking into those found. A link is followed, as it is
/// when it is named; one to nowhere, or a file of that name, is found too: importing it says what it is.
void collect(const fs::path& directory, std::vector<fs::path>& found) {
    boost::system::error_code unreadable;
    std::vector<fs::path> entries;
    for (fs::directory_iterator entry(directory, unreadable), end; !unreadable && entry != end;
         entry.increment(unreadable))
        if (entry->path().filename() == ".claude" ||
            fs::symlink_status(entry->path(), unreadable).type() == fs::directory_file)
            entries.push_back(entry->path());
    std::ranges::sort(entries);
    for (const fs::path& entry : entries) {
        if (entry.filename() == ".claude") {
            found.push_back(entry);
        } else {
            collect(entry, found);
        }
    }
}

std::string default_directory() {
    if (const char* configured = std::getenv("CLAUDE_CONFIG_DIR");
        configured != nullptr && *configured != '\0')
        return configured;
    if (fs::is_directory(".claude")) return ".claude";
    const char* home = std::getenv("HOME");
    return std::string(home == nullptr ? "" : home) + "/.claude";
}

}  // namespace

Workspace find_workspace(const std::optional<std::string>& directory, const std::string& name) {
    const fs::path given = directory.value_or(default_directory());
    if (!fs::is_directory(given))
        throw UsageError(
            given.string() +
            " is no directory; name the workspace, a directory that is or holds a .claude");
    const fs::path inner = given / ".claude";
    const bool has_inner = fs::is_directory(inner) && given.filename() != ".claude";
    Workspace workspace = describe(has_inner ? inner : given, name);
    if (!has_inner) return workspace;
    std::vector<fs::path> all;
    collect(given, all);
    for (const fs::path& other : all)
        if (fs::canonical(other) != workspace.root) workspace.others.push_back(other.string());
    return workspace;
}

std::vector<Workspace> find_workspaces(const std::string& directory) {
    if (!fs::is_directory(directory)) throw UsageError(directory + " is no directory");
    std::vector<fs::path> found;
    collect(directory, found);
    if (found.empty()) found.emplace_back(directory);
    std::vector<Workspace> workspaces;
    std::set<std::string> known;  // a link may lead to one that is found anyway
    for (const fs::path& root : found) {
        Workspace workspace = describe(root, {});
        if (known.insert(workspace.path).second) workspaces.push_back(std::move(workspace));
    }
    return workspaces;
}

void refuse_below(const Workspace& workspace, const std::string& path, const std::string& what) {
    const fs::path place = fs::weakly_canonical(fs::absolute(path));
    const fs::path relative = place.lexically_relative(workspace.root);
    if (relative.empty() || *relative.begin() == "..") return;
    throw UsageError(what + " " + path + " lies below the workspace " + workspace.path +
                     ", which is only read; name another place");
}

}  // namespace ingot
