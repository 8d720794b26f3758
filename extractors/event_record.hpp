// SPDX-License-Identifier: MIT
#pragma once

#include "extractors/json.hpp"
#include "pipeline/model/source.hpp"

#include <cstdint>
#include <string_view>

namespace ingot {

/// Whether an object is evidently an event, wherever it stands: it has a time and says what happened
/// or how grave it was, and nobody speaks in it.
bool looks_like_event(json::Object object);

/// Whether it also has a member that names the event: `event`, `event_type` or `hook_event_name`.
bool names_its_event(json::Object object);

/// Adds one value of a JSON log to `events`. A time that does not parse is kept as written; a record
/// without a time stays without one.
void add_event(const json::Document& record, std::int64_t offset, const Piece& piece, Batch& out);

/// Adds a line that git left in a log.
void add_conflict_marker(std::string_view line, std::int64_t offset, Batch& out);

}  // namespace ingot
