// SPDX-License-Identifier: MIT
#include "pipeline/pieces.hpp"

#include <algorithm>

namespace ingot {
namespace {

Treatment treatment_of(const SourcePlan& source) {
    if (source.status == "companion" || source.status == "unmapped") return Treatment::pass;
    if (source.status != "loaded") return Treatment::nothing;
    switch (source.extractor->cut) {
        case Cut::lines: return Treatment::lines;
        case Cut::stream: return Treatment::text;
        case Cut::database: return Treatment::database;
        case Cut::whole: break;
    }
    return Treatment::whole;
}

/// Where the archive goes on: behind what it has of a source that grew.
std::int64_t archive_begin(const SourcePlan& source) {
    return source.change == Change::appended ? source.old->archived_bytes : 0;
}

}  // namespace

bool PieceCutter::next(PieceJob& job) {
    if (!in_source_ && !next_source()) return false;
    const SourcePlan& source = plan_.sources[index_ - 1];
    job = PieceJob{};
    job.index = index_ - 1;
    job.treatment = treatment_;
    job.file = file_;
    job.size = size_;
    job.first = first_;
    job.error = error_;
    job.moves = moves_;
    first_ = false;
    const bool in_long_record = at_ < long_record_end_;
    if (in_long_record) job.treatment = Treatment::bytes;
    if (in_long_record || treatment_ == Treatment::lines || treatment_ == Treatment::pass ||
        treatment_ == Treatment::bytes) {
        cut_range(job);
    } else if (treatment_ == Treatment::text) {
        cut_stream(job);
    } else if (treatment_ == Treatment::database) {
        job.copy = rows_copy_;
        if (parts_ > 1) job.state = std::to_string(part_) + "/" + std::to_string(parts_);
        if (++part_ == parts_) treatment_ = Treatment::bytes;  // its content follows
    } else if (treatment_ == Treatment::too_long) {
        job.record_end = long_record_end_ = size_;
        cut_range(job);
    } else {
        job.begin = 0, job.end = at_ = size_;
        if (treatment_ == Treatment::whole) job.share = options_.budget.take(size_);
    }
    if (options_.archive || job.treatment == Treatment::too_long || in_long_record)
        job.archive_from = archive_begin(source);
    job.last = at_ >= size_;
    in_source_ = !job.last;
    if (job.last) file_.reset();
    return true;
}

bool PieceCutter::next_source() {
    while (index_ < plan_.sources.size()) {
        const SourcePlan& source = plan_.sources[index_++];
        if (source.change == Change::none || source.change == Change::not_selected) continue;
        open_source(source);
        return true;
    }
    return false;
}

void PieceCutter::open_source(const SourcePlan& source) {
    in_source_ = first_ = true;
    moves_ = false;
    treatment_ = treatment_of(source);
    at_ = source.begin;
    size_ = source.source.size;
    long_record_end_ = 0;
    state_ =
        source.change == Change::appended ? std::string(source.old->resume_state.value_or("")) : "";
    error_ = source.error;
    file_.reset();
    if (treatment_ == Treatment::nothing) {
        size_ = 0;
        return;
    }
    try {
        treatment_ == Treatment::database ? open_database(source) : open_file(source);
    } catch (const FileError& failure) {
        fail(failure.what());
    } catch (const DatabaseMoves& failure) {
        fail(failure.what());
        moves_ = true;
    }
}

void PieceCutter::open_file(const SourcePlan& source) {
    file_ = std::make_shared<const InputFile>(place_of(source));
    if (source.status == "companion") size_ = file_->size();  // as it was copied
    if (file_->size() < size_) throw FileError("it became shorter");
    const bool fits = size_ <= static_cast<std::int64_t>(options_.settings.max_record);
    if (treatment_ == Treatment::whole && !fits) treatment_ = Treatment::too_long;
}

/// Rows and archive come from the same copy, and so do the companions that belong to it.
void PieceCutter::open_database(const SourcePlan& source) {
    copy_ = std::make_shared<const PrivateCopy>(copy_database(options_.root / source.file.path));
    copied_path_ = source.file.path;
    file_ = std::make_shared<const InputFile>(copy_->path());
    size_ = file_->size();
    const PaddedBytes head = file_->read(0, std::min<std::int64_t>(size_, 16));
    const bool fits = size_ <= static_cast<std::int64_t>(options_.settings.max_record);
    const bool is_database = head.view().starts_with("SQLite format 3");
    if (!fits && !is_database) treatment_ = Treatment::too_long;
    part_ = 0;
    parts_ = 1;
    rows_copy_ = copy_;
    if (is_database) prepare_rows(*source.extractor);
}

/// The archive keeps the copy as it is; what SQLite may change to read it is a copy of its own.
void PieceCutter::prepare_rows(const Extractor& extractor) {
    const std::string path = copy_->path().string();
    const bool has_journal = fs::exists(path + "-journal");
    const bool is_large = size_ > kDatabaseBytes;
    if (has_journal || is_large)
        rows_copy_ = std::make_shared<const PrivateCopy>(copy_database(copy_->path()));
    if (is_large && extractor.settle(rows_copy_->path().string()))
        parts_ = std::clamp<std::int64_t>(size_ / kDatabaseBytes, 1, kMostParts);
}

fs::path PieceCutter::place_of(const SourcePlan& source) const {
    const std::string_view path = source.file.path;
    const bool is_copied = source.status == "companion" && copy_ != nullptr &&
                           path.starts_with(copied_path_ + "-") && !path.ends_with("-shm");
    if (!is_copied) return options_.root / source.file.path;
    fs::path place = copy_->path();
    place += std::string(path.substr(copied_path_.size()));
    return place;
}

void PieceCutter::fail(const std::string& error) {
    error_ = error;
    treatment_ = Treatment::nothing;
    size_ = 0;
}

/// Fixed ranges, so that blocks of the content hash do not straddle them.
void PieceCutter::cut_range(PieceJob& job) {
    const std::int64_t end = at_ < long_record_end_ ? long_record_end_ : size_;
    job.begin = at_;
    job.end = at_ = std::min((at_ / kPieceBytes + 1) * kPieceBytes, end);
}

/// Reads a window and cuts it where the extractor says that a record ends; grows it for a long one.
void PieceCutter::cut_stream(PieceJob& job) {
    const Extractor& extractor = *plan_.sources[job.index].extractor;
    job.begin = at_;
    job.state = state_;
    try {
        for (std::int64_t length = kPieceBytes;; length *= 2) {
            job.end = std::min(at_ + length, size_);
            job.share.reset();
            job.share = options_.budget.take(job.end - at_);
            job.window = file_->read(at_, job.end);
            if (job.end == size_) break;
            Split split = extractor.split(job.window.view(), state_);
            if (split.end > 0) {
                job.window.shrink(split.end);
                job.end = at_ + static_cast<std::int64_t>(split.end);
                state_ = std::move(split.state);
                break;
            }
            if (length < static_cast<std::int64_t>(options_.settings.max_record)) continue;
            job.treatment = Treatment::too_long;
            job.window = {};
            // Where it really ends only its own grammar knows: the next line is a place to go on.
            job.record_end = long_record_end_ = file_->next_line_start(job.end);
            return cut_range(job);
        }
    } catch (const FileError& failure) {
        job.error = failure.what();
        job.treatment = Treatment::nothing;
        job.end = size_;
    }
    at_ = job.end;
}

}  // namespace ingot
