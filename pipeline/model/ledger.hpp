// SPDX-License-Identifier: MIT
#pragma once

#include "pipeline/model/arena.hpp"
#include "pipeline/model/bookkeeping.hpp"

#include <cstdint>
#include <unordered_map>

namespace ingot {

/// What a database remembers of one workspace's sources.
struct Ledger {
    Arena arena;                                          ///< Holds the texts of `sources`.
    std::unordered_map<std::int64_t, SourceRow> sources;  ///< By source_id.

    const SourceRow* find(std::int64_t source_id) const {
        const auto at = sources.find(source_id);
        return at == sources.end() ? nullptr : &at->second;
    }
};

}  // namespace ingot
