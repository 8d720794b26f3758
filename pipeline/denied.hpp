// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace ingot {

/// Files that hold credentials and are never opened, by their path below the workspace:
/// .credentials.json, .claude.json and its backups, ide/*.lock, daemon/control.key, private keys.
bool is_denied(std::string_view path);

}  // namespace ingot
