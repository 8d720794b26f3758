// SPDX-License-Identifier: MIT
#pragma once

#include "pipeline/model/bookkeeping.hpp"

namespace ingot {

/// One setting: a leaf of a configuration file.
struct Configuration {
    OptionalText agent_id;
    std::string_view category;
    std::string_view key;
    Json value;
    OptionalTime updated_at;
    OptionalText updated_by;

    static constexpr std::string_view table = "configurations";
    static constexpr std::string_view says = "One setting: a leaf of a configuration file.";
    static constexpr std::string_view time_column = "updated_at";
    static constexpr std::array references{Reference{"source_id", "sources", "source_id"},
                                           Reference{"agent_id", "agents", "agent_id"}};
    static constexpr auto fields() {
        using R = Configuration;
        return std::tuple{
            Field{"agent_id", &R::agent_id},
            Field{"category", &R::category, Traits{.says = "First folder, or the file's stem."}},
            Field{"key", &R::key, Traits{.says = "Dotted path."}},
            Field{"value", &R::value, Traits{.says = "As written."}},
            Field{"updated_at", &R::updated_at},
            Field{"updated_by", &R::updated_by}};
    }
};

}  // namespace ingot
