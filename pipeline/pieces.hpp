// SPDX-License-Identifier: MIT
#pragma once

#include "pipeline/budget.hpp"
#include "pipeline/file.hpp"
#include "pipeline/plan.hpp"
#include "pipeline/private_copy.hpp"

#include <memory>
#include <string>

namespace ingot {

/// Bytes that one worker takes at once; a multiple of the content hash's blocks.
inline constexpr std::int64_t kPieceBytes = std::int64_t{4} << 20;

/// Bytes of a database whose rows one worker takes at once, but no more than so many parts: each of
/// them lists all row numbers anew.
inline constexpr std::int64_t kDatabaseBytes = std::int64_t{8} << 20;
inline constexpr std::int64_t kMostParts = 64;

/// How a worker treats a piece.
enum class Treatment {
    lines,     ///< Records are lines; the piece owns those that begin in its range.
    text,      ///< `window` holds whole records.
    whole,     ///< One document.
    database,  ///< Rows are read from `copy`.
    pass,      ///< Nothing is extracted: unmapped files and companions.
    too_long,  ///< Begins a record longer than --max-record: nothing is extracted.
    bytes,     ///< For hash and archive only: a database's content, the rest of a too long record.
    nothing,   ///< No content: links, directories, denied and unreadable files.
};

/// A stretch of a source, handed out in order.
struct PieceJob {
    std::size_t index = 0;  ///< Of its source in the plan.
    Treatment treatment = Treatment::whole;
    std::shared_ptr<const InputFile>
        file;  ///< Shared by the pieces of one file, which go to several workers.
    std::shared_ptr<const PrivateCopy> copy;  ///< Databases: where rows are read.
    std::int64_t size = 0;                    ///< Of the whole source, as it is read.
    std::int64_t begin = 0;
    std::int64_t end = 0;
    std::int64_t record_end = 0;  ///< too_long: where the record ends.
    std::optional<std::int64_t>
        archive_from;   ///< Bytes from here on are archived; none: nothing is.
    bool first = true;  ///< First and last piece of this source in this run.
    bool last = true;
    PaddedBytes window;  ///< Streams: the bytes, which had to be read to find the cut.
    std::string state;   ///< Streams: what the bytes before say.
    std::shared_ptr<Budget::Share> share;  ///< Large pieces: goes with their last byte.
    std::string error;                     ///< The file cannot be read.
    bool moves = false;                    ///< It is a database that would not stand still.
};

/// How sources are read.
struct ReadOptions {
    const fs::path& root;  ///< The sources' paths are below it.
    const Settings& settings;
    bool archive = false;  ///< Compress the original bytes, too.
    Budget& budget;
};

/// Stage 1: walks over the sources that differ and cuts them into pieces. Not thread safe.
class PieceCutter {
public:
    /// Both must outlive the cutter.
    PieceCutter(const Plan& plan, const ReadOptions& options) : plan_(plan), options_(options) {}

    /// False when there is nothing left.
    bool next(PieceJob& job);

private:
    bool next_source();
    void open_source(const SourcePlan& source);
    void open_file(const SourcePlan& source);
    void open_database(const SourcePlan& source);
    void prepare_rows(const Extractor& extractor);
    fs::path place_of(const SourcePlan& source) const;
    void fail(const std::string& error);
    void cut_range(PieceJob& job);
    void cut_stream(PieceJob& job);

    const Plan& plan_;
    const ReadOptions& options_;
    std::size_t index_ = 0;  ///< Of the source that comes next.
    bool in_source_ = false;
    std::shared_ptr<const InputFile> file_;
    /// Of the database that came last: its companions are read from the same copy.
    std::shared_ptr<const PrivateCopy> copy_;
    std::shared_ptr<const PrivateCopy> rows_copy_;  ///< Where its rows are read.
    std::int64_t part_ = 0;                         ///< Of the database's rows that comes next.
    std::int64_t parts_ = 1;
    std::string copied_path_;
    Treatment treatment_ = Treatment::nothing;
    std::int64_t at_ = 0;
    std::int64_t size_ = 0;
    std::int64_t long_record_end_ = 0;
    bool first_ = true;
    bool moves_ = false;
    std::string state_;
    std::string error_;
};

}  // namespace ingot
