// SPDX-License-Identifier: MIT
#include "loaders/store.hpp"

#include "loaders/database.hpp"
#include "loaders/ddl.hpp"
#include "loaders/fold.hpp"

#include "pipeline/model/errors.hpp"
#include "pipeline/model/text.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <random>

#include <SQLiteCpp/Backup.h>
#include <boost/filesystem.hpp>
#include <fcntl.h>
#include <unistd.h>

namespace ingot {
namespace {

namespace fs = boost::filesystem;

/// Bytes of rows after which a transaction ends: large ones are cheap, endless ones are not.
constexpr std::int64_t kTransactionBytes = std::int64_t{64} << 20;

/// No journal and no sync while the file is private: it is synced once, before it gets its name.
constexpr const char* kNewFile = R"(
PRAGMA page_size = 32768;
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA locking_mode = EXCLUSIVE;
PRAGMA secure_delete = OFF;
PRAGMA foreign_keys = OFF;
)";

constexpr const char* kExistingFile = R"(
PRAGMA busy_timeout = 10000;
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
PRAGMA secure_delete = OFF;
PRAGMA foreign_keys = ON;
)";

void sync_path(const std::string& path) {
    const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0) return;
    fsync(fd);
    close(fd);
}

std::string directory_of(const std::string& path) {
    const std::string parent = fs::path(path).parent_path().string();
    return parent.empty() ? "." : parent;
}

/// A new file takes the place of what has its name: that must be nothing, or a database.
void require_usable(const std::string& path) {
    const auto refuse = [&](const std::string& why) {
        throw UsageError(path + " " + why + "; name another file with --sqlite");
    };
    if (path == ":memory:" || path.starts_with("file:")) refuse("is not a file that stays");
    const fs::file_status there = fs::status(path);
    if (there.type() == fs::file_not_found && fs::is_symlink(fs::symlink_status(path)))
        refuse("is a link to a file that is not there");
    if (there.type() != fs::file_not_found && there.type() != fs::regular_file)
        refuse("is no regular file");
}

std::string now_for_a_name() {
    std::string name = format_time({std::chrono::duration_cast<std::chrono::microseconds>(
                                        std::chrono::system_clock::now().time_since_epoch())
                                        .count()});
    std::erase_if(name, [](char c) { return c == '-' || c == ':' || c == '.'; });
    return name;
}

/// "a = excluded.a, …" for all columns but the key's and `kept`.
std::string overwrite_list(const Table& table, std::string_view kept = {}) {
    std::string out;
    for (const Column& column : table.columns) {
        if (column.name == kept || std::ranges::find(table.key, column.name) != table.key.end())
            continue;
        const std::string name(column.name);
        out += (out.empty() ? "" : ", ") + name + " = excluded." + name;
    }
    return out;
}

}  // namespace

Store::Store(const StoreOptions& options) : options_(options), files_(options.path + ".store") {
    require_usable(options_.path);
    is_new_ = !fs::exists(options_.path);
    file_ = is_new_ ? options_.path + ".partial" : options_.path;
    lock_ = std::make_unique<FileLock>(file_);
    if (is_new_ && fs::exists(options_.path))
        throw Locked("another import has just made " + options_.path + "; try again");
    had_file_store_ = fs::exists(options_.path + ".store");
    if (is_new_) {
        open_new();
    } else {
        open_existing();
    }
    rows_ = std::make_unique<SourceRows>(*db_, options_.tables, is_new_);
}

Store::~Store() {
    rows_.reset();
    segments_.reset();
    transaction_.reset();
    db_.reset();
    if (!is_new_ || !fs::exists(file_)) return;
    boost::system::error_code
        ignored;  // a destructor must not throw; the next run takes the rest away
    fs::remove(file_, ignored);
    fs::remove(file_ + "-journal", ignored);
    if (!had_file_store_) fs::remove_all(options_.path + ".store", ignored);
}

void Store::open_new() {
    for (const char* leftover : {"-journal", "-wal", "-shm"}) fs::remove(file_ + leftover);
    if (truncate(file_.c_str(), 0) != 0) throw RunError(Exit::failed, "cannot write " + file_);
    db_ = std::make_unique<SQLite::Database>(file_, kOpenFlags | SQLite::OPEN_CREATE);
    db_->exec(kNewFile);
    transaction_ = std::make_unique<SQLite::Transaction>(*db_);
    for (const Table* table : options_.tables) db_->exec(create_table(Dialect::sqlite, *table));
}

