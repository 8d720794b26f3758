// SPDX-License-Identifier: MIT
#pragma once

#include "pipeline/model/bookkeeping.hpp"

namespace ingot {

/// A point that work can go back to.
struct Checkpoint {
    std::string_view checkpoint_id;
    OptionalText project_id;
    OptionalText name;
    OptionalText git_tag;
    std::optional<Json> metrics;
    std::optional<double> quality_score;
    std::optional<bool> passed;
    OptionalTime created_at;
    OptionalTime validated_at;

    static constexpr std::string_view table = "checkpoints";
    static constexpr std::string_view says = "A point that work can go back to.";
    static constexpr Kind table_kind = Kind::entity;
    static constexpr std::array<std::string_view, 2> table_key{"workspace_id", "checkpoint_id"};
    static constexpr bool can_be_inferred = true;
    static constexpr std::array references{Reference{"project_id", "projects", "project_id"}};
    static constexpr auto fields() {
        using R = Checkpoint;
        return std::tuple{Field{"checkpoint_id", &R::checkpoint_id},
                          Field{"project_id", &R::project_id},
                          Field{"name", &R::name, Traits{.fallback = "$id"}},
                          Field{"git_tag", &R::git_tag},
                          Field{"metrics", &R::metrics},
                          Field{"quality_score", &R::quality_score},
                          Field{"passed", &R::passed},
                          Field{"created_at", &R::created_at, Traits{.fold = Fold::earliest}},
                          Field{"validated_at", &R::validated_at}};
    }
};

}  // namespace ingot
