// SPDX-License-Identifier: MIT
#include "loaders/store.hpp"

#include "pipeline/model/bookkeeping.hpp"

#include <algorithm>
#include <array>

/// Sources come, change and go.
namespace ingot {
namespace {

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

void Store::end_source(const SourceRow& source, const Tally& tally) {
    SourceRow row = source;
    if (!row.last_run_id) row.first_run_id = row.last_run_id = run_.run_id;
    const Table& sources = table_of<SourceRow>();
    RowStatement write(*db_, insert_sql(sources) +
                                 " ON CONFLICT (workspace_id, source_id) DO UPDATE SET " +
                                 overwrite_list(sources, in_undo_ ? "" : "first_run_id"));
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

}  // namespace ingot
