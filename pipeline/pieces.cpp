// SPDX-License-Identifier: MIT
#include "pipeline/pieces.hpp"

#include <algorithm>

namespace ingot {
namespace {

Treatment treatment_of(const SourcePlan& source, const Settings& settings) {
    if (source.status == "companion" || source.status == "unmapped") return Treatment::pass;
    if (source.status != "loaded") return Treatment::nothing;
    switch (source.extractor->cut) {
        case Cut::lines: return Treatment::lines;
        case Cut::stream: return Treatment::text;
        case Cut::database: return Treatment::database;
        case Cut::whole: break;
    }
    const bool fits = source.source.size <= static_cast<std::int64_t>(settings.max_record);
    return fits ? Treatment::whole : Treatment::too_long;
}

}  // namespace

bool PieceCutter::next(PieceJob& job) {
    if (!in_source_ && !next_source()) return false;
    job = PieceJob{};
    job.index = index_ - 1;
    job.treatment = treatment_;
    job.file = file_;
    job.first = first_;
    job.error = error_;
    first_ = false;
    switch (treatment_) {
        case Treatment::lines:
        case Treatment::pass:
        case Treatment::too_long: cut_range(job); break;
        case Treatment::text: cut_stream(job); break;
        default: job.begin = 0, job.end = at_ = size_;
    }
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
    treatment_ = treatment_of(source, settings_);
    at_ = source.begin;
    size_ = source.source.size;
    state_ =
        source.change == Change::appended ? std::string(source.old->resume_state.value_or("")) : "";
    error_ = source.error;
    file_.reset();
    if (treatment_ == Treatment::nothing) size_ = 0;
    if (treatment_ == Treatment::nothing || treatment_ == Treatment::database) return;
    try {
        file_ = std::make_shared<const InputFile>(root_ / source.file.path);
        if (file_->size() < size_) throw FileError("it became shorter");
    } catch (const FileError& failure) {
        error_ = failure.what();
        treatment_ = Treatment::nothing;
        size_ = 0;
    }
}

/// Fixed ranges, so that blocks of the content hash do not straddle them.
void PieceCutter::cut_range(PieceJob& job) {
    job.begin = at_;
    job.end = at_ = std::min((at_ / kPieceBytes + 1) * kPieceBytes, size_);
}

/// Reads a window and cuts it where the extractor says that a record ends; grows it for a long one.
void PieceCutter::cut_stream(PieceJob& job) {
    const Extractor& extractor = *plan_.sources[job.index].extractor;
    job.begin = at_;
    job.state = state_;
    try {
        for (std::int64_t length = kPieceBytes;; length *= 2) {
            job.end = std::min(at_ + length, size_);
            job.window = file_->read(at_, job.end);
            if (job.end == size_) break;
            Split split = extractor.split(job.window.view(), state_);
            if (split.end > 0) {
                job.window.shrink(split.end);
                job.end = at_ + static_cast<std::int64_t>(split.end);
                state_ = std::move(split.state);
                break;
            }
            if (length < static_cast<std::int64_t>(settings_.max_record)) continue;
            job.treatment = Treatment::too_long;
            job.window = {};
            break;
        }
    } catch (const FileError& failure) {
        job.error = failure.what();
        job.treatment = Treatment::nothing;
        job.end = size_;
    }
    at_ = job.end;
}

}  // namespace ingot
