// SPDX-License-Identifier: MIT
#pragma once

#include "pipeline/model/bookkeeping.hpp"

namespace ingot {

/// A message between agents.
struct AgentMessage {
    OptionalText message_id;
    OptionalText from_agent;
    OptionalText to_agent;
    std::string_view message_type;
    std::string_view content;
    OptionalText priority;
    OptionalTime sent_at;
    OptionalTime delivered_at;
    OptionalTime acknowledged_at;
    std::optional<Json> details = {};

    static constexpr std::string_view table = "agent_messages";
    static constexpr std::string_view says = "A message between agents.";
    static constexpr std::string_view time_column = "sent_at";
    static constexpr std::array references{Reference{"source_id", "sources", "source_id"},
                                           Reference{"from_agent", "agents", "agent_id"},
                                           Reference{"to_agent", "agents", "agent_id"}};
    static constexpr auto fields() {
        using R = AgentMessage;
        return std::tuple{
            Field{"message_id", &R::message_id},
            Field{"from_agent", &R::from_agent},
            Field{"to_agent", &R::to_agent},
            Field{"message_type", &R::message_type},
            Field{"content", &R::content},
            Field{"priority", &R::priority},
            Field{"sent_at", &R::sent_at},
            Field{"delivered_at", &R::delivered_at},
            Field{"acknowledged_at", &R::acknowledged_at},
            Field{"details", &R::details, Traits{.says = "What else the source says of it."}}};
    }
};

}  // namespace ingot
