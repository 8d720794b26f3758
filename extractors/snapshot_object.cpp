// SPDX-License-Identifier: MIT
#include "extractors/snapshot_object.hpp"

#include "pipeline/model/text.hpp"

#include <algorithm>

namespace ingot {

std::optional<json::Object> SnapshotObject::object_at(std::string_view path) const {
    std::optional<json::Object> object = root;
    while (object && !path.empty()) {
        const std::size_t dot = std::min(path.find('.'), path.size());
        object = json::object_if(*object, path.substr(0, dot));
        path.remove_prefix(std::min(dot + 1, path.size()));
    }
    return object;
}

std::vector<json::Object> SnapshotObject::objects_at(std::string_view path,
                                                     std::string_view list) const {
    std::vector<json::Object> objects;
    const auto parent = object_at(path);
    const auto elements = parent ? json::array_if(*parent, list) : std::nullopt;
    if (!elements) return objects;
    for (const json::Element element : *elements)
        if (json::Object object; !element.get(object)) objects.push_back(object);
    return objects;
}

std::optional<std::string_view> text_of(json::Object object, KeyList keys) {
    for (const std::string_view key : keys)
        if (const auto text = json::text_if(object, key); text && !trimmed(*text).empty())
            return text;
    return {};
}

std::optional<Timestamp> time_of(json::Object object, KeyList keys, const Zone& zone) {
    for (const std::string_view key : keys)
        if (const auto time = json::time_if(object, key, zone)) return time;
    return {};
}

std::optional<std::string> id_of(json::Object object, const Source& source, KeyList keys) {
    for (const std::string_view key : keys) {
        if (const auto text = text_of(object, {key})) return std::string(*text);
        if (const auto number = json::integer_if(object, key))
            return source.path + "#" + std::to_string(*number);
    }
    return {};
}

bool is_name(std::string_view text) {
    return !text.empty() && text.size() <= 128 &&
           text.find_first_of(std::string_view(" \t\r\n\0", 5)) == std::string_view::npos;
}

std::optional<std::string_view> name_in(json::Object object, KeyList keys) {
    for (const std::string_view key : keys)
        if (const auto text = json::text_if(object, key); text && is_name(*text)) return text;
    return {};
}

}  // namespace ingot
