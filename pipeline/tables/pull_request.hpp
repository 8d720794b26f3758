// SPDX-License-Identifier: MIT
#pragma once

#include "pipeline/model/bookkeeping.hpp"

namespace ingot {

/// A pull request that a snapshot or transcript tells of.
struct PullRequest {
    std::string_view pr_id;
    OptionalInt pr_number;
    OptionalText title;
    OptionalText description;
    OptionalText author_agent;
    OptionalText status;
    OptionalText head_ref;
    OptionalInt size_lines;
    std::optional<double> test_coverage;
    std::optional<double> quality_score;
    OptionalTime created_at;
    OptionalTime merged_at;

    static constexpr std::string_view table = "pull_requests";
    static constexpr std::string_view says =
        "A pull request that a snapshot or transcript tells of.";
    static constexpr Kind table_kind = Kind::entity;
    static constexpr std::array<std::string_view, 2> table_key{"workspace_id", "pr_id"};
    static constexpr std::array references{Reference{"author_agent", "agents", "agent_id"}};
    static constexpr auto fields() {
        using R = PullRequest;
        return std::tuple{Field{"pr_id", &R::pr_id},
                          Field{"pr_number", &R::pr_number},
                          Field{"title", &R::title, Traits{.fallback = "$id"}},
                          Field{"description", &R::description},
                          Field{"author_agent", &R::author_agent},
                          Field{"status", &R::status},
                          Field{"head_ref", &R::head_ref},
                          Field{"size_lines", &R::size_lines},
                          Field{"test_coverage", &R::test_coverage},
                          Field{"quality_score", &R::quality_score},
                          Field{"created_at", &R::created_at, Traits{.fold = Fold::earliest}},
                          Field{"merged_at", &R::merged_at}};
    }
};

}  // namespace ingot
