// SPDX-License-Identifier: MIT
#include "extractors/extractor.hpp"
#include "extractors/json_lines.hpp"
#include "extractors/transcript_record.hpp"
#include "extractors/transcript_shape.hpp"
#include "pipeline/tables/message.hpp"

namespace ingot {
namespace {

bool takes(const Candidate& candidate) {
    return transcript_form(candidate) == TranscriptForm::lines;
}

void extract(const Piece& piece, Batch& out) {
    TranscriptReader reader(piece, out);
    for_each_line(
        piece, out, is_transcript_record,
        [&](const json::Document& record, std::int64_t offset) { reader.read(record, offset); });
}

}  // namespace

extern constinit const Extractor transcript_extractor{.name = "transcript",
                                                      .version = 2,
                                                      .family = "transcript",
                                                      .cut = Cut::lines,
                                                      .takes = takes,
                                                      .extract = extract,
                                                      .split = nullptr,
                                                      .main_table = Message::table};

}  // namespace ingot
