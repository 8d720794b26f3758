// SPDX-License-Identifier: MIT
#include "loaders/schema/engine/migration_ledger.hpp"
#include "loaders/schema/engine/words.hpp"

#include "pipeline/model/json_text.hpp"
#include "pipeline/model/text.hpp"

#include <fmt/format.h>

/// The journal's part of the ledger. An entry's way back is JSON in old_value; the rows that belong to
/// an entry are entries of their own with `row of …` as object. An entry is taken back when a later one
/// with the object `taken back` names its id, or none, which means all before it.
namespace ingot::schema {
namespace {

constexpr std::string_view kTakenBack = "taken back";
/// So many rows want statistics, or the way back is planned for a single one.
constexpr std::int64_t kManyRows = 5'000;

std::string json_list(const std::vector<std::string>& texts) {
    std::string out;
    for (const std::string& text : texts) out += (out.empty() ? "" : ", ") + json_string(text);
    return "[" + out + "]";
}

std::vector<std::string> texts_of(std::string_view array) {
    std::vector<std::string> texts;
    if (array.empty()) return texts;
    for (const std::string_view element : json_text::elements(array))
        texts.push_back(json_text::unescaped(element));
    return texts;
}

std::string text_of(std::string_view object, std::string_view key) {
    const std::string_view value = json_text::member(object, key);
    return value.empty() ? "" : json_text::unescaped(value);
}

std::string way_back_of(const JournalEntry& entry) {
    return fmt::format(
        R"({{"undo": {}, "transactional": {}, "loss_query": {}, "loss": {}, "irreversible": {}, )"
        R"("table": {}, "key": {}, "columns": {}}})",
        json_list(entry.undo), entry.transactional, json_string(entry.loss_query),
        json_string(entry.loss), entry.irreversible, json_string(entry.table),
        json_string(entry.key), json_list(entry.columns));
}

JournalEntry entry_of(const std::vector<std::optional<std::string>>& row) {
    const std::string json = row[4].value_or("{}");
    return {.id = std::stoll(*row[0]),
            .version = std::stoll(*row[1]),
            .step = row[2].value_or(""),
            .object = row[3].value_or(""),
            .undo = texts_of(json_text::member(json, "undo")),
            .transactional = json_text::member(json, "transactional") == "true",
            .loss_query = text_of(json, "loss_query"),
            .loss = text_of(json, "loss"),
            .irreversible = json_text::member(json, "irreversible") == "true",
            .table = text_of(json, "table"),
            .key = text_of(json, "key"),
            .columns = texts_of(json_text::member(json, "columns"))};
}

/// A member of SQLite's journal. Its JSON paths know no escapes, and a column's name may have quotes.
std::string json_member(const std::string& json, const std::string& part,
                        const std::string& column) {
    return "(SELECT m.value FROM json_each(" + json + ", '$." + part +
           "') AS m WHERE m.key = " + literal(column) + ")";
}

std::string row_object(const JournalEntry& entry) { return "row of " + std::to_string(entry.id); }

}  // namespace

std::int64_t Ledger::journal(const JournalEntry& entry) {
    const std::int64_t id = next_id("migration_journal");
    target_.execute(fmt::format("INSERT INTO {} (id, pack, version, step, object, old_value) "
                                "VALUES ({}, {}, {}, {}, {}, {})",
                                table("migration_journal"), id, literal(pack_), entry.version,
                                literal(entry.step), literal(entry.object),
                                literal(way_back_of(entry))));
    return id;
}

void Ledger::journal_rows(const JournalEntry& entry, const std::vector<ChangedRow>& rows) {
    if (rows.empty()) return;
    std::int64_t id = next_id("migration_journal");
    std::string values;
    for (const ChangedRow& row : rows)
        values += fmt::format(
            "{}({}, {}, {}, {}, {}, {}, {})", values.empty() ? "" : ", ", id++, literal(pack_),
            entry.version, literal(entry.step), literal(row_object(entry)), literal(row.key),
            literal("{\"old\": " + row.old_value + ", \"new\": " + row.new_value + "}"));
    target_.execute("INSERT INTO " + table("migration_journal") +
                    " (id, pack, version, step, object, row_key, old_value) VALUES " + values);
}

std::int64_t Ledger::journal_inserts(const JournalEntry& entry, const std::string& insert,
                                     const std::string& key) {
    const std::string returning =
        insert + " RETURNING CAST(" + identifier(key) + " AS text) AS row_key";
    const std::string into = "INSERT INTO " + table("migration_journal") +
                             " (id, pack, version, step, object, row_key) ";
    const std::string fixed = fmt::format("{}, {}, {}, {}", literal(pack_), entry.version,
                                          literal(entry.step), literal(row_object(entry)));
    std::int64_t id = next_id("migration_journal");
    if (!is_sqlite()) {
        const std::int64_t rows = target_.execute(
            "WITH added AS (" + returning + ") " + into +
            fmt::format("SELECT {} + row_number() OVER (), {}, row_key FROM added", id - 1, fixed));
        if (rows >= kManyRows) target_.execute("ANALYZE " + table("migration_journal"));
        return rows;
    }
    const Rows keys = target_.query(returning);
    for (const auto& row : keys)
        target_.execute(
            into + fmt::format("VALUES ({}, {}, {})", id++, fixed, literal(row[0].value_or(""))));
    return static_cast<std::int64_t>(keys.size());
}

std::vector<JournalEntry> Ledger::open_entries(std::int64_t version) {
    std::vector<JournalEntry> entries;
    if (!exists_) return entries;
    const std::string journal = table("migration_journal");
    const std::string ours = fmt::format("pack = {} AND version = {}", literal(pack_), version);
    const std::string taken = literal(kTakenBack);
    for (const auto& row : target_.query(fmt::format(
             "SELECT id, version, step, object, old_value FROM {0} AS e WHERE {1} AND row_key "
             "IS NULL AND object <> {2} AND NOT EXISTS (SELECT 1 FROM {0} AS t WHERE t.pack = "
             "e.pack AND t.version = e.version AND t.object = {2} AND ((t.row_key IS NULL AND "
             "t.id > e.id) OR t.row_key = CAST(e.id AS text))) ORDER BY id DESC",
             journal, ours, taken)))
        entries.push_back(entry_of(row));
    return entries;
}

std::vector<std::int64_t> Ledger::open_versions() {
    std::vector<std::int64_t> versions;
    if (!exists_) return versions;
    for (const auto& row :
         target_.query("SELECT DISTINCT version FROM " + table("migration_journal") +
                       " WHERE pack = " + literal(pack_) + " ORDER BY version"))
        if (const std::int64_t version = std::stoll(*row[0]); !open_entries(version).empty())
            versions.push_back(version);
    return versions;
}

void Ledger::close(std::int64_t version, std::optional<std::int64_t> only_entry) {
    target_.execute(fmt::format(
        "INSERT INTO {} (id, pack, version, step, object, row_key) VALUES ({}, {}, {}, '', {}, {})",
        table("migration_journal"), next_id("migration_journal"), literal(pack_), version,
        literal(kTakenBack), only_entry ? literal(std::to_string(*only_entry)) : "NULL"));
}

std::set<std::string> Ledger::partly_taken_back(std::int64_t version) {
    std::set<std::string> steps;
    if (!exists_) return steps;
    const std::string journal = table("migration_journal");
    for (const auto& row : target_.query(fmt::format(
             "SELECT e.step FROM {0} AS e JOIN {0} AS t ON t.pack = e.pack AND t.version = "
             "e.version "
             "AND t.object = {1} AND t.row_key = CAST(e.id AS text) WHERE e.pack = {2} AND "
             "e.row_key IS NULL AND e.version = {3} AND NOT EXISTS (SELECT 1 FROM {0} AS w WHERE "
             "w.pack = e.pack AND w.version = "
             "e.version AND w.object = {1} AND w.row_key IS NULL AND w.id > e.id) AND NOT EXISTS "
             "(SELECT 1 FROM {0} AS n WHERE n.pack = e.pack AND n.version = e.version AND n.step = "
             "e.step AND n.row_key IS NULL AND n.object <> {1} AND n.id > t.id)",
             journal, literal(kTakenBack), literal(pack_), version)))
        steps.insert(row[0].value_or(""));
    return steps;
}

std::string Ledger::rows_condition(const JournalEntry& entry) const {
    return fmt::format("pack = {} AND version = {} AND object = {}", literal(pack_), entry.version,
                       literal(row_object(entry)));
}

std::string Ledger::row_keys_query(const JournalEntry& entry) {
    return "SELECT row_key FROM " + table("migration_journal") + " WHERE " + rows_condition(entry);
}

/// Rows of the table that were filled, beside what they held before (`was`) and were given (`made`).
std::string Ledger::changed_rows(const JournalEntry& entry, bool still_as_filled) const {
    const std::string name = is_sqlite()
                                 ? identifier(entry.table)
                                 : identifier(target_.schema()) + "." + identifier(entry.table);
    std::string same;
    for (const std::string& column : entry.columns) {
        const std::string value = is_sqlite()
                                      ? json_member("j.old_value", "new", column)
                                      : "(json_populate_record(NULL::" + name +
                                            ", j.old_value -> 'new'))." + identifier(column);
        // json has no equality of its own.
        same += (same.empty() ? "" : " AND ") + std::string("CAST(t.") + identifier(column) +
                " AS text) IS NOT DISTINCT FROM CAST(" + value + " AS text)";
    }
    if (is_sqlite())
        for (std::size_t at = same.find(" IS NOT DISTINCT FROM "); at != std::string::npos;
             at = same.find(" IS NOT DISTINCT FROM "))
            same.replace(at, 22, " IS ");
    return " FROM " + name + " AS t JOIN " + table("migration_journal") +
           " AS j ON j.row_key = CAST(t." + identifier(entry.key) + " AS text) WHERE " +
           "j.pack = " + literal(pack_) + " AND j.version = " + std::to_string(entry.version) +
           " AND j.object = " + literal(row_object(entry)) + " AND " +
           (still_as_filled ? "" : "NOT ") + "(" + same + ")";
}

std::int64_t Ledger::changed_since(const JournalEntry& entry) {
    return target_.number("SELECT count(*)" + changed_rows(entry, false));
}

std::int64_t Ledger::still_filled(const JournalEntry& entry) {
    return target_.number("SELECT count(*)" + changed_rows(entry, true));
}

std::int64_t Ledger::restore_rows(const JournalEntry& entry) {
    const std::string name = is_sqlite()
                                 ? identifier(entry.table)
                                 : identifier(target_.schema()) + "." + identifier(entry.table);
    std::string settings;
    for (const std::string& column : entry.columns) {
        const std::string value = is_sqlite()
                                      ? json_member("source.old_value", "old", column)
                                      : "(json_populate_record(NULL::" + name +
                                            ", source.old_value -> 'old'))." + identifier(column);
        settings += (settings.empty() ? "" : ", ") + identifier(column) + " = " + value;
    }
    const std::string key = identifier(entry.key);
    return target_.execute("UPDATE " + name + " AS u SET " + settings + " FROM (SELECT t." + key +
                           " AS restored_key, j.old_value" + changed_rows(entry, true) +
                           ") AS source WHERE u." + key + " = source.restored_key");
}

}  // namespace ingot::schema
