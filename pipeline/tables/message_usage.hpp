// SPDX-License-Identifier: MIT
#pragma once

#include "pipeline/model/bookkeeping.hpp"

namespace ingot {

/// Token usage, once per API message: of all its records the one with most output tokens.
struct MessageUsage {
    std::string_view message_id;
    std::string_view session_id;
    OptionalText model;
    OptionalText day;
    OptionalInt input_tokens;
    OptionalInt output_tokens;
    OptionalInt cache_creation_tokens;
    OptionalInt cache_read_tokens;

    static constexpr std::string_view table = "message_usage";
    static constexpr std::string_view says =
        "Token usage, once per API message: of all its records the one with most output tokens.";
    static constexpr Kind table_kind = Kind::derived;
    static constexpr std::array<std::string_view, 2> table_key{"workspace_id", "message_id"};
    static constexpr std::array references{
        Reference{"session_id", "context_sessions", "session_id"}};
    static constexpr auto fields() {
        using R = MessageUsage;
        return std::tuple{Field{"message_id", &R::message_id},
                          Field{"session_id", &R::session_id},
                          Field{"model", &R::model},
                          Field{"day", &R::day, Traits{.says = "UTC."}},
                          Field{"input_tokens", &R::input_tokens},
                          Field{"output_tokens", &R::output_tokens},
                          Field{"cache_creation_tokens", &R::cache_creation_tokens},
                          Field{"cache_read_tokens", &R::cache_read_tokens}};
    }
};

}  // namespace ingot
