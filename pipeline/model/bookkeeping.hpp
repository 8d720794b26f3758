// SPDX-License-Identifier: MIT
#pragma once

#include "pipeline/model/record.hpp"

#include <array>
#include <string_view>

/// What Ingot remembers of its own work: sources, runs, rejects, statements. The loaders know these
/// tables; all others reach them as descriptions only.
namespace ingot {

using OptionalText = std::optional<std::string_view>;
using OptionalInt = std::optional<std::int64_t>;
using OptionalTime = std::optional<Timestamp>;

struct WorkspaceRow {
    std::int64_t workspace_id = 0;
    std::string_view name;
    std::string_view host;
    std::string_view path;
    OptionalText label;
    std::string_view store_id;
    Timestamp first_imported_at;
    Timestamp last_imported_at;

    static constexpr std::string_view table = "workspaces";
    static constexpr std::string_view says = "The workspaces that this database holds.";
    static constexpr Kind table_kind = Kind::bookkeeping;
    static constexpr std::array<std::string_view, 1> table_key{"workspace_id"};
    static constexpr auto fields() {
        using R = WorkspaceRow;
        return std::tuple{
            Field{"workspace_id", &R::workspace_id, Traits{.says = "XXH3 of the name."}},
            Field{"name", &R::name, Traits{.says = "--workspace, or host and real path."}},
            Field{"host", &R::host},
            Field{"path", &R::path},
            Field{"label", &R::label},
            Field{"store_id", &R::store_id, Traits{.says = "The SQLite file that publishes it."}},
            Field{"first_imported_at", &R::first_imported_at},
            Field{"last_imported_at", &R::last_imported_at}};
    }
};

struct ImportRun {
    std::int64_t workspace_id = 0;
    std::string_view run_id;
    std::string_view mode;
    std::string_view status;
    Timestamp started_at;
    OptionalTime finished_at;
    std::string_view tool_version;
    Json options;
    std::int64_t files_seen = 0;
    std::int64_t bytes_seen = 0;
    std::int64_t rows_loaded = 0;
    std::int64_t rows_rejected = 0;
    std::optional<Json> report;

    static constexpr std::string_view table = "import_runs";
    static constexpr std::string_view says = "Runs that changed something.";
    static constexpr Kind table_kind = Kind::bookkeeping;
    static constexpr std::array<std::string_view, 2> table_key{"workspace_id", "run_id"};
    static constexpr std::array references{Reference{"workspace_id", "workspaces", "workspace_id"}};
    static constexpr auto fields() {
        using R = ImportRun;
        return std::tuple{
            Field{"workspace_id", &R::workspace_id},
            Field{"run_id", &R::run_id, Traits{.says = "Globally unique, sorts by time."}},
            Field{"mode", &R::mode},
            Field{"status", &R::status,
                  Traits{.says = "running, completed, failed, interrupted, undone."}},
            Field{"started_at", &R::started_at},
            Field{"finished_at", &R::finished_at},
            Field{"tool_version", &R::tool_version},
            Field{"options", &R::options},
            Field{"files_seen", &R::files_seen},
            Field{"bytes_seen", &R::bytes_seen},
            Field{"rows_loaded", &R::rows_loaded},
            Field{"rows_rejected", &R::rows_rejected},
            Field{"report", &R::report}};
    }
};

struct SourceRow {
    std::int64_t workspace_id = 0;
    std::int64_t source_id = 0;
    std::string_view path;
    std::optional<Bytes> path_bytes;
    std::string_view family;
    OptionalText extractor;
    OptionalInt extractor_version;
    std::int64_t size_bytes = 0;
    std::int64_t modified_ns = 0;
    std::int64_t mode = 0;
    OptionalText link_target;
    OptionalInt inode;
    OptionalText head_hash;
    OptionalText tail_hash;
    OptionalText content_hash;
    OptionalText blocks_hash;
    std::int64_t source_version = 0;
    std::int64_t consumed_bytes = 0;
    std::int64_t row_bytes = 0;
    std::int64_t rejected_bytes = 0;
    std::int64_t blank_bytes = 0;
    std::int64_t pending_bytes = 0;
    std::int64_t records = 0;
    std::int64_t row_count = 0;
    std::int64_t rejected = 0;
    std::int64_t repaired = 0;
    OptionalText encoding;
    OptionalInt resume_offset;
    OptionalInt resume_line;
    OptionalText resume_state;
    bool uses_file_time = false;
    OptionalText companions;
    OptionalText settings;
    std::int64_t archived_bytes = 0;
    std::string_view status;
    OptionalText first_run_id;
    OptionalText last_run_id;
    OptionalTime missing_since;

