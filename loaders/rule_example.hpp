// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/check.hpp"
#include "loaders/rule_query.hpp"

#include <string>
#include <vector>

namespace ingot {

/// A few rows that break a rule, for a reader: where each is, and the values that offend, as in
/// "logs/app.log:120:0 agent_id = ghost". A fact's place is its file, byte offset and number within
/// the record; an entity's is its id. `of_workspace` is the condition on workspace_id.
std::vector<std::string> rule_examples(const Table& table, const TableRule& rule,
                                       const std::string& of_workspace, const RunQuery& run);

}  // namespace ingot
