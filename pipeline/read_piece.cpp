// SPDX-License-Identifier: MIT
#include "pipeline/read_piece.hpp"

#include "pipeline/fingerprint.hpp"
#include "pipeline/private_copy.hpp"

#include <algorithm>

namespace ingot {
namespace {

constexpr std::size_t npos = std::string_view::npos;

/// The bytes of a piece's records, and where they stand in the file.
struct Stretch {
    std::string_view text;
    std::int64_t offset = 0;
    bool at_end = true;  ///< Reaches the end of the file.
};

/// Lines are long: looking for the next end is quicker than looking at every byte.
std::int64_t line_feeds_in(std::string_view text) {
    std::int64_t count = 0;
    for (std::size_t at = text.find('\n'); at != npos; at = text.find('\n', at + 1)) ++count;
    return count;
}

void extract_stretch(const Stretch& stretch, std::string_view state, const SourcePlan& source,
                     const Settings& settings, PieceResult& result) {
    result.batch = std::make_unique<Batch>(source.source, stretch.text, stretch.offset);
    const Piece piece{.source = source.source,
                      .settings = settings,
                      .bytes = stretch.text,
                      .offset = stretch.offset,
                      .first = stretch.offset == 0,
                      .last = stretch.at_end,
                      .state = state,
                      .database = {}};
    source.extractor->extract(piece, *result.batch);
    result.line_feeds = line_feeds_in(stretch.text);
    if (!result.batch->resume) return;
    const auto before = static_cast<std::size_t>(result.batch->resume->offset - stretch.offset);
    result.feeds_before_resume = result.line_feeds - line_feeds_in(stretch.text.substr(before));
}

/// What the last record and the bytes behind it gave before the file grew.
void extract_old_tail(const PieceJob& job, const SourcePlan& source, const Settings& settings,
                      PieceResult& result) {
    if (source.change != Change::appended || !job.first) return;
    const std::int64_t old_size = source.old->size_bytes;
    result.old_bytes = job.file->read(job.begin, old_size);
    PieceResult old;
    const Stretch stretch{.text = result.old_bytes.view(), .offset = job.begin, .at_end = true};
    extract_stretch(stretch, source.old->resume_state.value_or(""), source, settings, old);
    result.old_tail = std::move(old.batch);
}

/// Most lines that begin in a range end this soon behind it.
constexpr std::int64_t kSlack = 1 << 16;

/// Where the lines lie that begin in a range; offsets in the file.
struct LineRange {
    std::int64_t first = 0;  ///< Start of the first line; the range's end when none begins in it.
    std::int64_t last = 0;   ///< Start of the last line.
    std::int64_t end = 0;    ///< End of the last line.
};

/// `read` begins at `origin`: at job.begin, or one byte earlier, which tells whether a line begins there.
LineRange find_lines(const PieceJob& job, std::string_view read, std::int64_t origin,
                     std::int64_t size) {
    const auto position = [&](std::size_t at) { return origin + static_cast<std::int64_t>(at); };
    const std::string_view range = read.substr(0, static_cast<std::size_t>(job.end - origin));
    LineRange lines{.first = job.begin, .last = job.begin, .end = job.end};
    if (!job.first) {
        const std::size_t feed = range.substr(0, range.size() - 1).find('\n');
        lines.first = feed == npos ? job.end : position(feed + 1);
    }
    if (lines.first == job.end || job.end == size) return lines;
    const std::size_t before_last = range.size() > 1 ? range.rfind('\n', range.size() - 2) : npos;
    lines.last =
        before_last == npos ? lines.first : std::max(lines.first, position(before_last + 1));
    if (range.ends_with('\n')) return lines;
    const std::size_t feed = read.find('\n', range.size());
    lines.end = feed != npos ? position(feed + 1)
                             : std::min(job.file->next_line_start(position(read.size())), size);
    return lines;
}

/// Reads the lines that begin in the range [job.begin, job.end).
void read_lines(const PieceJob& job, const SourcePlan& source, const Settings& settings,
                PieceResult& result) {
    const std::int64_t size = source.source.size;
    const std::int64_t origin = job.first ? job.begin : job.begin - 1;
    const std::int64_t read_end = std::min(job.end + kSlack, size);
    result.bytes = job.file->read(origin, read_end);
    const LineRange lines = find_lines(job, result.bytes.view(), origin, size);
    const bool too_long = lines.end > job.end &&
                          lines.end - lines.last > static_cast<std::int64_t>(settings.max_record);
    const std::int64_t stop = too_long ? lines.last : lines.end;
    if (stop > read_end) result.bytes = job.file->read(origin, stop);
    const auto part = [&](std::int64_t begin, std::int64_t end) {
        return result.bytes.view().substr(static_cast<std::size_t>(begin - origin),
                                          static_cast<std::size_t>(end - begin));
    };
    result.own = part(job.begin, job.end);
    if (lines.first == job.end && job.end > job.begin)
        return;  // all of it belongs to an earlier line
    extract_stretch(
        {.text = part(lines.first, stop), .offset = lines.first, .at_end = stop == size}, {},
        source, settings, result);
    if (!too_long) return;
    result.batch->reject_unread(lines.last, lines.end - lines.last, Reason::too_long,
                                "longer than --max-record");
    result.batch->resume = Resume{lines.last, {}};
    result.feeds_before_resume = result.line_feeds;
    result.line_feeds += lines.end < size ? 1 : 0;
}

void read_text(PieceJob& job, const SourcePlan& source, const Settings& settings,
               PieceResult& result) {
    result.bytes = std::move(job.window);
    result.own = result.bytes.view();
    extract_stretch(
        {.text = result.own, .offset = job.begin, .at_end = job.end == source.source.size},
        job.state, source, settings, result);
}

void read_whole(const PieceJob& job, const SourcePlan& source, const Settings& settings,
                PieceResult& result) {
    result.bytes = job.file->read(0, source.source.size);
    result.own = result.bytes.view();
    extract_stretch({.text = result.own, .offset = 0, .at_end = true}, {}, source, settings,
                    result);
    result.batch->resume.reset();  // one document: it is loaded whole again
}

/// The bytes of a range as they are; what becomes of them is in the batch.
void pass_over(const PieceJob& job, const SourcePlan& source, PieceResult& result) {
    result.bytes = job.file->read(job.begin, job.end);
    result.own = result.bytes.view();
    result.batch = std::make_unique<Batch>(source.source, result.own, job.begin);
    result.line_feeds = line_feeds_in(result.own);
    if (job.treatment == Treatment::pass)
        result.batch->tally.row_bytes = static_cast<std::int64_t>(result.own.size());
    if (job.treatment != Treatment::too_long) return;
    result.batch->reject_unread(job.begin, job.record_end - job.begin, Reason::too_long,
                                "longer than --max-record");
    result.batch->resume = Resume{job.begin, job.state};
}

ContentHasher hashed(std::string_view bytes) {
    ContentHasher hasher;
    hasher.add(bytes);
    return hasher;
}

ContentHashes hashes_of(std::string_view bytes, std::int64_t last_record) {
    const ContentHasher content = hashed(bytes);
    const auto tail =
        static_cast<std::size_t>(tail_begin(static_cast<std::int64_t>(bytes.size()), last_record));
    return {.head = to_hex(hashed(bytes.substr(0, static_cast<std::size_t>(kHeadBytes))).digest()),
            .tail = to_hex(hashed(bytes.substr(tail)).digest()),
            .content = to_hex(content.digest()),
            .blocks = to_hex(content.chain())};
}

void read_database(const PieceJob& job, const SourcePlan& source, const Settings& settings,
                   PieceResult& result) {
    Source copied = source.source;
    copied.size = job.size;
    const PaddedBytes head = job.file->read(0, std::min<std::int64_t>(job.size, 16));
    const bool is_database = head.view().starts_with("SQLite format 3");
    // What is no database is quarantined with its bytes: they are not more than --max-record.
    if (!is_database) result.bytes = job.file->read(0, job.size);
    result.batch = std::make_unique<Batch>(source.source, result.bytes.view(), 0);
    const Piece piece{.source = copied,
                      .settings = settings,
                      .bytes = result.bytes.view(),
                      .state = job.state,
                      .database = is_database ? job.copy->path().string() : std::string()};
    source.extractor->extract(piece, *result.batch);
}

void read_content(PieceJob& job, const SourcePlan& source, const Settings& settings,
                  PieceResult& result) {
    extract_old_tail(job, source, settings, result);
    switch (job.treatment) {
        case Treatment::lines: read_lines(job, source, settings, result); break;
        case Treatment::text: read_text(job, source, settings, result); break;
        case Treatment::whole: read_whole(job, source, settings, result); break;
        case Treatment::database: read_database(job, source, settings, result); break;
        case Treatment::pass:
        case Treatment::bytes:
        case Treatment::too_long: pass_over(job, source, result); break;
        case Treatment::nothing: break;
    }
    if (job.first && job.last && job.begin == 0 && job.treatment != Treatment::database &&
        result.file)
        result.hashes = hashes_of(result.own, result.batch->resume ? result.batch->resume->offset
                                                                   : source.source.size);
    if (!job.archive_from || *job.archive_from >= job.end) return;
    const std::int64_t skip = std::max<std::int64_t>(*job.archive_from - job.begin, 0);
    result.segments =
        make_segments(result.own.substr(static_cast<std::size_t>(skip)), job.begin + skip);
}

}  // namespace

PieceResult read_piece(PieceJob job, const SourcePlan& source, const Settings& settings) {
    PieceResult result;
    result.index = job.index;
    result.treatment = job.treatment;
    result.first = job.first;
    result.last = job.last;
    result.begin = job.begin;
    result.end = job.end;
    result.size = job.size;
    result.file = job.file;
    result.error = job.error;
    result.share = std::move(job.share);
    result.moves = job.moves;
    try {
        if (job.error.empty()) read_content(job, source, settings, result);
    } catch (const FileError& error) {
        result.error = error.what();
    } catch (const DatabaseMoves& error) {
        result.error = error.what();
        result.moves = true;
    }
    return result;
}

}  // namespace ingot