    static constexpr std::string_view table = "sources";
    static constexpr std::string_view says =
        "Every file of the workspace, as it is now, with its account.";
    static constexpr Kind table_kind = Kind::bookkeeping;
    static constexpr std::array<std::string_view, 2> table_key{"workspace_id", "source_id"};
    static constexpr std::array references{Reference{"workspace_id", "workspaces", "workspace_id"}};
    static constexpr auto fields() {
        using R = SourceRow;
        return std::tuple{
            Field{"workspace_id", &R::workspace_id},
            Field{"source_id", &R::source_id, Traits{.says = "XXH3 of workspace and path."}},
            Field{"path", &R::path, Traits{.says = "Relative to the workspace."}},
            Field{"path_bytes", &R::path_bytes, Traits{.says = "The path where it is not UTF-8."}},
            Field{"family", &R::family},
            Field{"extractor", &R::extractor},
            Field{"extractor_version", &R::extractor_version},
            Field{"size_bytes", &R::size_bytes},
            Field{"modified_ns", &R::modified_ns, Traits{.says = "Nanoseconds since 1970."}},
            Field{"mode", &R::mode, Traits{.says = "st_mode."}},
            Field{"link_target", &R::link_target},
            Field{"inode", &R::inode},
            Field{"head_hash", &R::head_hash,
                  Traits{.says = "Hash of the first 64 KiB, made like content_hash."}},
            Field{"tail_hash", &R::tail_hash,
                  Traits{.says = "Hash of the last 64 KiB, or from the last record on when that is "
                                 "longer."}},
            Field{"content_hash", &R::content_hash,
                  Traits{.says = "Chain of XXH3-128 over blocks of 1 MiB."}},
            Field{"blocks_hash", &R::blocks_hash,
                  Traits{.says = "The chain over whole blocks, where an append goes on."}},
            Field{"source_version", &R::source_version,
                  Traits{.says = "Start (µs since 1970) of the run that first read this content; "
                                 "an append keeps it."}},
            Field{"consumed_bytes", &R::consumed_bytes,
                  Traits{.says = "size_bytes without what is pending."}},
            Field{"row_bytes", &R::row_bytes},
            Field{"rejected_bytes", &R::rejected_bytes},
            Field{"blank_bytes", &R::blank_bytes},
            Field{"pending_bytes", &R::pending_bytes},
            Field{"records", &R::records},
            Field{"row_count", &R::row_count, Traits{.says = "Rows in all tables, rejects apart."}},
            Field{"rejected", &R::rejected},
            Field{"repaired", &R::repaired,
                  Traits{.says = "Values changed so that every database takes them."}},
            Field{"encoding", &R::encoding, Traits{.says = "Where it is not plain UTF-8."}},
            Field{
                "resume_offset", &R::resume_offset,
                Traits{.says = "Where reading goes on when the file has grown: its last record."}},
            Field{"resume_line", &R::resume_line,
                  Traits{.says = "Line feeds before resume_offset."}},
            Field{"resume_state", &R::resume_state,
                  Traits{.says = "What the extractor knows there."}},
            Field{"uses_file_time", &R::uses_file_time,
                  Traits{.says = "A row's time is the file's mtime."}},
            Field{"companions", &R::companions,
                  Traits{.says = "State of a database's -wal and -journal when it was read."}},
            Field{
                "settings", &R::settings,
                Traits{.says = "The options that shaped its rows; with others it is read again."}},
            Field{"archived_bytes", &R::archived_bytes,
                  Traits{.says = "How much of the source, from its start, source_segments hold."}},
            Field{"status", &R::status,
                  Traits{.says =
                             "loaded, unmapped, unreadable, denied, link, directory, companion."}},
            Field{"first_run_id", &R::first_run_id},
            Field{"last_run_id", &R::last_run_id, Traits{.says = "The run of the last change."}},
            Field{"missing_since", &R::missing_since}};
    }
};

struct SourceVersion {
    std::int64_t workspace_id = 0;
    std::int64_t source_id = 0;
    std::string_view run_id;
    std::int64_t source_version = 0;
    std::string_view path;
    std::optional<Bytes> path_bytes;
    std::string_view family;
    std::int64_t size_bytes = 0;
    std::int64_t modified_ns = 0;
    std::int64_t mode = 0;
    OptionalText link_target;
    std::int64_t consumed_bytes = 0;
    OptionalText content_hash;
    OptionalInt extractor_version;
    std::string_view status;
    bool missing = false;

