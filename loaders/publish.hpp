// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/pool.hpp"
#include "loaders/source_rows.hpp"

#include "pipeline/model/hash.hpp"
#include "pipeline/model/table.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <SQLiteCpp/SQLiteCpp.h>

namespace ingot {

/// How far a publication is.
struct PublishProgress {
    std::string_view step;  ///< "compare", "copy", "index", "verify".
    std::string_view table;
    std::int64_t rows = 0;        ///< Handled in this step so far, all tables.
    std::int64_t total_rows = 0;  ///< To be handled in this step; 0: not known.
};

struct PublishOptions {
    std::span<const Table* const> tables;  ///< All, parents first.
    std::vector<std::int64_t> workspaces;  ///< Empty: all of the SQLite file.
    std::vector<std::string> only_tables;  ///< Empty: all. A table brings those that it refers to.
    bool adopt = false;                    ///< Take a workspace over from another SQLite file.
    bool thorough = false;  ///< Compare history and entities though no source differs.
    bool dry_run = false;   ///< Compare and count, write nothing, take no lock.
    Timestamp now;          ///< For missing_since of what only PostgreSQL has.
    std::function<void()> check_interrupt = [] {};  ///< May throw; everything is rolled back.
    std::function<void(const PublishProgress&)> progress = [](const PublishProgress&) {};
    /// Runs when everything is written and verified, before the commit; throwing rolls back. Not
    /// called when nothing is written.
    std::function<void(pqxx::transaction_base&, std::int64_t workspace_id)> before_commit =
        [](pqxx::transaction_base&, std::int64_t) {};
};

/// One table of one workspace, as PostgreSQL has it after the publication.
struct PublishedTable {
    std::string_view table;
    bool is_selected = true;
    ChangeCounts changes;  ///< By primary key; exact, however the rows were written.
    /// Rows of the workspace and their checksum. Not known for entities that were not looked at
    /// because no source differed, and for tables of other kinds that were not compared.
    std::optional<std::int64_t> rows;
    std::optional<Hash128> checksum;
};

struct PublishedWorkspace {
    std::int64_t workspace_id = 0;
    std::vector<PublishedTable> tables;
    std::int64_t sources_new = 0, sources_changed = 0, sources_appended = 0;
    std::int64_t sources_removed = 0;  ///< Pruned, renamed or undone.
    std::int64_t sources_missing = 0;  ///< Only PostgreSQL has them; now marked so.
    std::int64_t sources_foreign = 0;  ///< These, and those that were marked before.
    bool is_changed = false;           ///< Something was written (a dry run: would be).
    std::int64_t bytes = 0;            ///< Sent to PostgreSQL.
};

struct PublishResult {
    std::vector<PublishedWorkspace> workspaces;
    std::vector<std::string> ddl;  ///< "CREATE TABLE agents", … in the order they ran.
};

/// Makes PostgreSQL's copy of each workspace equal to SQLite's, in one transaction each, source by
/// source and only for those that differ. A lost connection is answered by doing it again, three
/// times at most.
///
/// Throws DatabaseUnreachable, SchemaTooNew, Locked, ValidationFailed (nothing was committed), and
/// RunError for all else that PostgreSQL says.
PublishResult publish(SQLite::Database& store, Pool& pool, const PublishOptions& options);

/// Brings PostgreSQL's import_runs up to date: a run's report is known only after its publication.
void publish_runs(SQLite::Database& store, Pool& pool, std::int64_t workspace_id);

}  // namespace ingot
