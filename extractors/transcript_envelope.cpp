// SPDX-License-Identifier: MIT
#include "extractors/transcript_envelope.hpp"

#include "extractors/json_keys.hpp"

namespace ingot {
namespace {

// Each enumerator is the position of its name in the set below it.
enum EnvelopeKey : std::size_t {
    kType,
    kUuid,
    kParentUuid,
    kSessionId,
    kSnakeSessionId,
    kAgentId,
    kRequestId,
    kCwd,
    kGitBranch,
    kVersion,
    kIsSidechain,
    kTimestamp,
    kMessage,
    kContent,
    kForkedFrom
};
constexpr json::KeySet kEnvelopeKeys{std::to_array<std::string_view>(
    {"type", "uuid", "parentUuid", "sessionId", "session_id", "agentId", "requestId", "cwd",
     "gitBranch", "version", "isSidechain", "timestamp", "message", "content", "forkedFrom"})};

enum MessageKey : std::size_t { kRole, kId, kModel, kStopReason, kUsage, kMessageContent };
constexpr json::KeySet kMessageKeys{
    std::to_array<std::string_view>({"role", "id", "model", "stop_reason", "usage", "content"})};

enum UsageKey : std::size_t { kInput, kOutput, kCacheCreation, kCacheRead };
constexpr json::KeySet kUsageKeys{std::to_array<std::string_view>(
    {"input_tokens", "output_tokens", "cache_creation_input_tokens", "cache_read_input_tokens"})};

using EnvelopeMembers = json::Members<15>;

std::string_view type_of(const EnvelopeMembers& members) {
    if (const auto type = members.get<std::string_view>(kType, "a string")) return *type;
    throw RowError(Reason::missing_field, "\"type\" is missing");
}

OptionalTime time_of(const EnvelopeMembers& members, const Zone& zone) {
    const auto value = members.value(kTimestamp);
    if (!value) return {};
    if (const OptionalTime time = json::as_time(*value, zone)) return time;
    throw RowError(Reason::bad_time, "\"timestamp\" is not a time");
}

ApiMessage::Usage read_usage(json::Object usage) {
    const json::Members members(usage, kUsageKeys);
    const auto tokens = [&](UsageKey key) -> OptionalInt {
        const auto value = members.value(key);
        return value ? json::as_integer(*value) : std::nullopt;
    };
    return {.input_tokens = tokens(kInput),
            .output_tokens = tokens(kOutput),
            .cache_creation_tokens = tokens(kCacheCreation),
            .cache_read_tokens = tokens(kCacheRead)};
}

}  // namespace

Envelope read_envelope(json::Object record, const Zone& zone) {
    const EnvelopeMembers members(record, kEnvelopeKeys);
    const auto text = [&](EnvelopeKey key) {
        return members.get<std::string_view>(key, "a string");
    };
    const OptionalText snake = text(kSnakeSessionId);
    const OptionalText camel = text(kSessionId);
    return {.type = type_of(members),
            .uuid = text(kUuid),
            .parent_uuid = text(kParentUuid),
            .session_id = camel ? camel : snake,
            .agent_id = text(kAgentId),
            .request_id = text(kRequestId),
            .cwd = text(kCwd),
            .git_branch = text(kGitBranch),
            .version = text(kVersion),
            .is_sidechain = members.get<bool>(kIsSidechain, "true or false"),
            .timestamp = time_of(members, zone),
            .starts_thread = members.has(kParentUuid) && !members.value(kParentUuid),
            .message = members.value(kMessage),
            .content = members.value(kContent),
            .forked_from = members.get_if<json::Object>(kForkedFrom)};
}

ApiMessage read_api_message(std::optional<json::Element> message) {
    json::Object object;
    if (!message || message->get(object))
        return {
            .role = {}, .id = {}, .model = {}, .stop_reason = {}, .usage = {}, .content = message};
    const json::Members members(object, kMessageKeys);
    const auto text = [&](MessageKey key) { return members.get_if<std::string_view>(key); };
    const auto usage = members.get_if<json::Object>(kUsage);
    return {.role = text(kRole),
            .id = text(kId),
            .model = text(kModel),
            .stop_reason = text(kStopReason),
            .usage = usage ? std::optional(read_usage(*usage)) : std::nullopt,
            .content = members.value(kMessageContent)};
}

}  // namespace ingot
