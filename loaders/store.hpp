// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/file_store.hpp"
#include "loaders/lock.hpp"
#include "loaders/segments.hpp"
#include "loaders/source_rows.hpp"

#include "pipeline/model/bookkeeping.hpp"
#include "pipeline/model/reject_rows.hpp"

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include <SQLiteCpp/SQLiteCpp.h>

namespace ingot {

/// How a SQLite file is opened for an import.
struct StoreOptions {
    std::string path;
    std::span<const Table* const> tables;
    std::int64_t batch_rows = 100'000;  ///< Rows after which a transaction may end.
    bool backup = false;                ///< Copy an existing file first.
};

/// Who imports what.
struct RunInfo {
    std::int64_t workspace_id = 0;
    std::string workspace_name;
    std::string host;
    std::string path;
    std::string run_id;
    std::string mode;
    std::string tool_version;
    std::string options;  ///< JSON.
    Timestamp started_at;
    std::int64_t files_seen = 0;
    std::int64_t bytes_seen = 0;
};

/// The SQLite workbench: one file, one writer. A new file is filled as `<path>.partial` without a
/// journal and appears under its name only when finished: interrupted, it leaves nothing. An existing
/// one is changed in WAL mode, transaction by transaction.
class Store {
public:
    /// Throws Locked, SchemaTooNew, RunError.
    explicit Store(const StoreOptions& options);
    ~Store();
    Store(const Store&) = delete;
    Store& operator=(const Store&) = delete;

    bool is_new() const { return is_new_; }
    SQLite::Database& database() { return *db_; }
    /// Path that an existing file was copied to; empty without --backup.
    const std::string& backup_path() const { return backup_path_; }
    /// Identity of this file, under which it publishes.
    std::string store_id();

    /// Marks runs that ended without a word as interrupted; true when there were some. All entities
    /// have to be folded then.
    bool mark_interrupted_runs(std::int64_t workspace_id);

    /// Names the run; it is written with its first change only.
    void begin_run(const RunInfo& info);
    bool has_changes() const { return in_run_; }

    /// Makes room for a source's rows; the rows it had are remembered for the counts.
    void begin_source(const SourceLoad& load);
    void add(const Batch& batch, std::int64_t lines_before);
    /// The archive. Requires: a source was begun.
    SegmentWriter& segments() { return *segments_; }
    /// Writes what is now known of the source; from here on it counts as read.
    void end_source(const SourceRow& row, const Tally& tally);
    /// Takes away what was loaded of a source that could not be read to its end.
    void abandon_source(std::int64_t source_id);
    /// Takes the rejects of a source that became unreadable away, before its new one is added.
    void replace_rejects(std::int64_t source_id, bool had_rows);
    /// Row counts and checksums that were stored for a source.
    std::map<std::string_view, TableTally> source_tables(std::int64_t source_id);
    void mark_missing(const SourceRow& row, Timestamp since);
    /// Its history says why; empty: nothing is said.
    void remove_source(const SourceRow& row, std::string_view why);

    /// Takes the older versions and the archived bytes of a removed source, too: no way back.
    void forget_history(std::int64_t source_id);

    /// Begins to take a run back, in one transaction; sources are then loaded as they were before, with
    /// their row's run ids given, or removed. finish_undo ends it.
    void begin_undo(const RunInfo& info, const std::vector<std::string>& runs);
    /// A source that the run only marked as missing is not missing.
    void unmark_missing(std::int64_t source_id, std::string_view last_run_id);
    void finish_undo(const std::vector<std::string>& runs);

    /// Folds the entities that this run touched; all of them on a first load or after an interrupted run.
    void fold();
    /// Ends the run: indexes, views, status, sync. From here on the file is complete and only read.
    void finish_run();

    const std::map<std::string_view, ChangeCounts>& changes() const { return changes_; }
    std::int64_t rows_loaded() const { return rows_loaded_; }

private:
    void open_new();
    void open_existing();
    void ensure_run();
    void begin_writing();
    void commit_batch();
    void insert_parents(const Batch& batch);
    void write_version(const SourceRow& row, bool missing, std::string_view status);
    void write_files(const Batch& batch);
    void create_indexes_and_views();
    void sweep_files();
    void write_completion();
    void give_name();
    const Table& table(std::string_view name) const;

    StoreOptions options_;
    std::string file_;  ///< What is open: path, or path.partial.
    bool is_new_ = false;
    bool in_run_ = false;
    bool in_undo_ = false;
    std::string row_run_id_;  ///< Of the source that is being loaded.
    bool fold_all_ = false;
    bool had_file_store_ = false;
    std::string backup_path_;
    std::unique_ptr<FileLock> lock_;
    std::unique_ptr<SQLite::Database> db_;
    std::unique_ptr<SQLite::Transaction> transaction_;
    std::unique_ptr<SourceRows> rows_;
    std::unique_ptr<SegmentWriter> segments_;
    FileStore files_;
    RunInfo run_;
    std::map<std::string_view, ChangeCounts> changes_;
    std::int64_t rows_loaded_ = 0;
    std::int64_t rows_rejected_ = 0;
    std::int64_t uncommitted_rows_ = 0;
    std::int64_t uncommitted_bytes_ = 0;
};

}  // namespace ingot
