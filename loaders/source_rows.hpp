// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/sqlite_rows.hpp"

#include "pipeline/model/batch.hpp"

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace ingot {

/// Rows of a table before and after, compared by primary key.
struct ChangeCounts {
    std::int64_t inserted = 0;
    std::int64_t updated = 0;
    std::int64_t removed = 0;
    bool any() const { return inserted + updated + removed > 0; }
};

/// A source whose rows are about to be replaced.
struct SourceLoad {
    std::int64_t workspace_id = 0;
    std::int64_t source_id = 0;
    std::int64_t from_offset = 0;            ///< Rows of records from here on are replaced.
    bool had_rows = false;                   ///< The ledger knows the source.
    std::optional<std::int64_t> moved_from;  ///< Rows of this source come here (a rotated log).
    std::optional<std::int64_t> moved_to;    ///< This source's old rows went there.
    std::string_view run_id = {};            ///< Rejects are this run's; empty: the one begun.
};

/// Inserts and deletes rows of facts, tells what that changed, and notes which entities to fold.
class SourceRows {
public:
    /// A first load has nothing to compare with and folds everything: nothing is noted.
    SourceRows(SQLite::Database& db, std::span<const Table* const> tables, bool first_load);

    void remove_old(const SourceLoad& load, std::map<std::string_view, ChangeCounts>& changes);
    void insert(const Rows& rows, std::map<std::string_view, ChangeCounts>& changes);
    /// Counts the remembered rows that did not come again as removed.
    void finish(std::map<std::string_view, ChangeCounts>& changes);

    /// Notes entities to be folded.
    void touch(std::string_view entity, std::string_view id);
    /// Inserts an entity that rows name and the database lacks.
    void insert_parent(const Table& entity, std::int64_t workspace_id, std::string_view id);

private:
    void remember(const Table& table, std::int64_t owner, std::span<const Value> row, bool moved);
    void remove_rows(const Table& table, const SourceLoad& load, std::int64_t source_id,
                     std::int64_t owner);
    void count_new(const Table& table, std::span<const Value> row, ChangeCounts& counts);

    SQLite::Database& db_;
    std::span<const Table* const> tables_;
    bool first_load_;
    std::int64_t remembered_ = 0;  ///< Old rows that wait for their new ones.
    std::map<const Table*, RowStatement> inserts_;
    std::optional<RowStatement> remember_;
    std::optional<RowStatement> recall_;
    std::optional<RowStatement> forget_;
    std::optional<RowStatement> touch_;
    std::set<std::string> known_parents_;
};

}  // namespace ingot
