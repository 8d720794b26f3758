// SPDX-License-Identifier: MIT
#pragma once

#include "extractors/state_record.hpp"

#include <span>
#include <string_view>

namespace ingot {

/// How the rows of one table become rows of ours. A table is told by its name and columns, never by
/// the file it stands in.
struct StateMapping {
    std::string_view table;
    std::string_view columns;  ///< That it must have, blank separated; it may have more.
    /// False when the row does not fit, its key is missing for example: nothing was added then, and
    /// it becomes a state row.
    bool (*map)(StateRecord&, Batch&);
};

/// The tables of one known program.
struct StateFamily {
    std::string_view name;
    std::span<const StateMapping> mappings;
};

/// All known programs; the first mapping that fits a table has it.
std::span<const StateFamily* const> state_families();

/// nullptr: nobody knows the table, its rows become state rows.
const StateMapping* mapping_for(const StateTable& table);

/// An agent's or a task's status in our words; the source's own stays beside it.
struct StateStatus {
    std::optional<std::string_view> status;
    std::optional<std::string_view> source_status;
};
StateStatus agent_status(StateRecord& record, std::string_view column);
StateStatus task_status(StateRecord& record, std::string_view column);

}  // namespace ingot
