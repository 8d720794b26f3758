// SPDX-License-Identifier: MIT
#pragma once

#include "pipeline/options.hpp"

#include <span>

namespace ingot {

/// All commands, in the order of --help.
std::span<const Command> commands();

// One file each in this folder.
Command import_command();

}  // namespace ingot
