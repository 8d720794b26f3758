// SPDX-License-Identifier: MIT
#pragma once

#include "pipeline/file.hpp"
#include "pipeline/plan.hpp"

#include <memory>
#include <string>

namespace ingot {

/// Bytes that one worker takes at once; a multiple of the content hash's blocks.
inline constexpr std::int64_t kPieceBytes = std::int64_t{4} << 20;

/// How a worker treats a piece.
enum class Treatment {
    lines,     ///< Records are lines; the piece owns those that begin in its range.
    text,      ///< `window` holds whole records.
    whole,     ///< One document.
    database,  ///< A private copy is made and read.
    pass,      ///< Nothing is extracted: unmapped files and companions.
    too_long,  ///< Nothing is extracted: longer than --max-record.
    nothing,   ///< No content: links, directories, denied and unreadable files.
};

/// A stretch of a source, handed out in order.
struct PieceJob {
    std::size_t index = 0;  ///< Of its source in the plan.
    Treatment treatment = Treatment::whole;
    std::shared_ptr<const InputFile>
        file;  ///< Shared by the pieces of one file, which go to several workers.
    std::int64_t begin = 0;
    std::int64_t end = 0;
    bool first = true;  ///< First and last piece of this source in this run.
    bool last = true;
    PaddedBytes window;  ///< Streams: the bytes, which had to be read to find the cut.
    std::string state;   ///< Streams: what the bytes before say.
    std::string error;   ///< The file cannot be read.
};

/// Stage 1: walks over the sources that differ and cuts them into pieces. Not thread safe.
class PieceCutter {
public:
    /// All must outlive the cutter.
    PieceCutter(const Plan& plan, const fs::path& root, const Settings& settings)
        : plan_(plan), root_(root), settings_(settings) {}

    /// False when there is nothing left.
    bool next(PieceJob& job);

private:
    bool next_source();
    void open_source(const SourcePlan& source);
    void cut_range(PieceJob& job);
    void cut_stream(PieceJob& job);

    const Plan& plan_;
    const fs::path& root_;
    const Settings& settings_;
    std::size_t index_ = 0;  ///< Of the source that comes next.
    bool in_source_ = false;
    std::shared_ptr<const InputFile> file_;
    Treatment treatment_ = Treatment::nothing;
    std::int64_t at_ = 0;
    std::int64_t size_ = 0;
    bool first_ = true;
    std::string state_;
    std::string error_;
};

}  // namespace ingot
