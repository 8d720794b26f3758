// SPDX-License-Identifier: MIT
#pragma once

#include "pipeline/model/bookkeeping.hpp"

namespace ingot {

/// A stretch of work with one context: a transcript, a sub-agent, a context file.
struct ContextSession {
    std::string_view session_id;
    OptionalText agent_id;
    OptionalText project_id;
    OptionalText kind;
    OptionalText parent_session_id;
    OptionalText title;
    std::optional<Json> context_data;
    std::optional<double> usage_percent;
    OptionalInt token_count;
    OptionalInt max_tokens;
    OptionalTime created_at;
    OptionalTime last_accessed;
    std::optional<bool> is_active;
    OptionalInt message_count;

    static constexpr std::string_view table = "context_sessions";
    static constexpr std::string_view says =
        "A stretch of work with one context: a transcript, a sub-agent, a context file.";
    static constexpr Kind table_kind = Kind::entity;
    static constexpr std::array<std::string_view, 2> table_key{"workspace_id", "session_id"};
    static constexpr bool can_be_inferred = true;
    static constexpr std::array references{
        Reference{"agent_id", "agents", "agent_id"},
        Reference{"project_id", "projects", "project_id"},
        Reference{"parent_session_id", "context_sessions", "session_id"}};
    static constexpr auto fields() {
        using R = ContextSession;
        return std::tuple{
            Field{"session_id", &R::session_id},
            Field{"agent_id", &R::agent_id},
            Field{"project_id", &R::project_id},
            Field{"kind", &R::kind,
                  Traits{.fallback = "unknown", .domain = "context transcript subagent unknown"}},
            Field{"parent_session_id", &R::parent_session_id},
            Field{"title", &R::title},
            Field{"context_data", &R::context_data,
                  Traits{.says = "Markdown: an object with front_matter and body."}},
            Field{"usage_percent", &R::usage_percent},
            Field{"token_count", &R::token_count},
            Field{"max_tokens", &R::max_tokens},
            Field{"created_at", &R::created_at, Traits{.fold = Fold::earliest}},
            Field{"last_accessed", &R::last_accessed, Traits{.fold = Fold::latest}},
            Field{"is_active", &R::is_active},
            Field{"message_count", &R::message_count,
                  Traits{.fold = Fold::messages, .fallback = "0"}}};
    }
};

}  // namespace ingot
