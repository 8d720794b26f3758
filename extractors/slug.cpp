// SPDX-License-Identifier: MIT
#include "extractors/slug.hpp"

namespace ingot {
namespace {

bool is_kept(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/// UTF-16 units of the character that this byte starts; 0 for its further bytes. The agent counts
/// in these units, so that an emoji becomes two '-'.
std::size_t units(char c) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0U) == 0x80U) return 0;
    return byte >= 0xF0 ? 2 : 1;
}

}  // namespace

std::string slug_of(std::string_view path) {
    std::string slug;
    for (const char c : path) slug.append(units(c), is_kept(c) ? c : '-');
    return slug;
}

}  // namespace ingot
