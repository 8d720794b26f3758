// SPDX-License-Identifier: MIT
#include "extractors/key_paths.hpp"

#include "extractors/json.hpp"

namespace ingot {
namespace {

constexpr int kDeepest = 10;

std::string type_of(json::Element element) {
    switch (element.type()) {
        case simdjson::dom::element_type::OBJECT: return "object";
        case simdjson::dom::element_type::ARRAY: return "array";
        case simdjson::dom::element_type::STRING: return "string";
        case simdjson::dom::element_type::BOOL: return "boolean";
        case simdjson::dom::element_type::NULL_VALUE: return "null";
        case simdjson::dom::element_type::DOUBLE: return "real";
        default: return "integer";
    }
}

void add(json::Element element, const std::string& path, int depth, KeyPaths& paths) {
    if (!path.empty()) ++paths[path][type_of(element)];
    if (depth == kDeepest) return;
    json::Object object;
    json::Array array;
    if (!element.get(object)) {
        for (const auto& [key, value] : object)
            add(value, path.empty() ? std::string(key) : path + "." + std::string(key), depth + 1,
                paths);
    } else if (!element.get(array)) {
        for (const json::Element value : array) add(value, path + "[]", depth + 1, paths);
    }
}

}  // namespace

void add_key_paths(std::string_view text, KeyPaths& paths) {
    try {
        const json::Document document(text);
        add(document.root(), "", 0, paths);
    } catch (const RowError&) {
        return;  // no JSON: it has no keys
    }
}

}  // namespace ingot
