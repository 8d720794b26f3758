// SPDX-License-Identifier: MIT
#include "tests/pipeline/imported.hpp"

#include "tests/loaders/cluster.hpp"

#include <SQLiteCpp/SQLiteCpp.h>

namespace ingot::testing {
namespace {

/// What has to be equal before and after: not times of runs, nor inodes, which undo cannot know.
constexpr const char* kTables[] = {
    "SELECT path, family, extractor, size_bytes, modified_ns, mode, head_hash, tail_hash, "
    "content_hash, source_version, row_bytes, rejected_bytes, blank_bytes, pending_bytes, records, "
    "row_count, resume_offset, status, archived_bytes, settings, first_run_id, last_run_id, "
    "missing_since FROM sources ORDER BY path",
    "SELECT source_id, table_name, row_count, checksum FROM source_tables ORDER BY 1, 2",
    "SELECT source_id, run_id, source_version, path, size_bytes, status, missing FROM "
    "source_versions ORDER BY 1, 2",
    "SELECT source_id, source_version, segment_no, source_offset, byte_length, payload_hash FROM "
    "source_segments ORDER BY 1, 2, 3",
    "SELECT source_id, source_offset, source_seq, reason, run_id FROM rejects ORDER BY 1, 2, 3",
    "SELECT * FROM agents ORDER BY agent_id",
    "SELECT * FROM tasks ORDER BY task_id",
    "SELECT * FROM context_sessions ORDER BY session_id",
    "SELECT * FROM message_usage ORDER BY message_id"};

}  // namespace

ImportedTest::ImportedTest(const std::string& fixture)
    : workspace(lay_out(fixture)), folder(workspace.folder.path()),
      database((folder / "w.db").string()), schema(new_schema()) {}

Finished ImportedTest::ingot(const std::string& command,
                             const std::vector<std::string>& more) const {
    std::vector<std::string> arguments{command, "--sqlite", database};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run_ingot(arguments);
}

Finished ImportedTest::ingot_both(const std::string& command,
                                  const std::vector<std::string>& more) const {
    std::vector<std::string> arguments{"--postgres", cluster_url(), "--pg-schema", schema};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return ingot(command, arguments);
}

Finished ImportedTest::ingot_postgres(const std::string& command,
                                      const std::vector<std::string>& more) const {
    std::vector<std::string> arguments{command, "--postgres", cluster_url(), "--pg-schema", schema};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run_ingot(arguments);
}

void ImportedTest::change(const std::string& sql) const {
    SQLite::Database(database, SQLite::OPEN_READWRITE).exec(sql);
}

void ImportedTest::change_postgres(const std::string& sql) const {
    ask("SET search_path = \"" + schema + "\"; " + sql);
}

std::string ImportedTest::ask_sqlite(const std::string& sql) const {
    SQLite::Database db(database);
    return db.execAndGet(sql).getString();
}

std::string ImportedTest::state() const {
    std::string out;
    SQLite::Database db(database);
    for (const char* sql : kTables) {
        SQLite::Statement select(db, sql);
        while (select.executeStep()) {
            for (int i = 0; i < select.getColumnCount(); ++i)
                out += select.getColumn(i).getString() + "|";
            out += "\n";
        }
        const std::string query(sql);
        out += ask("SET search_path = \"" + schema + "\"" +
                   "; SELECT md5(string_agg(t::text, chr(10))) FROM (" + query + ") t") +
               "\n";
    }
    return out;
}

}  // namespace ingot::testing
