// SPDX-License-Identifier: MIT
#pragma once

#include "extractors/json.hpp"

#include <vector>

namespace ingot {

/// A JSON object of a memory file, and what the statements about it have in common. Everything here
/// is lenient: these files have no schema, and their content is kept as a whole anyway.
struct SnapshotObject {
    json::Object root;
    std::string_view text;  ///< The object's own bytes.
    const Source& source;
    const Zone& zone;
    std::int64_t offset = 0;
    std::optional<Timestamp> at;  ///< When it was written, as far as it says.

    /// The object at a dotted path ("state.project_status"; empty: the root itself).
    std::optional<json::Object> object_at(std::string_view path) const;
    /// The objects of the list that is a member of the object at a dotted path.
    std::vector<json::Object> objects_at(std::string_view path, std::string_view list) const;
};

using KeyList = std::initializer_list<std::string_view>;

/// The first of these members that is text and not blank.
std::optional<std::string_view> text_of(json::Object object, KeyList keys);
/// The first of these members that is a time.
std::optional<Timestamp> time_of(json::Object object, KeyList keys, const Zone& zone);
/// The id of a thing: text as it is; an integer, which is unique in its file only, as
/// "<path>#<integer>". nullopt when none of these members is an id.
std::optional<std::string> id_of(json::Object object, const Source& source, KeyList keys);

/// Whether a text can be a name and is no sentence: one word of at most 128 bytes.
bool is_name(std::string_view text);
/// The first of these members that is a name.
std::optional<std::string_view> name_in(json::Object object, KeyList keys);

}  // namespace ingot
