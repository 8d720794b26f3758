// SPDX-License-Identifier: MIT
#include "tests/loaders/test_store.hpp"

#include "loaders/ddl.hpp"
#include "pipeline/model/reject_rows.hpp"
#include "pipeline/tables/tables.hpp"

namespace ingot::testing {
namespace {

std::string of_source(std::int64_t workspace_id, std::int64_t source_id) {
    return " WHERE workspace_id = " + std::to_string(workspace_id) +
           " AND source_id = " + std::to_string(source_id);
}

/// The byte after the last record, when records are a hundred bytes long.
std::int64_t end_of(SQLite::Database& db, const std::string& where) {
    std::int64_t end = 0;
    for (const Table* table : tables())
        if (table->kind == Kind::fact)
            end = std::max(end, db.execAndGet("SELECT coalesce(max(source_offset) + 100, 0) FROM " +
                                              std::string(table->name) + where)
                                    .getInt64());
    return end;
}

}  // namespace

TestStore::TestStore(const std::string& store_id, const std::string& workspace)
    : store_id_(store_id) {
    for (const Table* table : tables()) db.exec(create_table(Dialect::sqlite, *table));
    use_workspace(workspace);
    begin_run();
}

void TestStore::use_workspace(const std::string& name) {
    workspace_id = workspace_id_of(name);
    write(table_of<WorkspaceRow>(), cells_of(WorkspaceRow{.workspace_id = workspace_id,
                                                          .name = name,
                                                          .host = "host",
                                                          .path = "/w",
                                                          .label = {},
                                                          .store_id = store_id_,
                                                          .first_imported_at = {1'000'000},
                                                          .last_imported_at = {1'000'000}}));
}

void TestStore::begin_run() {
    run_id = "run-" + std::to_string(100 + ++runs_);
    ImportRun run;
    run.workspace_id = workspace_id;
    run.run_id = run_id;
    run.mode = "import";
    run.status = "completed";
    run.started_at = {runs_ * 1'000'000};
    run.options = {"{}"};
    write(table_of<ImportRun>(), cells_of(run));
}

void TestStore::put(const std::string& path, const Fill& fill) {
    for (const Table* table : tables())
        if (table->kind == Kind::fact)
            sql("DELETE FROM " + std::string(table->name) + of_source(workspace_id, id_of(path)));
    write_rows(path, 0, fill, runs_ * 1'000'000);
}

void TestStore::append(const std::string& path, std::int64_t from_offset, const Fill& fill) {
    SQLite::Statement version(db, "SELECT source_version FROM sources WHERE source_id = ?");
    version.bind(1, id_of(path));
    version.executeStep();
    for (const Table* table : tables())
        if (table->kind == Kind::fact)
            sql("DELETE FROM " + std::string(table->name) + of_source(workspace_id, id_of(path)) +
                " AND source_offset >= " + std::to_string(from_offset));
    write_rows(path, from_offset, fill, version.getColumn(0).getInt64());
}

void TestStore::write_rows(const std::string& path, std::int64_t from_offset, const Fill& fill,
                           std::int64_t version) {
    const Source source{
        .workspace_id = workspace_id, .source_id = id_of(path), .path = path, .modified = {}};
    Batch batch(source, {}, from_offset);
    fill(batch);
    Arena arena;
    const Rows rejects = reject_rows(batch, {.lines_before = 0, .run_id = run_id}, arena);
    if (rejects.size() > 0)
        for (std::size_t i = 0; i < rejects.size(); ++i) write(*rejects.table, rejects.row(i));
    for (const Rows& rows : batch.tables())
        for (std::size_t i = 0; i < rows.size(); ++i) write(*rows.table, rows.row(i));
    write_ledger(path, version, end_of(db, of_source(workspace_id, source.source_id)));
}

void TestStore::write_ledger(const std::string& path, std::int64_t version, std::int64_t consumed) {
    const std::int64_t id = id_of(path);
    const std::string hash = "content " + std::to_string(version) + " " + std::to_string(consumed);
    const bool is_log = path.ends_with(".log") || path.ends_with(".1");
    SourceRow row;
    row.workspace_id = workspace_id;
    row.source_id = id;
    row.path = path;
    row.family = is_log ? "log" : "config";
    row.extractor = "extractor";
    row.extractor_version = 1;
    row.size_bytes = row.consumed_bytes = row.row_bytes = consumed;
    row.content_hash = hash;
    row.source_version = version;
    if (consumed >= 100) row.resume_offset = consumed - 100;
    row.status = "loaded";
    row.first_run_id = row.last_run_id = run_id;
    write(table_of<SourceRow>(), cells_of(row));
    write(table_of<SourceVersion>(), cells_of(SourceVersion{.workspace_id = workspace_id,
                                                            .source_id = id,
                                                            .run_id = run_id,
                                                            .source_version = version,
                                                            .path = path,
                                                            .path_bytes = {},
                                                            .family = row.family,
                                                            .size_bytes = consumed,
                                                            .link_target = {},
                                                            .consumed_bytes = consumed,
                                                            .content_hash = hash,
                                                            .extractor_version = 1,
                                                            .status = "loaded"}));
    tally(id);
}

/// source_tables from the rows themselves.
void TestStore::tally(std::int64_t source_id) {
    sql("DELETE FROM source_tables" + of_source(workspace_id, source_id));
    for (const Table* table : tables()) {
        if (table->kind != Kind::fact) continue;
        TableTally sum;
        const std::array<Value, 2> keys{workspace_id, source_id};
        for_each_row(db, *table, "workspace_id = ?1 AND source_id = ?2", keys,
                     [&](std::span<const Value> row) {
                         ++sum.rows;
                         sum.checksum += row_hash(*table, row);
                     });
        const std::string checksum = to_hex(sum.checksum);
        if (sum.rows > 0)
            write(table_of<SourceTable>(),
                  cells_of(SourceTable{workspace_id, source_id, table->name, sum.rows, checksum}));
    }
}

void TestStore::remove(const std::string& path, const std::string& why) {
    const std::string where = of_source(workspace_id, id_of(path));
    sql("INSERT OR REPLACE INTO source_versions SELECT workspace_id, source_id, '" + run_id +
        "', source_version, path, path_bytes, family, size_bytes, modified_ns, mode, link_target, "
        "consumed_bytes, "
        "content_hash, extractor_version, '" +
        why + "', 1 FROM sources" + where);
    for (const Table* table : tables())
        if (table->kind == Kind::fact) sql("DELETE FROM " + std::string(table->name) + where);
    sql("DELETE FROM source_tables" + where);
    sql("DELETE FROM sources" + where);
}

void TestStore::rename(const std::string& from, const std::string& to) {
    const std::string ids = std::to_string(id_of(to)) + of_source(workspace_id, id_of(from));
    for (const Table* table : tables())
        if (table->kind == Kind::fact)
            sql("UPDATE " + std::string(table->name) + " SET source_id = " + ids);
    write_ledger(to, runs_ * 1'000'000, end_of(db, of_source(workspace_id, id_of(to))));
    sql("UPDATE sources SET inode = (SELECT inode FROM sources WHERE source_id = " +
        std::to_string(id_of(from)) + ")" + of_source(workspace_id, id_of(to)));
}

void TestStore::archive(const std::string& path, std::int64_t segment_no,
                        const std::string& payload) {
    SQLite::Statement version(db, "SELECT source_version FROM sources WHERE source_id = ?");
    version.bind(1, id_of(path));
    version.executeStep();
    const std::string hash = to_hex(hash128(payload));
    write(table_of<SourceSegment>(),
          cells_of(SourceSegment{.workspace_id = workspace_id,
                                 .source_id = id_of(path),
                                 .source_version = version.getColumn(0).getInt64(),
                                 .segment_no = segment_no,
                                 .byte_length = static_cast<std::int64_t>(payload.size()),
                                 .codec = "none",
                                 .payload_hash = hash,
                                 .payload = {payload}}));
}

void TestStore::touch(const std::string& path, const std::string& assignments) {
    sql("UPDATE sources SET " + assignments + of_source(workspace_id, id_of(path)));
}

void TestStore::write(const Table& table, std::span<const Value> row) {
    RowStatement insert(db, insert_sql(table, "INSERT OR REPLACE"));
    insert.bind_row(table, row);
    insert.run();
}

}  // namespace ingot::testing
