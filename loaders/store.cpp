// SPDX-License-Identifier: MIT
#include "loaders/store.hpp"

#include "loaders/ddl.hpp"
#include "loaders/fold.hpp"

#include "pipeline/model/errors.hpp"

#include <algorithm>
#include <chrono>
#include <random>

namespace ingot {
namespace {

/// Bytes of rows after which a transaction ends: large ones are cheap, endless ones are not.
constexpr std::int64_t kTransactionBytes = std::int64_t{64} << 20;

constexpr const char* kExistingFile = R"(
PRAGMA busy_timeout = 10000;
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
PRAGMA secure_delete = OFF;
PRAGMA foreign_keys = ON;
)";

}  // namespace

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
