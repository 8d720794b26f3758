// SPDX-License-Identifier: MIT
#pragma once

#include "extractors/json.hpp"
#include "pipeline/tables/context_session.hpp"

#include <cstdint>
#include <initializer_list>
#include <string_view>

namespace ingot {

/// The first of these members that is text and not blank; nullopt when there is none.
OptionalText own_id(json::Object object, std::initializer_list<std::string_view> keys);

/// What the object says of a context (agent, project, title, how full it is, when it was used);
/// values of another type than expected are left out. The id, the kind and the data are not set.
ContextSession read_context(json::Object object, const Zone& zone, Batch& out);

/// Whether anything was said.
bool says_something(const ContextSession& context);

/// States it as of the time when it was used last. Of a session that a record names itself, the
/// kind is said without a time: a transcript, which says no time either, comes behind by its path.
void state_context(const ContextSession& context, bool is_own_id, std::int64_t offset, Batch& out);

/// Adds the object to `context_events` when it is such an event, by its own session's id or else
/// this one. False when it is none.
bool add_context_event(std::string_view session_id, json::Object object, std::string_view text,
                       std::int64_t offset, const Zone& zone, Batch& out);

}  // namespace ingot
