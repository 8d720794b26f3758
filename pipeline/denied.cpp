// SPDX-License-Identifier: MIT
#include "pipeline/denied.hpp"

#include "pipeline/model/text.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace ingot {

bool is_denied(std::string_view path) {
    static constexpr std::array<std::string_view, 14> patterns{"**/.credentials.json",
                                                               "**/.credentials.json.*",
                                                               "**/.claude.json",
                                                               "**/.claude.json.*",
                                                               "**/ide/*.lock",
                                                               "**/daemon/control.key",
                                                               "**/*.pem",
                                                               "**/*.key",
                                                               "**/*.p12",
                                                               "**/*.pfx",
                                                               "**/id_rsa",
                                                               "**/id_dsa",
                                                               "**/id_ecdsa",
                                                               "**/id_ed25519"};
    const std::string name = lower(path);
    return std::ranges::any_of(patterns,
                               [&](std::string_view pattern) { return glob_match(pattern, name); });
}

}  // namespace ingot
