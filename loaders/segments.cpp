// SPDX-License-Identifier: MIT
#include "loaders/segments.hpp"

#include "pipeline/model/bookkeeping.hpp"

namespace ingot {
namespace {

constexpr const char* kOfSource = " WHERE workspace_id = ?1 AND source_id = ?2";

}  // namespace

SegmentWriter::SegmentWriter(SQLite::Database& db, std::int64_t workspace_id)
    : db_(db), workspace_id_(workspace_id), insert_(db, insert_sql(table_of<SourceSegment>())) {}

void SegmentWriter::forget_unfinished(std::int64_t source_id) {
    RowStatement forget(
        db_, std::string("DELETE FROM source_segments") + kOfSource +
                 " AND source_offset >= coalesce((SELECT max(v.size_bytes) FROM source_versions v "
                 "WHERE v.workspace_id = ?1 AND v.source_id = ?2 AND v.source_version = "
                 "source_segments.source_version), 0)");
    forget.bind(1, workspace_id_);
    forget.bind(2, source_id);
    forget.run();
    source_id_ = version_ = 0;
}

void SegmentWriter::add(std::int64_t source_id, std::int64_t version, const Segment& segment) {
    if (source_id != source_id_ || version != version_) {
        RowStatement last(db_, std::string("SELECT coalesce(max(segment_no), -1) FROM "
                                           "source_segments") +
                                   kOfSource + " AND source_version = ?3");
        last.bind(1, workspace_id_);
        last.bind(2, source_id);
        last.bind(3, version);
        last.step();
        source_id_ = source_id;
        version_ = version;
        next_no_ = last.integer(0) + 1;
    }
    const SourceSegment row{.workspace_id = workspace_id_,
                            .source_id = source_id,
                            .source_version = version,
                            .segment_no = next_no_++,
                            .source_offset = segment.offset,
                            .byte_length = segment.length,
                            .codec = segment.codec,
                            .payload_hash = segment.hash,
                            .payload = Bytes{segment.payload}};
    insert_.bind_row(table_of<SourceSegment>(), cells_of(row));
    insert_.run();
}

void SegmentWriter::settle(std::int64_t source_id, std::int64_t read, std::int64_t kept,
                           bool kept_is_whole) {
    if (read == kept) return;
    if (kept_is_whole) return remove(source_id, read);
    remove(source_id, kept);
    RowStatement rename(db_, std::string("UPDATE source_segments SET source_version = ?4") +
                                 kOfSource + " AND source_version = ?3");
    rename.bind(1, workspace_id_);
    rename.bind(2, source_id);
    rename.bind(3, read);
    rename.bind(4, kept);
    rename.run();
}

void SegmentWriter::remove(std::int64_t source_id, std::int64_t version) {
    RowStatement remove(db_, std::string("DELETE FROM source_segments") + kOfSource +
                                 " AND source_version = ?3");
    remove.bind(1, workspace_id_);
    remove.bind(2, source_id);
    remove.bind(3, version);
    remove.run();
}

}  // namespace ingot
