// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string_view>

namespace ingot {

/// The path below its innermost `.claude`: workspaces nest.
std::string_view path_in_workspace(std::string_view path);

/// The outermost folder of the path in its workspace that is one of these, else empty. What a
/// folder says of its files holds for the folders in it: `commands/context/x.md` is a command.
std::string_view outermost_of(std::string_view path, std::span<const std::string_view> folders);

/// Whether the path lies where other tools keep files of any name: plugins, skills, backups of files.
bool is_place_of_others(std::string_view path);

}  // namespace ingot
