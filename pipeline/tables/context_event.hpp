// SPDX-License-Identifier: MIT
#pragma once

#include "pipeline/model/bookkeeping.hpp"

namespace ingot {

/// Something that happened to a context.
struct ContextEvent {
    std::string_view session_id;
    std::string_view event_type;
    std::optional<Json> details;
    OptionalTime timestamp;

    static constexpr std::string_view table = "context_events";
    static constexpr std::string_view says = "Something that happened to a context.";
    static constexpr std::string_view time_column = "timestamp";
    static constexpr std::array references{
        Reference{"source_id", "sources", "source_id"},
        Reference{"session_id", "context_sessions", "session_id"}};
    static constexpr auto fields() {
        using R = ContextEvent;
        return std::tuple{
            Field{"session_id", &R::session_id},
            Field{"event_type", &R::event_type,
                  Traits{.domain = "consolidation compression overflow_warning sleep wake"}},
            Field{"details", &R::details}, Field{"timestamp", &R::timestamp}};
    }
};

}  // namespace ingot
