// SPDX-License-Identifier: MIT
#include "loaders/schema/engine/migration_ledger.hpp"

#include "loaders/ddl.hpp"
#include "loaders/schema/engine/log_clock.hpp"

#include "pipeline/model/bookkeeping.hpp"
#include "pipeline/model/hash.hpp"
#include "pipeline/model/text.hpp"

#include <algorithm>
#include <bit>

#include <fmt/format.h>
#include <unistd.h>

namespace ingot::schema {
namespace {

const std::vector<const ingot::Table*>& ledger_tables() {
    static const std::vector<const ingot::Table*> tables{
        &table_of<SchemaMigration>(), &table_of<MigrationJournal>(), &table_of<MigrationLog>()};
    return tables;
}

std::string user_name() {
    const char* user = getenv("USER");
    return user != nullptr ? user : std::to_string(getuid());
}

}  // namespace

Ledger::Ledger(Target& target, std::string schema, std::string pack)
    : target_(target), schema_(std::move(schema)), pack_(std::move(pack)) {
    if (is_sqlite()) {
        const std::string ours =
            target_.ask("SELECT count(*) FROM sqlite_schema WHERE name = 'import_runs'");
        prefix_ = ours == "1" ? "" : "ingot_";
        exists_ = target_.ask("SELECT count(*) FROM sqlite_schema WHERE name IN ('" + prefix_ +
                              "schema_migrations', '" + prefix_ + "migration_journal', '" +
                              prefix_ + "migration_log')") == "3";
    } else {
        exists_ = target_.ask("SELECT to_regclass(" + literal(table("schema_migrations")) +
                              ") IS NOT NULL AND to_regclass(" + literal(table("migration_log")) +
                              ") IS NOT NULL") == "t";
    }
}

std::string Ledger::table(const std::string& name) const {
    return is_sqlite() ? identifier(prefix_ + name) : identifier(schema_) + "." + identifier(name);
}

void Ledger::create() {
    if (exists_) return;
    target_.begin();
    if (!is_sqlite()) target_.execute("CREATE SCHEMA IF NOT EXISTS " + identifier(schema_));
    for (const ingot::Table* each : ledger_tables()) {
        const std::string name(each->name);
        std::string sql = create_table(target_.dialect(), *each);
        const std::string start = "CREATE TABLE " + name;
        sql.replace(0, start.size(), "CREATE TABLE IF NOT EXISTS " + table(name));
        target_.execute(sql);
    }
    target_.execute("CREATE INDEX IF NOT EXISTS " +
                    identifier(prefix_ + "idx_migration_journal_object") + " ON " +
                    table("migration_journal") + " (pack, version, object)");
    target_.commit();
    exists_ = true;
}

bool Ledger::is_own(const std::string& table) const {
    return (is_sqlite() || schema_ == target_.schema()) &&
           std::ranges::any_of(ledger_tables(), [&](const ingot::Table* each) {
               return table == prefix_ + std::string(each->name);
           });
}

std::int64_t Ledger::lock_key() const {
    return std::bit_cast<std::int64_t>(hash128("ingot schema changes in " + schema_).low);
}

std::int64_t Ledger::next_id(const std::string& name) {
    return target_.number("SELECT coalesce(max(id), 0) + 1 FROM " + table(name));
}

/// A time as format_time writes it, in both databases.
std::string Ledger::time_text(const std::string& column) const {
    return is_sqlite()
               ? column
               : "to_char(" + column + " AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')";
}

std::vector<AppliedMigration> Ledger::applied() {
    std::vector<AppliedMigration> found;
    if (!exists_) return found;
    // The newest row of a version tells.
    for (const auto& row :
         target_.query("SELECT id, version, name, checksum, " + time_text("applied_at") +
                       ", direction FROM " + table("schema_migrations") +
                       " AS m WHERE pack = " + literal(pack_) + " AND id = (SELECT max(id) FROM " +
                       table("schema_migrations") +
                       " AS n WHERE n.pack = m.pack AND n.version = m.version) ORDER BY version"))
        if (row[5] == "up")
            found.push_back({std::stoll(*row[0]), std::stoll(*row[1]), *row[2], *row[3], *row[4]});
    return found;
}

void Ledger::record_up(std::int64_t version, const std::string& name, const std::string& checksum,
                       std::int64_t duration_ms) {
    target_.execute(fmt::format(
        "INSERT INTO {} (id, pack, version, name, checksum, direction, applied_at, applied_by, "
        "duration_ms) VALUES ({}, {}, {}, {}, {}, 'up', {}, {}, {})",
        table("schema_migrations"), next_id("schema_migrations"), literal(pack_), version,
        literal(name), literal(checksum), literal(format_time(LogClock::now())),
        literal(user_name()), duration_ms));
}

void Ledger::record_down(const AppliedMigration& applied, std::int64_t duration_ms) {
    const std::string time = literal(format_time(LogClock::now()));
    target_.execute(fmt::format(
        "INSERT INTO {} (id, pack, version, name, checksum, direction, applied_at, applied_by, "
        "duration_ms, undone_at) VALUES ({}, {}, {}, {}, {}, 'down', {}, {}, {}, {})",
        table("schema_migrations"), next_id("schema_migrations"), literal(pack_), applied.version,
        literal(applied.name), literal(applied.checksum), time, literal(user_name()), duration_ms,
        time));
}

void Ledger::log(const LogEntry& entry) {
    if (!exists_) return;
    target_.execute(fmt::format(
        "INSERT INTO {} (id, pack, version, phase, step, direction, start_time, end_time, status, "
        "records_processed, errors_encountered, detail) VALUES ({}, {}, {}, {}, {}, {}, {}, {}, "
        "{}, "
        "{}, {}, {})",
        table("migration_log"), next_id("migration_log"), literal(pack_), entry.version,
        literal(std::to_string(entry.phase)), literal(entry.step), literal(entry.direction),
        literal(format_time(entry.started_at)), literal(format_time(entry.ended_at)),
        literal(entry.status), entry.records, entry.errors,
        entry.detail.empty() ? "NULL" : literal(cleaned(entry.detail))));
}

std::vector<LogEntry> Ledger::history(std::int64_t limit) {
    std::vector<LogEntry> entries;
    if (!exists_) return entries;
    for (const auto& row : target_.query(fmt::format(
             "SELECT * FROM (SELECT id, version, phase, step, direction, {}, {}, status, "
             "records_processed, errors_encountered, detail FROM {} WHERE pack = {} ORDER BY id "
             "DESC "
             "LIMIT {}) AS latest ORDER BY id",
             time_text("start_time"), time_text("end_time"), table("migration_log"), literal(pack_),
             limit)))
        entries.push_back(
            {.version = std::stoll(*row[1]),
             .phase = std::stoll(row[2].value_or("0")),
             .step = row[3].value_or(""),
             .direction = row[4].value_or(""),
             .started_at = parse_canonical_time(row[5].value_or("")).value_or(Timestamp{}),
             .ended_at = parse_canonical_time(row[6].value_or("")).value_or(Timestamp{}),
             .status = row[7].value_or(""),
             .records = std::stoll(row[8].value_or("0")),
             .errors = std::stoll(row[9].value_or("0")),
             .detail = row[10].value_or("")});
    return entries;
}

std::string Ledger::latest_detail(const std::string& direction, const std::string& step) {
    if (!exists_) return "";
    return target_.ask("SELECT detail FROM " + table("migration_log") + " WHERE pack = " +
                       literal(pack_) + " AND direction = " + literal(direction) +
                       " AND step = " + literal(step) + " ORDER BY id DESC LIMIT 1");
}

}  // namespace ingot::schema
