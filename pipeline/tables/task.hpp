// SPDX-License-Identifier: MIT
#pragma once

#include "pipeline/model/bookkeeping.hpp"

namespace ingot {

/// A piece of work, from todos, task files, agents and state databases.
struct Task {
    std::string_view task_id;
    OptionalText agent_id;
    OptionalText title;
    OptionalText description;
    OptionalText status;
    OptionalText source_status;
    OptionalText priority;
    OptionalTime created_at;
    OptionalTime started_at;
    OptionalTime completed_at;
    OptionalInt estimated_duration;
    OptionalInt actual_duration;
    std::optional<double> confidence_score;
    OptionalText parent_task_id;
    OptionalText session_id;
    std::optional<Json> tags;
    std::optional<Json> metadata;

    static constexpr std::string_view table = "tasks";
    static constexpr std::string_view says =
        "A piece of work, from todos, task files, agents and state databases.";
    static constexpr Kind table_kind = Kind::entity;
    static constexpr std::array<std::string_view, 2> table_key{"workspace_id", "task_id"};
    static constexpr bool can_be_inferred = true;
    static constexpr std::array references{
        Reference{"agent_id", "agents", "agent_id"},
        Reference{"parent_task_id", "tasks", "task_id"},
        Reference{"session_id", "context_sessions", "session_id"}};
    static constexpr auto fields() {
        using R = Task;
        return std::tuple{
            Field{"task_id", &R::task_id},
            Field{"agent_id", &R::agent_id},
            Field{"title", &R::title, Traits{.fallback = "$id"}},
            Field{"description", &R::description},
            Field{"status", &R::status,
                  Traits{.fallback = "unknown",
                         .domain = "pending in_progress completed failed cancelled unknown"}},
            Field{"source_status", &R::source_status, Traits{.says = "The source's own word."}},
            Field{"priority", &R::priority, Traits{.says = "As given."}},
            Field{"created_at", &R::created_at, Traits{.fold = Fold::earliest}},
            Field{"started_at", &R::started_at, Traits{.fold = Fold::earliest}},
            Field{"completed_at", &R::completed_at},
            Field{"estimated_duration", &R::estimated_duration, Traits{.says = "Minutes."}},
            Field{"actual_duration", &R::actual_duration, Traits{.says = "Minutes."}},
            Field{"confidence_score", &R::confidence_score},
            Field{"parent_task_id", &R::parent_task_id},
            Field{"session_id", &R::session_id},
            Field{"tags", &R::tags},
            Field{"metadata", &R::metadata}};
    }
};

}  // namespace ingot
