// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/schema/engine/target.hpp"

#include "pipeline/model/time.hpp"

#include <set>

namespace ingot::schema {

/// A row of schema_migrations.
struct AppliedMigration {
    std::int64_t id = 0;
    std::int64_t version = 0;
    std::string name;
    std::string checksum;
    std::string applied_at;
};

/// A row of migration_journal: what a step made or changed, and how it is taken back.
struct JournalEntry {
    std::int64_t id = 0;
    std::int64_t version = 0;
    std::string step = {};
    std::string object = {};
    std::vector<std::string> undo = {};  ///< Statements in their order.
    bool transactional = true;           ///< Of these statements.
    std::string loss_query = {};         ///< Rows that are lost by it…
    std::string loss = {};               ///< …and what they are.
    bool irreversible = false;
    /// Rows that were filled: table, key column and columns; empty: none.
    std::string table = {}, key = {};
    std::vector<std::string> columns = {};

    bool restores_rows() const { return !columns.empty(); }
};

/// A row of migration_log.
struct LogEntry {
    std::int64_t version = 0;
    std::int64_t phase = 0;
    std::string step = {};
    std::string direction = {};  ///< up, down, baseline, …
    Timestamp started_at = {};
    Timestamp ended_at = {};
    std::string status = {};  ///< done, skipped, failed, interrupted
    std::int64_t records = 0;
    std::int64_t errors = 0;
    std::string detail = {};
};

/// What Ingot remembers in the database about its schema: schema_migrations, migration_journal and
/// migration_log, all append-only. In PostgreSQL in Ingot's own schema; in a SQLite file that is not
/// Ingot's with the prefix ingot_. One pack's part of them.
class Ledger {
public:
    /// Only looks. `schema`: where the tables are in PostgreSQL.
    Ledger(Target& target, std::string schema, std::string pack);

    bool exists() const { return exists_; }
    /// Makes the tables that are missing.
    void create();

    /// Migrations that are applied now, by version.
    std::vector<AppliedMigration> applied();
    void record_up(std::int64_t version, const std::string& name, const std::string& checksum,
                   std::int64_t duration_ms);
    /// Says that a migration is undone.
    void record_down(const AppliedMigration& applied, std::int64_t duration_ms);

    /// Writes an entry and returns its id. Part of the transaction that is open.
    std::int64_t journal(const JournalEntry& entry);
    /// The old and new values of one row, as JSON objects.
    struct ChangedRow {
        std::string key, old_value, new_value;
    };
    void journal_rows(const JournalEntry& entry, const std::vector<ChangedRow>& rows);
    /// Runs an INSERT and writes down the key of each row that it inserted; returns how many.
    std::int64_t journal_inserts(const JournalEntry& entry, const std::string& insert,
                                 const std::string& key);
    /// What is not taken back yet, the youngest first; without the entries of single rows.
    std::vector<JournalEntry> open_entries(std::int64_t version);
    /// Versions with such entries: applied ones, and those that ended half-way.
    std::vector<std::int64_t> open_versions();
    /// Everything up to now of the version is taken back, or one entry is.
    void close(std::int64_t version, std::optional<std::int64_t> only_entry = std::nullopt);

    /// Steps of which something was taken back alone and not made again: no proof is expected.
    std::set<std::string> partly_taken_back(std::int64_t version);

    /// "SELECT row_key FROM …" for the rows of an entry that are not taken back.
    std::string row_keys_query(const JournalEntry& entry);
    /// Filled rows that still hold what was filled in get their old values back. Returns how many.
    std::int64_t restore_rows(const JournalEntry& entry);
    /// Filled rows that somebody changed since.
    std::int64_t changed_since(const JournalEntry& entry);
    /// Filled rows that are still as they were filled.
    std::int64_t still_filled(const JournalEntry& entry);

    /// Not within a transaction that may be rolled back.
    void log(const LogEntry& entry);
    /// The log of the pack, the oldest first, at most the last `limit`.
    std::vector<LogEntry> history(std::int64_t limit);
    /// The detail of the newest log row of a kind; empty: none.
    std::string latest_detail(const std::string& direction, const std::string& step);

    const std::string& pack() const { return pack_; }
    /// What stands before the tables' names in SQL: `"ingot".` or `ingot_`.
    std::string table_prefix() const { return is_sqlite() ? prefix_ : identifier(schema_) + "."; }
    /// A table of the target's schema that is one of the ledger's.
    bool is_own(const std::string& table) const;
    /// Key of the advisory lock for schema changes that are written down here.
    std::int64_t lock_key() const;

private:
    std::string table(const std::string& name) const;
    std::string time_text(const std::string& column) const;
    std::int64_t next_id(const std::string& name);
    std::string rows_condition(const JournalEntry& entry) const;
    std::string changed_rows(const JournalEntry& entry, bool still_as_filled) const;
    bool is_sqlite() const { return target_.dialect() == Dialect::sqlite; }

    Target& target_;
    std::string schema_;
    std::string pack_;
    std::string prefix_;
    bool exists_ = false;
};

}  // namespace ingot::schema
