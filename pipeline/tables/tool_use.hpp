// SPDX-License-Identifier: MIT
#pragma once

#include "pipeline/model/bookkeeping.hpp"

namespace ingot {

/// A call of a tool.
struct ToolUse {
    std::string_view session_id;
    OptionalText message_uuid;
    std::string_view tool_use_id;
    std::string_view name;
    Json input;
    OptionalTime timestamp;

    static constexpr std::string_view table = "tool_uses";
    static constexpr std::string_view says = "A call of a tool.";
    static constexpr std::string_view time_column = "timestamp";
    static constexpr std::array references{
        Reference{"source_id", "sources", "source_id"},
        Reference{"session_id", "context_sessions", "session_id", "", false}};
    static constexpr std::array indexes{Index{"idx_tool_uses_tool_use_id", "tool_use_id"}};
    static constexpr auto fields() {
        using R = ToolUse;
        return std::tuple{Field{"session_id", &R::session_id},
                          Field{"message_uuid", &R::message_uuid},
                          Field{"tool_use_id", &R::tool_use_id},
                          Field{"name", &R::name},
                          Field{"input", &R::input},
                          Field{"timestamp", &R::timestamp}};
    }
};

}  // namespace ingot
