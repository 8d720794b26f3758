// SPDX-License-Identifier: MIT
#include "loaders/schema/engine/toml_file.hpp"

#include "pipeline/model/errors.hpp"

#include <algorithm>

#include <toml++/toml.h>

namespace ingot::schema {
namespace {

std::string line_of(const std::string& file, const toml::node& node) {
    return file + ":" + std::to_string(node.source().begin.line);
}

/// toml++ sorts keys; their places tell the order of the file.
std::vector<std::pair<std::string, const toml::node*>> in_file_order(const toml::table& table) {
    std::vector<std::pair<std::string, const toml::node*>> nodes;
    for (const auto& [key, node] : table) nodes.emplace_back(std::string(key.str()), &node);
    std::ranges::stable_sort(nodes, [](const auto& a, const auto& b) {
        const auto& x = a.second->source().begin;
        const auto& y = b.second->source().begin;
        return std::pair(x.line, x.column) < std::pair(y.line, y.column);
    });
    return nodes;
}

Spec::Words words_of(const toml::array& array, const std::string& file) {
    Spec::Words words;
    for (const toml::node& each : array) {
        const auto text = each.value<std::string>();
        if (!each.is_string() || !text)
            throw UsageError(line_of(file, each) + ": only texts can stand in a list");
        words.push_back(*text);
    }
    return words;
}

std::string text_of(const toml::node& node, const std::string& file) {
    if (node.is_string()) return *node.value<std::string>();
    if (node.is_integer()) return std::to_string(*node.value<std::int64_t>());
    if (node.is_boolean()) return *node.value<bool>() ? "true" : "false";
    throw UsageError(line_of(file, node) + ": a text was expected");
}

Spec::Value value_of(const toml::node& node, const std::string& file) {
    if (node.is_string()) return *node.value<std::string>();
    if (node.is_integer()) return *node.value<std::int64_t>();
    if (node.is_boolean()) return *node.value<bool>();
    if (node.is_floating_point()) return std::to_string(*node.value<double>());
    if (const auto* array = node.as_array()) return words_of(*array, file);
    if (const auto* table = node.as_table()) {
        Spec::Pairs pairs;
        for (const auto& [key, each] : in_file_order(*table))
            pairs.emplace_back(key, text_of(*each, file));
        return pairs;
    }
    throw UsageError(line_of(file, node) + ": dates have no meaning here");
}

Spec spec_of(const toml::table& table, const std::string& where, const std::string& file) {
    Spec spec(where);
    for (const auto& [key, node] : table) spec.set(std::string(key.str()), value_of(node, file));
    return spec;
}

bool is_list_of_tables(const toml::node& node) {
    const auto* array = node.as_array();
    return array != nullptr && !array->empty() && (*array)[0].is_table();
}

}  // namespace

Document read_toml(const std::string& text, const std::string& file,
                   const std::set<std::string>& sections) {
    Document document{.top = Spec(file), .lists = {}, .places = {}};
    try {
        const toml::table table = toml::parse(text, file);
        for (const auto& [key, node] : table) {
            const std::string name(key.str());
            document.places[name] = line_of(file, node);
            if (node.is_table() && sections.contains(name)) {
                document.lists[name] = {spec_of(*node.as_table(), line_of(file, node), file)};
                continue;
            }
            if (!is_list_of_tables(node)) {
                document.top.set(name, value_of(node, file));
                continue;
            }
            for (const toml::node& each : *node.as_array())
                if (const auto* entry = each.as_table())
                    document.lists[name].push_back(spec_of(*entry, line_of(file, each), file));
        }
    } catch (const toml::parse_error& error) {
        throw UsageError(file + ":" + std::to_string(error.source().begin.line) + ": " +
                         std::string(error.description()));
    }
    return document;
}

}  // namespace ingot::schema
