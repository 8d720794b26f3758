// SPDX-License-Identifier: MIT
#pragma once

#include "extractors/state_rowids.hpp"
#include "extractors/state_table.hpp"
#include "extractors/state_value.hpp"
#include "pipeline/model/reject.hpp"

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace ingot {

/// What the reader of a table hands out, in the order of the rows' key. `index` counts the table's rows
/// from 0, also those that cannot be read.
struct StateRowReader {
    /// A row; its values live until the next one.
    std::function<void(std::int64_t index, std::span<const StateValue>)> row;
    /// One or more rows, from `index` on, that cannot be read.
    std::function<void(std::int64_t index, Reason, const std::string& detail)> lost;
};

/// Bytes that may still be read. A crafted file can name the same bytes any number of times.
struct StateAllowance {
    std::int64_t bytes = 0;
};

/// The rows of a table by its primary key, else by row number; around damage, those that can still be
/// reached. Database and table must outlive it.
class StateRows {
public:
    /// Finds the rows. Throws SQLite::Exception.
    StateRows(SQLite::Database& database, const StateTable& table);

    std::int64_t count() const { return count_; }
    /// Rows with an index in [begin, end). A table without row numbers can only be read as a whole, by
    /// who asks for its beginning.
    void read(std::int64_t begin, std::int64_t end, StateAllowance& allowance,
              const StateRowReader& reader) const;

private:
    SQLite::Database& database_;
    const StateTable& table_;
    StateRowIds found_;
    std::int64_t count_ = 0;
};

}  // namespace ingot
