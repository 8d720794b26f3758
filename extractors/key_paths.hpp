// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace ingot {

/// How often a key path of JSON records occurs, and with which types: "state.open_prs[].number" →
/// {"integer": 3}.
using KeyPaths = std::map<std::string, std::map<std::string, std::int64_t>>;

/// Adds the key paths of one JSON value, ten levels deep; other text adds nothing.
/// Requires: readable 64 bytes past its end.
void add_key_paths(std::string_view text, KeyPaths& paths);

}  // namespace ingot
