// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/schema/engine/spec.hpp"
#include "loaders/schema/operations/common.hpp"

namespace ingot::schema {

/// An index as a pack declares it. What it is: table, keys, condition, method, whether it is unique.
struct WantedIndex {
    std::string table;
    std::vector<Key> keys;
    std::string where;
    std::string method;
    bool unique = false;
};

/// Reads table, columns ("a", "b desc", "lower(c)", "d text_pattern_ops", "\"My Col\" desc"), where, method, unique.
WantedIndex read_wanted_index(const Spec& spec);

/// "(status, depth DESC) WHERE …" behind the table.
std::string key_list(const Catalog& catalog, const WantedIndex& wanted);
/// CREATE INDEX … with the name.
std::string create_statement(const Context& context, const WantedIndex& wanted,
                             const std::string& name, bool concurrently);
/// "tasks (status, depth)" for titles.
std::string described(const WantedIndex& wanted);

/// Whether the index is the wanted one, whatever its name and whether it is valid.
bool is_same(const Context& context, const WantedIndex& wanted, const Index& index);
/// Whether the index does what the wanted one is for: valid, same method, without a narrower
/// condition, and with the wanted keys first.
bool covers(const Context& context, const WantedIndex& wanted, const Index& index);
/// Its columns exist and its condition can be asked.
std::optional<Assessment> unfit_for(const Context& context, const WantedIndex& wanted);

/// Whether the index has these keys, as far as a catalog alone tells.
bool has_keys(const Index& index, const WantedIndex& wanted);

/// The index as apply() puts it into a catalog.
Index planned_index(const Catalog& catalog, const WantedIndex& wanted, const std::string& name);

}  // namespace ingot::schema
