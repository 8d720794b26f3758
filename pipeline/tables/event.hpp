// SPDX-License-Identifier: MIT
#pragma once

#include "pipeline/model/bookkeeping.hpp"

namespace ingot {

/// A log event, hook call or prompt.
struct Event {
    OptionalText agent_id;
    OptionalText session_id;
    std::string_view event_type;
    std::string_view severity;
    OptionalText logger;
    std::string_view message;
    std::optional<Json> details;
    OptionalTime timestamp;
    OptionalText timestamp_raw;
    std::string_view timestamp_source;
    OptionalText correlation_id;

    static constexpr std::string_view table = "events";
    static constexpr std::string_view says = "A log event, hook call or prompt.";
    static constexpr std::string_view time_column = "timestamp";
    static constexpr std::array references{
        Reference{"source_id", "sources", "source_id"},
        Reference{"agent_id", "agents", "agent_id", "timestamp"},
        Reference{"session_id", "context_sessions", "session_id"}};
    static constexpr auto fields() {
        using R = Event;
        return std::tuple{
            Field{"agent_id", &R::agent_id},
            Field{"session_id", &R::session_id},
            Field{"event_type", &R::event_type},
            Field{"severity", &R::severity, Traits{.domain = "debug info warning error critical"}},
            Field{"logger", &R::logger},
            Field{"message", &R::message},
            Field{"details", &R::details},
            Field{"timestamp", &R::timestamp},
            Field{"timestamp_raw", &R::timestamp_raw,
                  Traits{.says = "As written, when it had no zone or did not parse."}},
            Field{"timestamp_source", &R::timestamp_source,
                  Traits{.domain = "record inherited file"}},
            Field{"correlation_id", &R::correlation_id}};
    }
};

}  // namespace ingot
