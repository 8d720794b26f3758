// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace ingot {

/// One setting of a document.
struct Leaf {
    std::string key;         ///< Dotted path; "$" for a document that is no object.
    std::string_view value;  ///< As written.
};

/// One part of a dotted path. A name that holds a dot or a quote, is empty or is "$" stands in
/// quotes, as a JSON string, so that no two paths read alike: a."b.c".d
std::string path_part(std::string_view name);

/// The leaves of a valid JSON text in their order, repeated ones too: objects are descended;
/// arrays, scalars and empty objects are leaves. Throws RowError too_long when the paths together
/// have more than `most` characters.
std::vector<Leaf> leaves_of(std::string_view json, std::size_t most);

}  // namespace ingot
