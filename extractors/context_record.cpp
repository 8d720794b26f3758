// SPDX-License-Identifier: MIT
#include "extractors/context_record.hpp"

#include "extractors/fields.hpp"
#include "extractors/slug.hpp"
#include "extractors/vocabulary.hpp"
#include "pipeline/model/text.hpp"
#include "pipeline/tables/context_event.hpp"

namespace ingot {
namespace {

using Keys = std::initializer_list<std::string_view>;

std::optional<double> first_real(json::Object object, Keys keys) {
    for (const std::string_view key : keys)
        if (const auto value = json::real_if(object, key)) return value;
    return {};
}

OptionalInt first_integer(json::Object object, Keys keys) {
    for (const std::string_view key : keys)
        if (const auto value = json::integer_if(object, key)) return value;
    return {};
}

std::optional<bool> first_bool(json::Object object, Keys keys) {
    for (const std::string_view key : keys)
        if (const auto value = json::bool_if(object, key)) return value;
    return {};
}

/// Projects go by the slug of their path.
OptionalText project_of(json::Object object, Batch& out) {
    const OptionalText id = own_id(object, {"project_id", "projectId"});
    if (id) return id;
    const OptionalText path = own_id(object, {"project_path", "projectPath"});
    return path ? OptionalText(out.keep(slug_of(*path))) : std::nullopt;
}

}  // namespace

OptionalText own_id(json::Object object, Keys keys) {
    for (const std::string_view key : keys)
        if (const auto id = json::text_if(object, key); id && !trimmed(*id).empty()) return id;
    return {};
}

ContextSession read_context(json::Object object, const Zone& zone, Batch& out) {
    const auto time = [&](Keys keys) { return json::first_time(object, keys, zone, out).utc; };
    return {.session_id = {},
            .agent_id = own_id(object, {"agent_id", "agentId"}),
            .project_id = project_of(object, out),
            .kind = {},
            .parent_session_id = own_id(object, {"parent_session_id", "parentSessionId"}),
            .title = own_id(object, {"title", "name"}),
            .context_data = {},
            .usage_percent =
                first_real(object, {"usage_percent", "usagePercent", "context_usage_percent",
                                    "context_percent", "percent_used"}),
            .token_count = first_integer(object, {"token_count", "tokenCount", "tokens_used",
                                                  "tokensUsed", "total_tokens", "totalTokens"}),
            .max_tokens = first_integer(object, {"max_tokens", "maxTokens", "token_limit",
                                                 "tokenLimit", "context_window", "contextWindow"}),
            .created_at = time({"created_at", "createdAt", "created", "started_at", "startedAt",
                                "start_time", "startTime"}),
            .last_accessed =
                time({"last_accessed", "lastAccessed", "last_updated", "lastUpdated", "updated_at",
                      "updatedAt", "updated", "last_activity", "lastActivity", "timestamp"}),
            .is_active = first_bool(object, {"is_active", "isActive", "active"}),
            .message_count = {}};
}

bool says_something(const ContextSession& context) {
    return context.agent_id || context.project_id || context.parent_session_id || context.title ||
           context.usage_percent || context.token_count || context.max_tokens ||
           context.created_at || context.is_active;
}

void state_context(const ContextSession& context, bool is_own_id, std::int64_t offset, Batch& out) {
    const OptionalTime said_at = context.last_accessed ? context.last_accessed : context.created_at;
    ContextSession said = context;
    said.kind = "context";
    if (is_own_id && said_at) {
        ContextSession kind{};
        kind.session_id = context.session_id;
        kind.kind = said.kind;
        out.state(offset, kind);
        said.kind = {};
    }
    out.state(offset, said, said_at);
}

bool add_context_event(std::string_view session_id, json::Object object, std::string_view text,
                       std::int64_t offset, const Zone& zone, Batch& out) {
    for (const std::string_view key : {"event_type", "eventType", "event", "type"}) {
        const auto word = json::text_if(object, key);
        const std::string_view type = word ? context_event_of(*word) : std::string_view();
        if (type.empty()) continue;
        const OptionalText own = own_id(object, {"session_id", "sessionId"});
        out.add(offset, ContextEvent{.session_id = own.value_or(session_id),
                                     .event_type = type,
                                     .details = Json{text},
                                     .timestamp = json::first_time(object,
                                                                   {"timestamp", "ts", "time",
                                                                    "created_at", "createdAt"},
                                                                   zone, out)
                                                      .utc});
        return true;
    }
    return false;
}

}  // namespace ingot
