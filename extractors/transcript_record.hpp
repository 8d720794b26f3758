// SPDX-License-Identifier: MIT
#pragma once

#include "extractors/transcript_content.hpp"
#include "extractors/transcript_envelope.hpp"
#include "extractors/transcript_path.hpp"
#include "pipeline/model/source.hpp"

namespace ingot {

/// Turns the records of one piece of a transcript into rows.
class TranscriptReader {
public:
    /// States what the path says when the piece is the first one.
    TranscriptReader(const Piece& piece, Batch& out);

    /// Throws RowError before it adds anything.
    void read(const json::Document& record, std::int64_t offset);

private:
    std::string_view session_of(const Envelope& envelope);
    void touch_usage(const OptionalText& message_id, std::int64_t offset);

    const Zone& zone_;
    Batch& out_;
    TranscriptPath path_;
    ContentReader contents_;
    std::string session_;  ///< Of the current record, where the path leaves it open.
};

}  // namespace ingot
