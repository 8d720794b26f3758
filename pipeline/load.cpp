// SPDX-License-Identifier: MIT
#include "pipeline/load.hpp"

#include "pipeline/fingerprint.hpp"
#include "pipeline/model/text.hpp"
#include "pipeline/settings.hpp"

#include <algorithm>

namespace ingot {
namespace {

constexpr auto kBlock = static_cast<std::int64_t>(ContentHasher::kBlock);

/// Links and the like have no content to be read: their size is what the scan saw.
std::int64_t size_of(const PieceResult& piece, const SourcePlan& source) {
    return piece.treatment == Treatment::nothing ? source.source.size : piece.size;
}

OptionalText if_any(const std::string& text) {
    return text.empty() ? OptionalText{} : OptionalText{text};
}

}  // namespace

void SourceLoader::take(PieceResult piece) {
    const SourcePlan& source = plan_.sources[piece.index];
    if (piece.first) begin(piece, source);
    if (!piece.error.empty() && account_.error.empty()) {
        account_.error = piece.error;
        account_.moves = piece.moves;
    }
    if (account_.error.empty() && piece.treatment != Treatment::nothing) add(piece);
    if (piece.last) finish(piece, source);
}

void SourceLoader::begin(const PieceResult& piece, const SourcePlan& source) {
    account_ = {};
    const bool has_content = piece.error.empty() && piece.treatment != Treatment::nothing;
    const bool keeps_rows = source.status == "unreadable" || !piece.error.empty();
    if (keeps_rows && source.old != nullptr) return;
    if (source.change == Change::appended) account_.archived = source.old->archived_bytes;
    SourceLoad load{.workspace_id = source.source.workspace_id,
                    .source_id = source.source.source_id,
                    .from_offset = source.begin,
                    .had_rows = source.old != nullptr,
                    .moved_from = {},
                    .moved_to = source.moved_to};
    if (source.restore) load.run_id = source.restore->run_id;
    if (source.moved_from && !was_taken(*source.moved_from, piece.index))
        load.moved_from = source.moved_from;
    store_.begin_source(load);
    account_.begun = true;
    if (source.moved_old != nullptr) store_.remove_source(*source.moved_old, "renamed");
    if (has_content && source.change == Change::appended) start_append(piece, *source.old);
}

/// Whether a source came before this one: its old rows are gone, and those there now are new.
bool SourceLoader::was_taken(std::int64_t source_id, std::size_t before) const {
    const auto end = plan_.sources.begin() + static_cast<std::ptrdiff_t>(before);
    return std::any_of(plan_.sources.begin(), end, [&](const SourcePlan& source) {
        return source.source.source_id == source_id;
    });
}

/// The old account without what the last record and the bytes behind it gave; they are read again.
void SourceLoader::start_append(const PieceResult& piece, const SourceRow& old) {
    account_.tally = {.row_bytes = old.row_bytes,
                      .rejected_bytes = old.rejected_bytes,
                      .blank_bytes = old.blank_bytes,
                      .pending_bytes = old.pending_bytes,
                      .records = old.records,
                      .rejected = old.rejected,
                      .repaired = old.repaired,
                      .tables = store_.source_tables(old.source_id)};
    account_.lines = old.resume_line.value_or(0);
    account_.encoding = old.encoding.value_or("");
    account_.tally -= tally_with_rejects(*piece.old_tail, account_.lines);
    account_.hashed_to = old.size_bytes / kBlock * kBlock;
    account_.hasher = ContentHasher(from_hex(*old.blocks_hash));
    if (account_.hashed_to >= piece.begin) return;
    account_.hasher.add(piece.file->read(account_.hashed_to, piece.begin).view());
    account_.hashed_to = piece.begin;
}

void SourceLoader::add(const PieceResult& piece) {
    hash(piece);
    if (piece.batch)
        for (const Reject& reject : piece.batch->rejects())
            if (reject.reason == Reason::too_long && !reject.raw)
                account_.too_long_to =
                    std::max(account_.too_long_to, reject.offset + reject.length);
    archive(piece);
    if (!piece.batch) return;  // all of it belongs to a record that began before
    const Batch& batch = *piece.batch;
    account_.tally += tally_with_rejects(batch, account_.lines);
    store_.add(batch, account_.lines);
    if (batch.resume) {
        account_.resume = batch.resume;
        account_.resume_line = account_.lines + piece.feeds_before_resume;
    }
    account_.lines += piece.line_feeds;
    account_.uses_file_time = account_.uses_file_time || batch.uses_file_time;
    if (!batch.encoding.empty()) account_.encoding = batch.encoding;
}

void SourceLoader::hash(const PieceResult& piece) {
    if (piece.hashes) return;
    const std::int64_t skip = std::max<std::int64_t>(account_.hashed_to - piece.begin, 0);
    if (skip >= static_cast<std::int64_t>(piece.own.size())) return;
    account_.hasher.add(piece.own.substr(static_cast<std::size_t>(skip)));
    account_.hashed_to = piece.end;
}

/// Bytes of a too long record are archived in any case: no row of `rejects` holds them.
void SourceLoader::archive(const PieceResult& piece) {
    const SourcePlan& source = plan_.sources[piece.index];
    const std::vector<Segment> extra =
        piece.segments.empty() && !source.restore && piece.begin < account_.too_long_to
            ? make_segments(piece.own, piece.begin)
            : std::vector<Segment>{};
    for (const std::vector<Segment>* segments : {&piece.segments, &extra})
        for (const Segment& segment : *segments) {
            store_.segments().add(source.source.source_id, archived_version(source), segment);
            if (segment.offset == account_.archived) account_.archived += segment.length;
        }
}

/// The version whose segments are being written; settled when the content is known.
std::int64_t SourceLoader::archived_version(const SourcePlan& source) const {
    return source.change == Change::appended ? source.old->source_version : options_.started_at.us;
}

/// A file that cannot be read counts whole as rejected. The rows that it gave before stay, unless
/// reading failed half-way, when they had already made room.
void SourceLoader::fail(const SourcePlan& source) {
    const bool had_rows = source.old != nullptr && !account_.begun;
    if (account_.begun) store_.abandon_source(source.source.source_id);
    account_.archived = 0;
    Batch rejects(source.source, {}, 0);
    rejects.reject_unread(0, source.source.size,
                          account_.moves ? Reason::incomplete : Reason::unreadable, account_.error);
    std::map<std::string_view, TableTally> kept;
    if (had_rows) kept = store_.source_tables(source.source.source_id);
    kept.erase("rejects");
    store_.replace_rejects(source.source.source_id, had_rows);
    store_.segments().forget_unfinished(source.source.source_id);
    store_.add(rejects, 0);
    account_.tally = tally_with_rejects(rejects, 0);
    for (const auto& [table, tally] : kept) account_.tally.tables[table] = tally;
    account_.resume.reset();
}

void SourceLoader::finish(const PieceResult& piece, const SourcePlan& source) {
    if (source.status == "unreadable" && account_.error.empty())
        account_.error = source.error.empty() ? "cannot be read" : source.error;
    const bool failed = !account_.error.empty();
    if (failed) fail(source);
    const ContentHashes hashed = failed ? ContentHashes{} : hashes(piece, source);
    const std::int64_t size = failed ? source.source.size : size_of(piece, source);
    const Tally& tally = account_.tally;
    SourceRow row{.workspace_id = source.source.workspace_id,
                  .source_id = source.source.source_id,
                  .path = source.source.path,
                  .path_bytes = {},
                  .family = source.family,
                  .extractor = {},
                  .extractor_version = {},
                  .size_bytes = size,
                  .modified_ns = source.file.modified_ns,
                  .mode = source.file.mode,
                  .link_target = if_any(source.file.link_target),
                  .inode = source.file.inode,
                  .head_hash = if_any(hashed.head),
                  .tail_hash = if_any(hashed.tail),
                  .content_hash = if_any(hashed.content),
                  .blocks_hash = if_any(hashed.blocks),
                  .source_version = version(source, hashed.content),
                  .consumed_bytes = size - tally.pending_bytes,
                  .row_bytes = tally.row_bytes,
                  .rejected_bytes = tally.rejected_bytes,
                  .blank_bytes = tally.blank_bytes,
                  .pending_bytes = tally.pending_bytes,
                  .records = tally.records,
                  .rejected = tally.rejected,
                  .repaired = tally.repaired,
                  .encoding = if_any(account_.encoding),
                  .resume_offset = {},
                  .resume_line = {},
                  .resume_state = {},
                  .uses_file_time = account_.uses_file_time,
                  .companions = if_any(source.file.companions),
                  .settings = {},
                  .archived_bytes = account_.archived,
                  .status = failed ? "unreadable" : source.status,
                  .first_run_id = {},
                  .last_run_id = {},
                  .missing_since = {}};
    const std::string target = cleaned(source.file.link_target);
    if (!source.file.link_target.empty()) row.link_target = target;
    if (!is_clean_text(source.file.path)) row.path_bytes = Bytes{source.file.path};
    if (source.extractor != nullptr && !failed) {
        row.extractor = source.extractor->name;
        row.extractor_version = source.extractor->version;
        row.settings = options_.settings;
    }
    for (const auto& [name, of_table] : tally.tables)
        if (name != "rejects") row.row_count += of_table.rows;
    if (account_.resume) {
        row.resume_offset = account_.resume->offset;
        row.resume_line = account_.resume_line;
        row.resume_state = if_any(account_.resume->state);
    }
    if (row.link_target && !is_clean_text(source.file.link_target))
        for (const Segment& segment : make_segments(source.file.link_target, 0))
            store_.segments().add(row.source_id, row.source_version, segment);
    if (source.old != nullptr && source.old->source_version == row.source_version)
        row.archived_bytes = std::max(row.archived_bytes, source.old->archived_bytes);
    if (source.restore) restore(*source.restore, row);
    if (source.is_gone) row.missing_since = source.old->missing_since;
    if (row.status == "unmapped") row.settings = extractors_text();
    if (account_.archived > 0 && !failed) {
        const bool old_is_whole =
            source.old != nullptr && source.old->archived_bytes >= source.old->size_bytes;
        store_.segments().settle(row.source_id, archived_version(source), row.source_version,
                                 old_is_whole);
    }
    store_.end_source(row, tally);
    outcomes_.push_back({piece.index, std::string(row.status), tally});
}

/// What is read came from the archive, so that has all of it.
void SourceLoader::restore(const RestoredSource& before, SourceRow& row) {
    row.source_version = before.source_version;
    row.first_run_id = before.first_run_id;
    row.last_run_id = before.run_id;
    row.missing_since = before.missing_since;
    row.inode = {};
    if (row.content_hash) row.archived_bytes = row.size_bytes;
}

ContentHashes SourceLoader::hashes(const PieceResult& piece, const SourcePlan& source) const {
    if (piece.hashes) return *piece.hashes;
    if (!piece.file) return {};
    const std::int64_t size = size_of(piece, source);
    return {.head = head_hash(*piece.file, size),
            .tail = tail_hash(*piece.file, size, account_.resume ? account_.resume->offset : size),
            .content = to_hex(account_.hasher.digest()),
            .blocks = to_hex(account_.hasher.chain())};
}

/// An append keeps the version, and so does a file that was only touched.
std::int64_t SourceLoader::version(const SourcePlan& source, const std::string& content) const {
    const bool same =
        source.old != nullptr && (source.change == Change::appended ||
                                  (!content.empty() && source.old->content_hash == content));
    return same && source.old->source_version != 0 ? source.old->source_version
                                                   : options_.started_at.us;
}

}  // namespace ingot
