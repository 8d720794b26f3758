// SPDX-License-Identifier: MIT
#include "extractors/event_record.hpp"
#include "extractors/json_stream.hpp"
#include "extractors/log_layout.hpp"
#include "pipeline/tables/event.hpp"

namespace ingot {
namespace {

bool takes_lines(const Candidate& candidate) { return log_layout(candidate) == LogLayout::lines; }
bool takes_stream(const Candidate& candidate) { return log_layout(candidate) == LogLayout::stream; }

/// How records and conflict marks become events, for both layouts.
template <class ReadAll> void read_events(const Piece& piece, Batch& out, ReadAll read_all) {
    read_all([&](const json::Document& record,
                 std::int64_t offset) { add_event(record, offset, piece, out); },
             [&](std::string_view line, std::int64_t offset) {
                 add_conflict_marker(line, offset, out);
             });
}

void extract_lines(const Piece& piece, Batch& out) {
    read_events(piece, out, [&](const ReadRecord& read, const ReadMarker& marker) {
        for_each_line(piece, out, looks_like_event, read, marker);
    });
}

void extract_stream(const Piece& piece, Batch& out) {
    read_events(piece, out, [&](const ReadRecord& read, const ReadMarker& marker) {
        for_each_document(piece, out, read, marker);
    });
}

}  // namespace

extern constinit const Extractor log_lines_extractor{.name = "log_lines",
                                                     .version = 2,
                                                     .family = "log",
                                                     .cut = Cut::lines,
                                                     .takes = takes_lines,
                                                     .extract = extract_lines,
                                                     .split = nullptr,
                                                     .main_table = Event::table};

extern constinit const Extractor log_stream_extractor{.name = "log_stream",
                                                      .version = 2,
                                                      .family = "log",
                                                      .cut = Cut::stream,
                                                      .takes = takes_stream,
                                                      .extract = extract_stream,
                                                      .split = split_documents,
                                                      .main_table = Event::table};

}  // namespace ingot
