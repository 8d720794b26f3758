// SPDX-License-Identifier: MIT
#pragma once

#include "extractors/transcript_envelope.hpp"
#include "extractors/transcript_path.hpp"

namespace ingot {

/// States what the path says, at offset 0: the session, its agent and its project.
void state_path(const TranscriptPath& path, Batch& out);

/// A record, and the session that it belongs to.
struct TranscriptRecord {
    const TranscriptPath& path;
    json::Object object;
    const Envelope& envelope;
    std::string_view session;
    std::int64_t offset = 0;
};

/// States what this record, taken alone, says of its session (a title, where it was forked from),
/// of its project (its directory) and of a pull request.
void state_record(const TranscriptRecord& record, Batch& out);

}  // namespace ingot
