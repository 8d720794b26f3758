// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/store.hpp"
#include "pipeline/read_piece.hpp"

#include <functional>

namespace ingot {

/// What became of a source, for the report.
struct SourceOutcome {
    std::size_t index = 0;  ///< In the plan.
    std::string status;
    Tally tally;  ///< The whole source as it is now.
};

/// What a run gives to all its sources.
struct LoadOptions {
    Timestamp started_at;
    std::string settings;  ///< What shaped the rows, for the ledger.
};

/// Stage 3: takes pieces in order, keeps each source's account and writes it to the store.
class SourceLoader {
public:
    /// All must outlive the loader.
    SourceLoader(const Plan& plan, Store& store, const LoadOptions& options)
        : plan_(plan), store_(store), options_(options) {}

    void take(PieceResult piece);
    const std::vector<SourceOutcome>& outcomes() const { return outcomes_; }

private:
    /// What is known so far of the source whose pieces are coming.
    struct Account {
        Tally tally;
        ContentHasher hasher;
        std::int64_t hashed_to = 0;  ///< Bytes before it are in the hasher.
        std::int64_t lines = 0;      ///< Line feeds before the next piece.
        std::optional<Resume> resume;
        std::int64_t resume_line = 0;
        bool uses_file_time = false;
        std::string encoding;
        std::string error;
        bool moves = false;
        bool begun = false;            ///< Old rows have made room.
        std::int64_t archived = 0;     ///< The archive has all bytes before it.
        std::int64_t too_long_to = 0;  ///< End of a record that only the archive can keep.
    };

    void begin(const PieceResult& piece, const SourcePlan& source);
    bool was_taken(std::int64_t source_id, std::size_t before) const;
    void start_append(const PieceResult& piece, const SourceRow& old);
    void add(const PieceResult& piece);
    void hash(const PieceResult& piece);
    void archive(const PieceResult& piece);
    std::int64_t archived_version(const SourcePlan& source) const;
    void fail(const SourcePlan& source);
    static void restore(const RestoredSource& before, SourceRow& row);
    void finish(const PieceResult& piece, const SourcePlan& source);
    ContentHashes hashes(const PieceResult& piece, const SourcePlan& source) const;
    std::int64_t version(const SourcePlan& source, const std::string& content) const;

    const Plan& plan_;
    Store& store_;
    LoadOptions options_;
    Account account_;
    std::vector<SourceOutcome> outcomes_;
};

}  // namespace ingot