void Store::open_existing() {
    db_ = std::make_unique<SQLite::Database>(file_, kOpenFlags, 10'000);
    require_known_schema(*db_, file_);
    if (options_.backup) {
        backup_path_ = file_ + ".backup-" + now_for_a_name();
        SQLite::Database copy(backup_path_, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        SQLite::Backup(copy, *db_).executeStep(-1);
    }
}

std::string Store::store_id() {
    return db_->execAndGet("SELECT coalesce((SELECT store_id FROM workspaces LIMIT 1), '')")
        .getString();
}

bool Store::mark_interrupted_runs(std::int64_t workspace_id) {
    if (is_new_) return false;
    RowStatement running(
        *db_, "SELECT count(*) FROM import_runs WHERE workspace_id = ?1 AND status = 'running'");
    running.bind(1, workspace_id);
    running.step();
    if (running.integer(0) == 0) return false;
    running.reset();
    RowStatement mark(*db_, "UPDATE import_runs SET status = 'interrupted' WHERE workspace_id = ?1 "
                            "AND status = 'running'");
    mark.bind(1, workspace_id);
    mark.run();
    fold_all_ = true;
    return true;
}

void Store::begin_run(const RunInfo& info) {
    run_ = info;
    in_run_ = false;
    changes_.clear();
    rows_loaded_ = rows_rejected_ = 0;
    if (fold_all_) ensure_run();
}

void Store::begin_writing() {
    if (!transaction_) {
        db_->exec(kExistingFile);
        transaction_ =
            std::make_unique<SQLite::Transaction>(*db_, SQLite::TransactionBehavior::IMMEDIATE);
    }
    segments_ = std::make_unique<SegmentWriter>(*db_, run_.workspace_id);
}

void Store::ensure_run() {
    if (in_run_) return;
    begin_writing();
    in_run_ = true;
    std::string store = store_id();
    if (store.empty()) {
        std::random_device entropy;
        store = to_hex(hash128(options_.path + run_.run_id + std::to_string(entropy())));
    }
    const WorkspaceRow workspace{.workspace_id = run_.workspace_id,
                                 .name = run_.workspace_name,
                                 .host = run_.host,
                                 .path = run_.path,
                                 .label = {},
                                 .store_id = store,
                                 .first_imported_at = run_.started_at,
                                 .last_imported_at = run_.started_at};
    const Table& workspaces = table_of<WorkspaceRow>();
    RowStatement write(*db_,
                       insert_sql(workspaces) +
                           " ON CONFLICT (workspace_id) DO UPDATE SET host = excluded.host, "
                           "path = excluded.path, last_imported_at = excluded.last_imported_at");
    write.bind_row(workspaces, cells_of(workspace));
    write.run();
    const ImportRun run{.workspace_id = run_.workspace_id,
                        .run_id = run_.run_id,
                        .mode = run_.mode,
                        .status = "running",
                        .started_at = run_.started_at,
                        .finished_at = {},
                        .tool_version = run_.tool_version,
                        .options = {run_.options},
                        .files_seen = run_.files_seen,
                        .bytes_seen = run_.bytes_seen,
                        .report = {}};
    RowStatement begin(*db_, insert_sql(table_of<ImportRun>()));
    begin.bind_row(table_of<ImportRun>(), cells_of(run));
    begin.run();
}

void Store::begin_source(const SourceLoad& load) {
    ensure_run();
    row_run_id_ = load.run_id.empty() ? run_.run_id : std::string(load.run_id);
    // A ledger row without hashes: killed from here on, the source is read again whole.
    SourceRow unfinished;
    unfinished.workspace_id = load.workspace_id;
    unfinished.source_id = load.source_id;
    unfinished.family = "other";
    unfinished.status = "loaded";
    unfinished.size_bytes = -1;
    unfinished.first_run_id = run_.run_id;
    const Table& sources = table_of<SourceRow>();
    RowStatement provisional(*db_, insert_sql(sources) +
                                       " ON CONFLICT (workspace_id, source_id) DO UPDATE SET "
                                       "size_bytes = -1, content_hash = NULL, head_hash = NULL, "
                                       "tail_hash = NULL, resume_offset = NULL");
    provisional.bind_row(sources, cells_of(unfinished));
    provisional.run();
    if (load.had_rows || !is_new_) segments_->forget_unfinished(load.source_id);
    rows_->remove_old(load, changes_);
}

void Store::add(const Batch& batch, std::int64_t lines_before) {
    insert_parents(batch);
    write_files(batch);
    Arena arena;
    const Rows rejects =
        reject_rows(batch, {.lines_before = lines_before, .run_id = row_run_id_}, arena);
    if (rejects.size() > 0) rows_->insert(rejects, changes_);
    rows_rejected_ += static_cast<std::int64_t>(rejects.size());
    for (const Rows& rows : batch.tables()) {
        rows_->insert(rows, changes_);
        rows_loaded_ += static_cast<std::int64_t>(rows.size());
        uncommitted_rows_ += static_cast<std::int64_t>(rows.size());
    }
    uncommitted_bytes_ += batch.tally.row_bytes;
    if (uncommitted_rows_ >= options_.batch_rows || uncommitted_bytes_ >= kTransactionBytes)
        commit_batch();
}

void Store::commit_batch() {
    uncommitted_rows_ = uncommitted_bytes_ = 0;
    if (is_new_) lock_->start_writeback();
    // Private until it is finished, or all or nothing: there is no part to keep.
    if (is_new_ || in_undo_) return;
    transaction_->commit();
    transaction_ =
        std::make_unique<SQLite::Transaction>(*db_, SQLite::TransactionBehavior::IMMEDIATE);
}

void Store::insert_parents(const Batch& batch) {
    if (is_new_) return;
    for (const auto& [name, ids] : batch.mentions()) {
        const Table& entity = table(name);
        for (const std::string_view id : ids) {
            rows_->touch(name, id);
            rows_->insert_parent(entity, run_.workspace_id, id);
        }
    }
}

void Store::write_files(const Batch& batch) {
    for (const StoredFile& file : batch.files) files_.put(file.path, file.compressed);
}

void Store::end_source(const SourceRow& source, const Tally& tally) {
    SourceRow row = source;
    if (!row.last_run_id) row.first_run_id = row.last_run_id = run_.run_id;
    const Table& sources = table_of<SourceRow>();
    RowStatement write(*db_, insert_sql(sources) +
                                 " ON CONFLICT (workspace_id, source_id) DO UPDATE SET " +
                                 overwrite_list(sources, "first_run_id"));
    write.bind_row(sources, cells_of(row));
    write.run();
    RowStatement forget(*db_,
                        "DELETE FROM source_tables WHERE workspace_id = ?1 AND source_id = ?2");
    forget.bind(1, row.workspace_id);
    forget.bind(2, row.source_id);
    forget.run();
    RowStatement remember(*db_, insert_sql(table_of<SourceTable>()));
    for (const auto& [name, table_tally] : tally.tables) {
        if (table_tally.rows == 0) continue;
        const std::string checksum = to_hex(table_tally.checksum);
        const SourceTable known{row.workspace_id, row.source_id, name, table_tally.rows, checksum};
        remember.bind_row(table_of<SourceTable>(), cells_of(known));
        remember.run();
    }
    if (!in_undo_) write_version(row, row.missing_since.has_value(), row.status);
}

void Store::write_version(const SourceRow& row, bool missing, std::string_view status) {
    const SourceVersion version{.workspace_id = row.workspace_id,
                                .source_id = row.source_id,
                                .run_id = run_.run_id,
                                .source_version = row.source_version,
                                .path = row.path,
                                .path_bytes = row.path_bytes,
                                .family = row.family,
                                .size_bytes = row.size_bytes,
                                .modified_ns = row.modified_ns,
                                .mode = row.mode,
                                .link_target = row.link_target,
                                .consumed_bytes = row.consumed_bytes,
                                .content_hash = row.content_hash,
                                .extractor_version = row.extractor_version,
                                .status = status,
                                .missing = missing};
    RowStatement write(*db_, insert_sql(table_of<SourceVersion>(), "INSERT OR REPLACE"));
    write.bind_row(table_of<SourceVersion>(), cells_of(version));
    write.run();
}

void Store::abandon_source(std::int64_t source_id) {
    for (const Table* t : options_.tables) {
        if (t->kind != Kind::fact) continue;
        RowStatement remove(*db_, "DELETE FROM " + std::string(t->name) +
                                      " WHERE workspace_id = ?1 AND source_id = ?2");
        remove.bind(1, run_.workspace_id);
        remove.bind(2, source_id);
        changes_[t->name].inserted -= remove.run();
    }
}

void Store::replace_rejects(std::int64_t source_id, bool had_rows) {
    ensure_run();
    row_run_id_ = run_.run_id;
    if (!had_rows) return;
    RowStatement remove(*db_, "DELETE FROM rejects WHERE workspace_id = ?1 AND source_id = ?2");
    remove.bind(1, run_.workspace_id);
    remove.bind(2, source_id);
    changes_["rejects"].removed += remove.run();
}

std::map<std::string_view, TableTally> Store::source_tables(std::int64_t source_id) {
    std::map<std::string_view, TableTally> tallies;
    const std::array<Value, 2> keys{run_.workspace_id, source_id};
    for_each_row(
        *db_, table_of<SourceTable>(), "workspace_id = ?1 AND source_id = ?2", keys,
        [&](std::span<const Value> row) {
            const auto known = from_cells<SourceTable>(row);
            tallies[table(known.table_name).name] = {known.row_count, from_hex(known.checksum)};
        });
    return tallies;
}

void Store::mark_missing(const SourceRow& row, Timestamp since) {
    if (row.missing_since) return;
    ensure_run();
    RowStatement mark(*db_, "UPDATE sources SET missing_since = ?3, last_run_id = ?4 WHERE "
                            "workspace_id = ?1 AND source_id = ?2");
    mark.bind(1, row.workspace_id);
    mark.bind(2, row.source_id);
    mark.bind(3, Column{"missing_since", Type::time, false, {}}, since.us);
    mark.bind(4, std::string_view(run_.run_id));
    mark.run();
    write_version(row, true, row.status);
}

void Store::remove_source(const SourceRow& row, std::string_view why) {
    ensure_run();
    rows_->remove_old({.workspace_id = row.workspace_id,
                       .source_id = row.source_id,
                       .had_rows = true,
                       .moved_from = {},
                       .moved_to = {}},
                      changes_);
    for (const char* name : {"source_tables", "sources"}) {
        RowStatement remove(*db_, std::string("DELETE FROM ") + name +
                                      " WHERE workspace_id = ?1 AND source_id = ?2");
        remove.bind(1, row.workspace_id);
        remove.bind(2, row.source_id);
        remove.run();
    }
    if (!why.empty()) write_version(row, true, why);
}

void Store::fold() {
    if (!in_run_) return;
    rows_->finish(changes_);
    if (is_new_) create_indexes_and_views();
    fold_entities(*db_,
                  {.tables = options_.tables,
                   .workspace_id = run_.workspace_id,
                   .all = is_new_ || fold_all_,
                   .nothing_before = is_new_},
                  changes_);
    fold_all_ = false;
}

void Store::create_indexes_and_views() {
    for (const Table* t : options_.tables)
        for (const std::string& sql : ingot::create_indexes(Dialect::sqlite, *t)) db_->exec(sql);
    for (const std::string& sql : create_views(Dialect::sqlite)) db_->exec(sql);
}

void Store::finish_run() {
    if (!in_run_ && !is_new_) return;
    ensure_run();  // a first import of an empty workspace is a run too
    write_completion();
    db_->exec("PRAGMA user_version = " + std::to_string(kSchemaVersion));
    transaction_->commit();
    transaction_.reset();
    sweep_files();
    if (is_new_) {
        give_name();
    } else {
        db_->exec("DELETE FROM touched");
    }
}

void Store::write_completion() {
    RowStatement finish(
        *db_, "UPDATE import_runs SET status = 'completed', finished_at = ?3, rows_loaded = ?4, "
              "rows_rejected = ?5 WHERE workspace_id = ?1 AND run_id = ?2");
    finish.bind(1, run_.workspace_id);
    finish.bind(2, std::string_view(run_.run_id));
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    finish.bind(3, Column{"finished_at", Type::time, false, {}},
                std::chrono::duration_cast<std::chrono::microseconds>(now).count());
    finish.bind(4, rows_loaded_);
    finish.bind(5, rows_rejected_);
    finish.run();
}

/// The file is whole: it is synced, then renamed, so that under its name there is all of it or nothing.
void Store::give_name() {
    rows_.reset();
    segments_.reset();
    db_->exec("PRAGMA locking_mode = NORMAL; PRAGMA journal_mode = WAL");
    db_.reset();
    sync_path(file_);
    fs::rename(file_, options_.path);
    sync_path(directory_of(options_.path));
    is_new_ = false;
    file_ = options_.path;
    db_ = std::make_unique<SQLite::Database>(file_, kOpenFlags, 10'000);
    rows_ = std::make_unique<SourceRows>(*db_, options_.tables, false);
}

/// Files that no snapshot names any more, or that an interrupted run left behind.
void Store::sweep_files() {
    files_.remove_temporary_files();
    RowStatement used(*db_, "SELECT 1 FROM memory_snapshots WHERE content_path = ?1 LIMIT 1");
    for (const std::string& path : files_.list()) {
        used.bind(1, std::string_view(path));
        if (!used.step()) files_.remove(path);
        used.reset();
    }
}

const Table& Store::table(std::string_view name) const {
    const auto at =
        std::ranges::find_if(options_.tables, [&](const Table* t) { return t->name == name; });
    if (at == options_.tables.end())
        throw RunError(Exit::schema, "no table is named " + std::string(name));
    return **at;
}

}  // namespace ingot
