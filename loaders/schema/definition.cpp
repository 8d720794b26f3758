// SPDX-License-Identifier: MIT
#include "loaders/schema/definition.hpp"

#include "loaders/schema/catalog.hpp"

#include <algorithm>

namespace ingot::lint {

std::string comma_list(const std::vector<std::string>& names) {
    std::string text;
    for (std::size_t i = 0; i < std::min(names.size(), kMostKeyColumns); ++i)
        text += (i == 0 ? "" : ",") + names[i];
    return text;
}

std::string sorted_list(std::vector<std::string> names) {
    std::sort(names.begin(), names.end());
    return comma_list(names);
}

std::string definition_of(const sql::CreateIndex& index) {
    return (index.method.empty() ? "btree" : index.method) + " (" + comma_list(index.keys) + ") " +
           sql::joined(index.condition);
}

std::string index_key(const sql::CreateIndex& index) {
    if (!index.name) return {};
    sql::Name name = *index.name;
    name.schema = index.table.schema;
    return name.key();
}

}  // namespace ingot::lint
