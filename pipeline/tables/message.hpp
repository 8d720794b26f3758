// SPDX-License-Identifier: MIT
#pragma once

#include "pipeline/model/bookkeeping.hpp"

namespace ingot {

/// The row of message_usage that a record counts for: its message_id, or `<source_id>:<offset>` when it
/// has none; empty without usage.
std::string usage_id(const Table& messages, std::span<const Value> row);

/// Every record of a transcript.
struct Message {
    std::string_view session_id;
    OptionalText uuid;
    OptionalText parent_uuid;
    std::string_view record_type;
    OptionalText role;
    OptionalText agent_id;
    std::optional<bool> is_sidechain;
    OptionalText message_id;
    OptionalText request_id;
    OptionalText model;
    OptionalText stop_reason;
    OptionalInt input_tokens;
    OptionalInt output_tokens;
    OptionalInt cache_creation_tokens;
    OptionalInt cache_read_tokens;
    OptionalText cwd;
    OptionalText git_branch;
    OptionalText version;
    OptionalTime timestamp;
    OptionalText text;
    Json raw;

    static constexpr std::string_view table = "messages";
    static constexpr std::string_view says = "Every record of a transcript.";
    static constexpr std::string_view time_column = "timestamp";
    static constexpr std::array references{
        Reference{"source_id", "sources", "source_id"},
        Reference{"session_id", "context_sessions", "session_id", "timestamp"},
        Reference{"agent_id", "agents", "agent_id", "timestamp"}};
    static constexpr Derives derives{"message_usage", &usage_id};
    static constexpr std::array indexes{Index{"idx_messages_uuid", "uuid"},
                                        Index{"idx_messages_message_id", "message_id"}};
    static constexpr auto fields() {
        using R = Message;
        return std::tuple{
            Field{"session_id", &R::session_id, Traits{.says = "That of the file's own session."}},
            Field{"uuid", &R::uuid},
            Field{"parent_uuid", &R::parent_uuid,
                  Traits{.says = "No foreign key: parents may be missing or come later."}},
            Field{"record_type", &R::record_type, Traits{.says = "An open set."}},
            Field{"role", &R::role},
            Field{"agent_id", &R::agent_id},
            Field{"is_sidechain", &R::is_sidechain},
            Field{"message_id", &R::message_id},
            Field{"request_id", &R::request_id},
            Field{"model", &R::model},
            Field{"stop_reason", &R::stop_reason},
            Field{"input_tokens", &R::input_tokens},
            Field{"output_tokens", &R::output_tokens},
            Field{"cache_creation_tokens", &R::cache_creation_tokens},
            Field{"cache_read_tokens", &R::cache_read_tokens},
            Field{"cwd", &R::cwd},
            Field{"git_branch", &R::git_branch},
            Field{"version", &R::version},
            Field{"timestamp", &R::timestamp},
            Field{"text", &R::text, Traits{.says = "Human-readable text blocks."}},
            Field{"raw", &R::raw, Traits{.says = "The whole record, verbatim."}}};
    }
};

}  // namespace ingot
