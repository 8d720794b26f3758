// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string_view>

/// Files that are built into the binary, in the order of their names.
namespace ingot::embedded {

struct EmbeddedText {
    std::string_view name;  ///< File name without its ending; of packs: "pack/file.toml".
    std::string_view text;
};

std::span<const EmbeddedText> views();
std::span<const EmbeddedText> checks();
std::span<const EmbeddedText> derived();
std::span<const EmbeddedText> packs();
std::span<const EmbeddedText> catalog_queries();
std::span<const EmbeddedText> styles();

}  // namespace ingot::embedded