    static constexpr std::string_view table = "source_versions";
    static constexpr std::string_view says = "History: one row per source and run that changed it.";
    static constexpr Kind table_kind = Kind::bookkeeping;
    static constexpr std::array<std::string_view, 3> table_key{"workspace_id", "source_id",
                                                               "run_id"};
    static constexpr auto fields() {
        using R = SourceVersion;
        return std::tuple{Field{"workspace_id", &R::workspace_id},
                          Field{"source_id", &R::source_id},
                          Field{"run_id", &R::run_id},
                          Field{"source_version", &R::source_version},
                          Field{"path", &R::path},
                          Field{"path_bytes", &R::path_bytes},
                          Field{"family", &R::family},
                          Field{"size_bytes", &R::size_bytes},
                          Field{"modified_ns", &R::modified_ns},
                          Field{"mode", &R::mode},
                          Field{"link_target", &R::link_target},
                          Field{"consumed_bytes", &R::consumed_bytes},
                          Field{"content_hash", &R::content_hash},
                          Field{"extractor_version", &R::extractor_version},
                          Field{"status", &R::status},
                          Field{"missing", &R::missing}};
    }
};

struct SourceSegment {
    std::int64_t workspace_id = 0;
    std::int64_t source_id = 0;
    std::int64_t source_version = 0;
    std::int64_t segment_no = 0;
    std::int64_t source_offset = 0;
    std::int64_t byte_length = 0;
    std::string_view codec;
    std::string_view payload_hash;
    Bytes payload;

    static constexpr std::string_view table = "source_segments";
    static constexpr std::string_view says = "The archive: original bytes in compressed segments.";
    static constexpr Kind table_kind = Kind::bookkeeping;
    static constexpr std::array<std::string_view, 4> table_key{"workspace_id", "source_id",
                                                               "source_version", "segment_no"};
    static constexpr auto fields() {
        using R = SourceSegment;
        return std::tuple{Field{"workspace_id", &R::workspace_id},
                          Field{"source_id", &R::source_id},
                          Field{"source_version", &R::source_version},
                          Field{"segment_no", &R::segment_no},
                          Field{"source_offset", &R::source_offset},
                          Field{"byte_length", &R::byte_length},
                          Field{"codec", &R::codec},
                          Field{"payload_hash", &R::payload_hash,
                                Traits{.says = "XXH3-128 of the original bytes."}},
                          Field{"payload", &R::payload}};
    }
};

struct SourceTable {
    std::int64_t workspace_id = 0;
    std::int64_t source_id = 0;
    std::string_view table_name;
    std::int64_t row_count = 0;
    std::string_view checksum;

    static constexpr std::string_view table = "source_tables";
    static constexpr std::string_view says = "Rows and content checksum per source and table.";
    static constexpr Kind table_kind = Kind::bookkeeping;
    static constexpr std::array<std::string_view, 3> table_key{"workspace_id", "source_id",
                                                               "table_name"};
    static constexpr auto fields() {
        using R = SourceTable;
        return std::tuple{Field{"workspace_id", &R::workspace_id},
                          Field{"source_id", &R::source_id}, Field{"table_name", &R::table_name},
                          Field{"row_count", &R::row_count},
                          Field{"checksum", &R::checksum,
                                Traits{.says = "Sum of the rows' XXH3-128 mod 2^128, hex."}}};
    }
};

struct RejectRow {
    std::int64_t source_length = 0;
    OptionalInt line;
    std::string_view reason;
    std::string_view detail;
    std::optional<Bytes> raw;
    std::string_view run_id;

