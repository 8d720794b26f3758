// SPDX-License-Identifier: MIT
#pragma once

#include "extractors/state_table.hpp"
#include "extractors/state_value.hpp"
#include "pipeline/model/reject.hpp"

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace ingot {

/// What the reader of a table hands out, in the order of the rows' key.
struct StateRowReader {
    /// A row; its values live until the next one.
    std::function<void(std::span<const StateValue>)> row;
    /// One or more rows that cannot be read.
    std::function<void(Reason, const std::string& detail)> lost;
};

/// Bytes that may still be read. A crafted file can name the same bytes any number of times.
struct StateAllowance {
    std::int64_t bytes = 0;
};

/// Reads all rows of a table by its primary key, else by row number; around damage, those that can
/// still be reached.
void read_state_rows(SQLite::Database& database, const StateTable& table, StateAllowance& allowance,
                     const StateRowReader& reader);

}  // namespace ingot
