// SPDX-License-Identifier: MIT
#pragma once

#include "pipeline/model/bookkeeping.hpp"

namespace ingot {

/// An agent that worked in the workspace.
struct Agent {
    std::string_view agent_id;
    OptionalText agent_type;
    OptionalText status;
    OptionalText source_status;
    OptionalText worktree_path;
    OptionalText branch_name;
    OptionalTime created_at;
    OptionalTime last_activity;
    std::optional<Json> configuration;

    static constexpr std::string_view table = "agents";
    static constexpr std::string_view says = "An agent that worked in the workspace.";
    static constexpr Kind table_kind = Kind::entity;
    static constexpr std::array<std::string_view, 2> table_key{"workspace_id", "agent_id"};
    static constexpr bool can_be_inferred = true;
    static constexpr std::array indexes{
        Index{"idx_agents_status_activity", "status, last_activity", true}};
    static constexpr auto fields() {
        using R = Agent;
        return std::tuple{
            Field{"agent_id", &R::agent_id},
            Field{"agent_type", &R::agent_type, Traits{.fallback = "unknown"}},
            Field{"status", &R::status,
                  Traits{.fallback = "unknown", .domain = "active idle crashed sleeping unknown"}},
            Field{"source_status", &R::source_status, Traits{.says = "The source's own word."}},
            Field{"worktree_path", &R::worktree_path},
            Field{"branch_name", &R::branch_name},
            Field{"created_at", &R::created_at, Traits{.fold = Fold::earliest}},
            Field{"last_activity", &R::last_activity, Traits{.fold = Fold::latest}},
            Field{"configuration", &R::configuration}};
    }
};

}  // namespace ingot