    static constexpr std::string_view table = "rejects";
    static constexpr std::string_view says =
        "Quarantine: every record that was not accepted, with its exact bytes.";
    static constexpr std::array references{Reference{"source_id", "sources", "source_id"}};
    static constexpr auto fields() {
        using R = RejectRow;
        return std::tuple{
            Field{"source_length", &R::source_length, Traits{.says = "Bytes."}},
            Field{"line", &R::line, Traits{.says = "The first is 1."}},
            Field{"reason", &R::reason},
            Field{"detail", &R::detail},
            Field{"raw", &R::raw, Traits{.says = "NULL when the bytes could not be read."}},
            Field{"run_id", &R::run_id}};
    }
};

struct EntityStatement {
    std::string_view entity;
    std::string_view entity_id;
    OptionalTime said_at;
    Json attributes;

    static constexpr std::string_view table = "entity_statements";
    static constexpr std::string_view says =
        "What each place says of an entity; entities are folded from these.";
    static constexpr std::array references{Reference{"source_id", "sources", "source_id"}};
    static constexpr std::array indexes{Index{"idx_entity_statements_entity", "entity, entity_id"}};
    static constexpr auto fields() {
        using R = EntityStatement;
        return std::tuple{
            Field{"entity", &R::entity, Traits{.says = "Name of the entity's table."}},
            Field{"entity_id", &R::entity_id}, Field{"said_at", &R::said_at},
            Field{"attributes", &R::attributes, Traits{.says = "Column names and values."}}};
    }
};

struct SchemaMigration {
    std::int64_t id = 0;
    std::string_view pack;
    std::int64_t version = 0;
    std::string_view name;
    std::string_view checksum;
    std::string_view direction;
    Timestamp applied_at;
    std::string_view applied_by;
    std::int64_t duration_ms = 0;
    OptionalTime undone_at;

    static constexpr std::string_view table = "schema_migrations";
    static constexpr std::string_view says = "Applied schema changes, append-only.";
    static constexpr Kind table_kind = Kind::bookkeeping;
    static constexpr std::array<std::string_view, 1> table_key{"id"};
    static constexpr auto fields() {
        using R = SchemaMigration;
        return std::tuple{Field{"id", &R::id},
                          Field{"pack", &R::pack},
                          Field{"version", &R::version},
                          Field{"name", &R::name},
                          Field{"checksum", &R::checksum},
                          Field{"direction", &R::direction},
                          Field{"applied_at", &R::applied_at},
                          Field{"applied_by", &R::applied_by},
                          Field{"duration_ms", &R::duration_ms},
                          Field{"undone_at", &R::undone_at}};
    }
};

struct MigrationJournal {
    std::int64_t id = 0;
    std::string_view pack;
    std::int64_t version = 0;
    std::string_view step;
    std::string_view object;
    OptionalText row_key;
    std::optional<Json> old_value;

    static constexpr std::string_view table = "migration_journal";
    static constexpr std::string_view says =
        "What a schema change really created or changed, for its way back.";
    static constexpr Kind table_kind = Kind::bookkeeping;
    static constexpr std::array<std::string_view, 1> table_key{"id"};
    static constexpr auto fields() {
        using R = MigrationJournal;
        return std::tuple{Field{"id", &R::id},
                          Field{"pack", &R::pack},
                          Field{"version", &R::version},
                          Field{"step", &R::step},
                          Field{"object", &R::object},
                          Field{"row_key", &R::row_key},
                          Field{"old_value", &R::old_value}};
    }
};

struct MigrationLog {
    std::int64_t id = 0;
    std::string_view pack;
    std::int64_t version = 0;
    std::string_view phase;
    std::string_view step;
    std::string_view direction;
    Timestamp start_time;
    OptionalTime end_time;
    std::string_view status;
    std::int64_t records_processed = 0;
    std::int64_t errors_encountered = 0;
    OptionalText detail;

    static constexpr std::string_view table = "migration_log";
    static constexpr std::string_view says = "Every step of every schema change, append-only.";
    static constexpr Kind table_kind = Kind::bookkeeping;
    static constexpr std::array<std::string_view, 1> table_key{"id"};
    static constexpr auto fields() {
        using R = MigrationLog;
        return std::tuple{Field{"id", &R::id},
                          Field{"pack", &R::pack},
                          Field{"version", &R::version},
                          Field{"phase", &R::phase},
                          Field{"step", &R::step},
                          Field{"direction", &R::direction},
                          Field{"start_time", &R::start_time},
                          Field{"end_time", &R::end_time},
                          Field{"status", &R::status},
                          Field{"records_processed", &R::records_processed},
                          Field{"errors_encountered", &R::errors_encountered},
                          Field{"detail", &R::detail}};
    }
};

}  // namespace ingot
