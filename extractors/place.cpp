// SPDX-License-Identifier: MIT
#include "extractors/place.hpp"

#include <algorithm>
#include <array>

namespace ingot {

std::string_view path_in_workspace(std::string_view path) {
    constexpr std::string_view nested = "/.claude/";
    if (const std::size_t at = path.rfind(nested); at != std::string_view::npos)
        return path.substr(at + nested.size());
    return path.starts_with(nested.substr(1)) ? path.substr(nested.size() - 1) : path;
}

std::string_view outermost_of(std::string_view path, std::span<const std::string_view> folders) {
    std::string_view rest = path_in_workspace(path);
    for (std::size_t slash = 0; (slash = rest.find('/')) != std::string_view::npos;) {
        const auto found = std::ranges::find(folders, rest.substr(0, slash));
        if (found != folders.end()) return *found;
        rest.remove_prefix(slash + 1);
    }
    return {};
}

bool is_place_of_others(std::string_view path) {
    constexpr auto folders = std::to_array<std::string_view>(
        {"plugins", "skills", "commands", "hooks", "rules", "plans", "file-history",
         "shell-snapshots", "tool-results", "node_modules"});
    return !outermost_of(path, folders).empty();
}

}  // namespace ingot
