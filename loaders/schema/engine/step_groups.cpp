// SPDX-License-Identifier: MIT
#include "loaders/schema/engine/step_groups.hpp"

#include <algorithm>

namespace ingot::schema {

bool is_brief(const Step& step, const Assessment& assessment) {
    const std::vector<std::string> tables = step.operation->tables();
    if (!step.operation->reads_no_rows() || tables.size() != 1) return false;
    const std::string own = "table " + tables.front();
    return std::ranges::all_of(assessment.actions, [&](const Action& action) {
        return action.transactional && action.effort == Effort::catalog &&
               std::ranges::all_of(action.locks, [&](const Lock& lock) { return lock.on == own; });
    });
}

bool shares_table(const Step& a, const Step& b) {
    return a.operation->reads_no_rows() && b.operation->reads_no_rows() &&
           a.operation->tables().size() == 1 && a.operation->tables() == b.operation->tables();
}

}  // namespace ingot::schema
