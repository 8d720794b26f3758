// SPDX-License-Identifier: MIT
#pragma once

#include "pipeline/model/bookkeeping.hpp"

namespace ingot {

/// What a tool answered.
struct ToolResult {
    std::string_view session_id;
    OptionalText message_uuid;
    std::string_view tool_use_id;
    std::optional<bool> is_error;
    std::int64_t result_bytes = 0;
    OptionalTime timestamp;

    static constexpr std::string_view table = "tool_results";
    static constexpr std::string_view says = "What a tool answered.";
    static constexpr std::string_view time_column = "timestamp";
    static constexpr std::array references{
        Reference{"source_id", "sources", "source_id"},
        Reference{"session_id", "context_sessions", "session_id", "", false}};
    static constexpr std::array indexes{Index{"idx_tool_results_tool_use_id", "tool_use_id"}};
    static constexpr auto fields() {
        using R = ToolResult;
        return std::tuple{
            Field{"session_id", &R::session_id},
            Field{"message_uuid", &R::message_uuid},
            Field{"tool_use_id", &R::tool_use_id},
            Field{"is_error", &R::is_error},
            Field{"result_bytes", &R::result_bytes, Traits{.says = "Of the content, as written."}},
            Field{"timestamp", &R::timestamp}};
    }
};

}  // namespace ingot
