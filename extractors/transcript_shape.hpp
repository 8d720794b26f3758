// SPDX-License-Identifier: MIT
#pragma once

#include "extractors/extractor.hpp"
#include "extractors/json.hpp"

namespace ingot {

/// How the records of a transcript lie in a file.
enum class TranscriptForm {
    none,    ///< It is no transcript.
    lines,   ///< One record a line.
    stream,  ///< Records over several lines one after another, or arrays of records.
};

/// Judges by path and content: content that is clearly of this or of another shape decides, a path
/// that only a transcript has decides for empty, broken and unknown content.
TranscriptForm transcript_form(const Candidate& candidate);

/// Whether an object has the shape of a transcript record.
bool is_transcript_record(json::Object object);

}  // namespace ingot
