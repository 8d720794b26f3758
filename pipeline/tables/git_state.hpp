// SPDX-License-Identifier: MIT
#pragma once

#include "pipeline/model/bookkeeping.hpp"

namespace ingot {

/// What git said at a time.
struct GitState {
    OptionalText agent_id;
    OptionalText session_id;
    OptionalText branch_name;
    OptionalText commit_hash;
    OptionalInt pr_number;
    OptionalText pr_status;
    OptionalInt lines_added;
    OptionalInt lines_removed;
    OptionalInt files_changed;
    OptionalTime updated_at;

    static constexpr std::string_view table = "git_state";
    static constexpr std::string_view says = "What git said at a time.";
    static constexpr std::string_view time_column = "updated_at";
    static constexpr std::array references{
        Reference{"source_id", "sources", "source_id"}, Reference{"agent_id", "agents", "agent_id"},
        Reference{"session_id", "context_sessions", "session_id"}};
    static constexpr auto fields() {
        using R = GitState;
        return std::tuple{
            Field{"agent_id", &R::agent_id},           Field{"session_id", &R::session_id},
            Field{"branch_name", &R::branch_name},     Field{"commit_hash", &R::commit_hash},
            Field{"pr_number", &R::pr_number},         Field{"pr_status", &R::pr_status},
            Field{"lines_added", &R::lines_added},     Field{"lines_removed", &R::lines_removed},
            Field{"files_changed", &R::files_changed}, Field{"updated_at", &R::updated_at}};
    }
};

}  // namespace ingot
