// SPDX-License-Identifier: MIT
#pragma once

#include "pipeline/model/bookkeeping.hpp"

namespace ingot {

/// A row of a state database that maps to no other table.
struct StateRow {
    std::string_view table_name;
    Json row;

    static constexpr std::string_view table = "state_rows";
    static constexpr std::string_view says =
        "A row of a state database that maps to no other table.";
    static constexpr std::array references{Reference{"source_id", "sources", "source_id"}};
    static constexpr auto fields() {
        using R = StateRow;
        return std::tuple{Field{"table_name", &R::table_name}, Field{"row", &R::row}};
    }
};

}  // namespace ingot
