// SPDX-License-Identifier: MIT
#include "extractors/extractor.hpp"

#include <array>

namespace ingot {

// One file each. The order is the order of asking: content that is unmistakable first, then the
// folders that say what a file is, then the endings.

std::span<const Extractor* const> extractors() {
    static constexpr std::array<const Extractor*, 0> all{};
    return all;
}

const Extractor* extractor_for(const Candidate& candidate) {
    for (const Extractor* extractor : extractors())
        if (extractor->takes(candidate)) return extractor;
    return nullptr;
}

const Extractor* extractor_named(std::string_view name) {
    for (const Extractor* extractor : extractors())
        if (extractor->name == name) return extractor;
    return nullptr;
}

}  // namespace ingot
