// SPDX-License-Identifier: MIT
#include "extractors/json_stream.hpp"
#include "extractors/transcript_record.hpp"
#include "extractors/transcript_shape.hpp"
#include "pipeline/tables/message.hpp"

namespace ingot {
namespace {

bool takes(const Candidate& candidate) {
    return transcript_form(candidate) == TranscriptForm::stream;
}

void extract(const Piece& piece, Batch& out) {
    TranscriptReader reader(piece, out);
    for_each_document(piece, out, [&](const json::Document& record, std::int64_t offset) {
        reader.read(record, offset);
    });
}

}  // namespace

extern constinit const Extractor transcript_stream_extractor{.name = "transcript_stream",
                                                             .version = 1,
                                                             .family = "transcript",
                                                             .cut = Cut::stream,
                                                             .takes = takes,
                                                             .extract = extract,
                                                             .split = split_documents,
                                                             .main_table = Message::table};

}  // namespace ingot
