// SPDX-License-Identifier: MIT
#include "extractors/state_family.hpp"

#include "extractors/vocabulary.hpp"

#include <algorithm>
#include <array>

namespace ingot {

// One file each.
extern const StateFamily leanvibe_family;
extern const StateFamily manager_family;
extern const StateFamily hive_family;
extern const StateFamily context_history_family;
extern const StateFamily handover_family;

namespace {

bool has_columns(const StateTable& table, std::string_view wanted) {
    while (!wanted.empty()) {
        const std::size_t end = std::min(wanted.find(' '), wanted.size());
        if (std::ranges::find(table.columns, wanted.substr(0, end)) == table.columns.end())
            return false;
        wanted.remove_prefix(std::min(end + 1, wanted.size()));
    }
    return true;
}

StateStatus status(std::optional<std::string_view> word,
                   std::string_view (*meaning)(std::string_view)) {
    if (!word) return {.status = {}, .source_status = {}};
    return {.status = meaning(*word), .source_status = word};
}

}  // namespace

std::span<const StateFamily* const> state_families() {
    static constexpr std::array all{&leanvibe_family, &manager_family, &hive_family,
                                    &context_history_family, &handover_family};
    return all;
}

const StateMapping* mapping_for(const StateTable& table) {
    for (const StateFamily* family : state_families())
        for (const StateMapping& mapping : family->mappings)
            if (mapping.table == table.name && has_columns(table, mapping.columns)) return &mapping;
    return nullptr;
}

StateStatus agent_status(StateRecord& record, std::string_view column) {
    return status(record.name(column), agent_status_of);
}

StateStatus task_status(StateRecord& record, std::string_view column) {
    return status(record.name(column), task_status_of);
}

}  // namespace ingot
