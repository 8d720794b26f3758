// SPDX-License-Identifier: MIT
#pragma once

#include "extractors/json.hpp"
#include "pipeline/tables/message.hpp"

namespace ingot {

/// What any record of a transcript may say of itself. Views live as long as the parsed document.
struct Envelope {
    std::string_view type;
    OptionalText uuid, parent_uuid;
    OptionalText session_id;  ///< The record's own word: sessionId, or session_id of stream-json.
    OptionalText agent_id, request_id;
    OptionalText cwd, git_branch, version;
    std::optional<bool> is_sidechain;
    OptionalTime timestamp;
    bool starts_thread = false;  ///< parentUuid is null.
    std::optional<json::Element> message, content;
    std::optional<json::Object> forked_from;
};

/// Throws RowError: a type that is missing, a member of another type, a time that is none.
Envelope read_envelope(json::Object record, const Zone& zone);

/// The message that a record carries. Whatever has another type than usual is left out: the record
/// is kept verbatim beside it.
struct ApiMessage {
    struct Usage {
        OptionalInt input_tokens, output_tokens, cache_creation_tokens, cache_read_tokens;
    };
    OptionalText role, id, model, stop_reason;
    std::optional<Usage> usage;
    std::optional<json::Element> content;
};

/// `message` is an object or, rarely, text, which then is its content.
ApiMessage read_api_message(std::optional<json::Element> message);

}  // namespace ingot
