// SPDX-License-Identifier: MIT
#include "loaders/source_rows.hpp"

#include "pipeline/model/hash.hpp"

#include <algorithm>
#include <bit>

namespace ingot {
namespace {

constexpr const char* kTemporaryTables = R"(
CREATE TEMP TABLE before_rows (table_name TEXT, source_id INTEGER, source_offset INTEGER, source_seq INTEGER,
    high INTEGER, low INTEGER, moved INTEGER,
    PRIMARY KEY (table_name, source_id, source_offset, source_seq)) WITHOUT ROWID;
CREATE TEMP TABLE touched (entity TEXT, id TEXT, fresh INTEGER DEFAULT 0, done INTEGER DEFAULT 0,
    PRIMARY KEY (entity, id)) WITHOUT ROWID;
)";

/// Ids that are remembered as present before the set starts anew: it must not grow with the data.
constexpr std::size_t kKnownParents = 50'000;

constexpr const char* kOldRows = "workspace_id = ?1 AND source_id = ?2 AND source_offset >= ?3";

std::int64_t as_signed(std::uint64_t bits) { return std::bit_cast<std::int64_t>(bits); }

/// Facts' columns 1, 2, 3: source, offset, seq.
void bind_key(RowStatement& statement, const Table& table, std::int64_t owner,
              std::span<const Value> row) {
    statement.bind(1, table.name);
    statement.bind(2, owner);
    statement.bind(3, row[2]);
    statement.bind(4, row[3]);
}

}  // namespace

SourceRows::SourceRows(SQLite::Database& db, std::span<const Table* const> tables, bool first_load)
    : db_(db), tables_(tables), first_load_(first_load) {
    db_.exec(kTemporaryTables);
    remember_.emplace(db_,
                      "INSERT OR REPLACE INTO before_rows VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");
    const std::string key =
        " WHERE table_name = ?1 AND source_id = ?2 AND source_offset = ?3 AND source_seq = ?4";
    recall_.emplace(db_, "SELECT high, low, moved FROM before_rows" + key);
    forget_.emplace(db_, "DELETE FROM before_rows" + key);
    touch_.emplace(
        db_, "INSERT INTO touched (entity, id) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET done = 0");
}

void SourceRows::remove_old(const SourceLoad& load, std::map<std::string_view, ChangeCounts>&) {
    for (const Table* table : tables_) {
        if (table->kind != Kind::fact) continue;
        if (load.had_rows)
            remove_rows(*table, load, load.source_id, load.moved_to.value_or(load.source_id));
        if (load.moved_from) remove_rows(*table, load, *load.moved_from, load.source_id);
    }
}

void SourceRows::remove_rows(const Table& table, const SourceLoad& load, std::int64_t source_id,
                             std::int64_t owner) {
    const std::array<Value, 3> keys{load.workspace_id, source_id, load.from_offset};
    for_each_row(db_, table, kOldRows, keys, [&](std::span<const Value> row) {
        remember(table, owner, row, owner != source_id);
    });
    RowStatement remove(db_, "DELETE FROM " + std::string(table.name) + " WHERE " + kOldRows);
    for (int i = 0; i < 3; ++i) remove.bind(i + 1, keys[static_cast<std::size_t>(i)]);
    remove.run();
}

void SourceRows::remember(const Table& table, std::int64_t owner, std::span<const Value> row,
                          bool moved) {
    const Hash128 hash = row_hash(table, row);
    bind_key(*remember_, table, owner, row);
    remember_->bind(5, as_signed(hash.high));
    remember_->bind(6, as_signed(hash.low));
    remember_->bind(7, std::int64_t{moved});
    remember_->run();
    ++remembered_;
    for (const Reference& reference : table.references)
        if (const auto* id = std::get_if<std::string_view>(&row[table.position(reference.column)]))
            touch(reference.table, *id);
    if (table.derives) touch(table.derives->table, table.derives->id(table, row));
    if (const std::size_t entity = table.position("entity"); entity < row.size())
        touch(std::get<std::string_view>(row[entity]),
              std::get<std::string_view>(row[table.position("entity_id")]));
}

void SourceRows::touch(std::string_view entity, std::string_view id) {
    if (first_load_ || id.empty()) return;
    touch_->bind(1, entity);
    touch_->bind(2, id);
    touch_->run();
}

void SourceRows::insert(const Rows& rows, std::map<std::string_view, ChangeCounts>& changes) {
    const Table& table = *rows.table;
    auto at = inserts_.find(&table);
    if (at == inserts_.end())
        at = inserts_.emplace(&table, RowStatement(db_, insert_sql(table))).first;
    ChangeCounts& counts = changes[table.name];
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const std::span<const Value> row = rows.row(i);
        at->second.bind_row(table, row);
        at->second.run();
        count_new(table, row, counts);
    }
}

void SourceRows::count_new(const Table& table, std::span<const Value> row, ChangeCounts& counts) {
    if (remembered_ == 0) {
        ++counts.inserted;
        return;
    }
    bind_key(*recall_, table, std::get<std::int64_t>(row[1]), row);
    const bool was_there = recall_->step();
    if (was_there) {
        const Hash128 now = row_hash(table, row);
        const bool equal =
            recall_->integer(0) == as_signed(now.high) && recall_->integer(1) == as_signed(now.low);
        if (!equal || recall_->integer(2) != 0) ++counts.updated;
    } else {
        ++counts.inserted;
    }
    recall_->reset();
    if (!was_there) return;
    bind_key(*forget_, table, std::get<std::int64_t>(row[1]), row);
    forget_->run();
    --remembered_;
}

void SourceRows::finish(std::map<std::string_view, ChangeCounts>& changes) {
    if (remembered_ == 0) return;
    RowStatement left(db_, "SELECT table_name, count(*) FROM before_rows GROUP BY table_name");
    while (left.step()) {
        const auto table =
            std::ranges::find_if(tables_, [&](const Table* t) { return t->name == left.text(0); });
        changes[(*table)->name].removed += left.integer(1);
    }
    left.reset();
    db_.exec("DELETE FROM before_rows");
    remembered_ = 0;
}

void SourceRows::insert_parent(const Table& entity, std::int64_t workspace_id,
                               std::string_view id) {
    if (first_load_ || entity.columns.back().traits.fold != Fold::inferred) return;
    if (known_parents_.size() > kKnownParents) known_parents_.clear();
    if (!known_parents_.insert(std::string(entity.name) + '\0' + std::string(id)).second) return;
    std::vector<Value> row(entity.columns.size());
    for (std::size_t i = 0; i < row.size(); ++i) {
        const Traits& traits = entity.columns[i].traits;
        if (traits.fold == Fold::messages)
            row[i] = std::int64_t{0};
        else if (traits.fold == Fold::inferred)
            row[i] = std::int64_t{1};
        else if (traits.fallback == "$id")
            row[i] = id;
        else if (!traits.fallback.empty())
            row[i] = traits.fallback;
    }
    row[0] = workspace_id;
    row[entity.position(entity.key.back())] = id;
    RowStatement insert(db_, insert_sql(entity, "INSERT OR IGNORE"));
    insert.bind_row(entity, row);
    if (insert.run() == 0) return;
    RowStatement fresh(db_, "UPDATE touched SET fresh = 1 WHERE entity = ?1 AND id = ?2");
    fresh.bind(1, entity.name);
    fresh.bind(2, id);
    fresh.run();
}

}  // namespace ingot
