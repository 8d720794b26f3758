// SPDX-License-Identifier: MIT
#include "loaders/fold.hpp"

#include "loaders/ddl.hpp"
#include "loaders/derived.hpp"
#include "loaders/touched.hpp"

#include "pipeline/model/attributes.hpp"
#include "pipeline/model/hash.hpp"

#include <algorithm>
#include <optional>

namespace ingot {
namespace {

std::string key_condition(const Table& table) {
    std::string sql;
    for (std::size_t i = 0; i < table.key.size(); ++i)
        sql += (i == 0 ? "" : " AND ") + std::string(table.key[i]) + " = ?" + std::to_string(i + 1);
    return sql;
}

std::string upsert_sql(const Table& table) {
    std::string sets;
    std::string keys;
    for (const std::string_view key : table.key)
        keys += (keys.empty() ? "" : ", ") + std::string(key);
    for (const Column& column : table.columns) {
        if (std::ranges::find(table.key, column.name) != table.key.end()) continue;
        const std::string name(column.name);
        sets += (sets.empty() ? "" : ", ") + name + " = excluded." + name;
    }
    return insert_sql(table) + " ON CONFLICT (" + keys + ") DO " +
           (sets.empty() ? "NOTHING" : "UPDATE SET " + sets);
}

/// A fact or entity table that names the entity in a column.
struct Mention {
    const Table* table;
    std::string_view column;
    bool dates;
};

/// Folds the entities of one table.
class EntityFolder {
public:
    EntityFolder(SQLite::Database& db, const Table& entity, const FoldScope& scope)
        : entity_(entity), scope_(scope),
          statements_(db,
                      "SELECT t.said_at, t.attributes FROM entity_statements t JOIN sources s ON "
                      "s.workspace_id = t.workspace_id AND s.source_id = t.source_id "
                      "WHERE t.workspace_id = ?1 AND t.entity = ?2 AND t.entity_id = ?3 "
                      "ORDER BY t.said_at, coalesce(s.path_bytes, CAST(s.path AS BLOB)), "
                      "t.source_offset, t.source_seq"),
          current_(db, "SELECT " + column_list(entity) + " FROM " + std::string(entity.name) +
                           " WHERE " + key_condition(entity)),
          write_(db, upsert_sql(entity)), remove_(db, "DELETE FROM " + std::string(entity.name) +
                                                          " WHERE " + key_condition(entity)),
          touch_(db, "INSERT INTO touched (entity, id) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET "
                     "done = 0"),
          fresh_(db, "SELECT fresh FROM touched WHERE entity = ?1 AND id = ?2"),
          mark_(db, "UPDATE touched SET fresh = ?3 WHERE entity = ?1 AND id = ?2") {
        for (const Table* table : scope.tables) {
            if (table->kind == Kind::bookkeeping) continue;
            for (const Reference& reference : table->references) {
                if (reference.table != entity.name) continue;
                mentions_.push_back(
                    {table, reference.column, reference.dates && table->kind == Kind::fact});
                queries_.emplace_back(db, mention_sql(mentions_.back()));
            }
        }
    }

    void fold(const std::string& id, ChangeCounts& counts) {
        Arena arena;
        const std::vector<std::string> key = entity_key(entity_, id);
        std::vector<Value> row(entity_.columns.size());
        row[0] = scope_.workspace_id;
        for (std::size_t i = 0; i < key.size(); ++i)
            row[entity_.position(entity_.key[i + 1])] = std::string_view(key[i]);
        const bool stated = read_statements(id, row, arena);
        const bool mentioned = read_mentions(id, row);
        fill_in(row, id, stated);
        compare(row, id, stated || (mentioned && can_be_inferred()), counts);
    }

private:
    bool can_be_inferred() const { return entity_.columns.back().traits.fold == Fold::inferred; }

    std::string mention_sql(const Mention& mention) const {
        const std::string time(mention.dates ? mention.table->time_column : std::string_view());
        const std::string where = " FROM " + std::string(mention.table->name) +
                                  " WHERE workspace_id = ?1 AND " + std::string(mention.column) +
                                  " = ?2";
        if (time.empty()) return "SELECT count(*), NULL, NULL FROM (SELECT 1" + where + " LIMIT 1)";
        return "SELECT count(*), min(" + time + "), max(" + time + ")" + where;
    }

    bool read_statements(const std::string& id, std::vector<Value>& row, Arena& arena) {
        statements_.bind(1, scope_.workspace_id);
        statements_.bind(2, entity_.name);
        statements_.bind(3, std::string_view(id));
        bool any = false;
        for (; statements_.step(); any = true) {
            const std::vector<Value> said =
                read_attributes(entity_, arena.keep(statements_.text(1)), arena);
            for (std::size_t i = 0; i < row.size(); ++i)
                if (said[i].index() != 0) fold_value(i, said[i], row[i]);
        }
        statements_.reset();
        return any;
    }

    void fold_value(std::size_t column, const Value& said, Value& folded) const {
        const Fold rule = entity_.columns[column].traits.fold;
        const bool keeps = folded.index() != 0 && ((rule == Fold::earliest && folded <= said) ||
                                                   (rule == Fold::latest && folded >= said));
        if (!keeps) folded = said;
    }

    bool read_mentions(const std::string& id, std::vector<Value>& row) {
        bool any = false;
        for (std::size_t i = 0; i < mentions_.size(); ++i) {
            RowStatement& query = queries_[i];
            query.bind(1, scope_.workspace_id);
            query.bind(2, std::string_view(id));
            query.step();
            const std::int64_t count = query.integer(0);
            any = any || count > 0;
            static const Column time{"", Type::time, false, {}};
            fold_time(Fold::earliest, query.read(1, time), row);
            fold_time(Fold::latest, query.read(2, time), row);
            if (mentions_[i].table->name == "messages" && mentions_[i].column == "session_id")
                count_messages(count, row);
            query.reset();
        }
        return any;
    }

    void fold_time(Fold rule, const Value& time, std::vector<Value>& row) const {
        if (time.index() == 0) return;
        for (std::size_t i = 0; i < row.size(); ++i)
            if (entity_.columns[i].traits.fold == rule) fold_value(i, time, row[i]);
    }

    void count_messages(std::int64_t count, std::vector<Value>& row) const {
        for (std::size_t i = 0; i < row.size(); ++i)
            if (entity_.columns[i].traits.fold == Fold::messages) row[i] = count;
    }

    void fill_in(std::vector<Value>& row, const std::string& id, bool stated) const {
        for (std::size_t i = 0; i < row.size(); ++i) {
            const Traits& traits = entity_.columns[i].traits;
            if (traits.fold == Fold::inferred) row[i] = std::int64_t{!stated};
            if (row[i].index() != 0 || traits.fallback.empty()) continue;
            if (traits.fallback == "$id")
                row[i] = std::string_view(id);
            else if (traits.fold == Fold::messages)
                row[i] = std::int64_t{0};
            else
                row[i] = traits.fallback;
        }
    }

    /// Writes what differs; the entities that the row names, before and now, have to be looked at
    /// again.
    void compare(std::span<const Value> row, const std::string& id, bool exists,
                 ChangeCounts& counts) {
        bind_key(current_, row);
        const bool was_there = current_.step();
        std::vector<Value> before(was_there ? row.size() : 0);
        for (std::size_t i = 0; i < before.size(); ++i)
            before[i] = current_.read(static_cast<int>(i), entity_.columns[i]);
        const bool equal = was_there && row_hash(entity_, before) == row_hash(entity_, row);
        if (was_there && !(exists && equal)) touch_targets(before);
        current_.reset();
        if (exists && !equal) {
            write_.bind_row(entity_, row);
            write_.run();
            touch_targets(row);
        } else if (!exists && was_there) {
            bind_key(remove_, row);
            remove_.run();
        }
        count({.was_there = was_there, .exists = exists, .equal = equal}, id, counts);
    }

    struct Comparison {
        bool was_there;
        bool exists;
        bool equal;
    };

    /// A row that this run inserted, as a parent or in an earlier round, counts as inserted once.
    void count(Comparison found, const std::string& id, ChangeCounts& counts) {
        const std::int64_t mark = mark_of(id);
        if (found.exists && (!found.was_there || mark == kParent)) {
            ++counts.inserted;
            set_mark(id, kCounted);
        } else if (found.exists && !found.equal && mark != kCounted) {
            ++counts.updated;
        } else if (!found.exists && found.was_there && mark == kCounted) {
            --counts.inserted;
            set_mark(id, 0);
        } else if (!found.exists && found.was_there && mark != kParent) {
            ++counts.removed;
        }
    }

    // Values of touched.fresh.
    static constexpr std::int64_t kParent = 1;   ///< This run inserted it for a foreign key.
    static constexpr std::int64_t kCounted = 2;  ///< It is counted as inserted.

    void bind_key(RowStatement& statement, std::span<const Value> row) const {
        for (std::size_t i = 0; i < entity_.key.size(); ++i)
            statement.bind(static_cast<int>(i) + 1, row[entity_.position(entity_.key[i])]);
    }

    std::int64_t mark_of(const std::string& id) {
        fresh_.bind(1, entity_.name);
        fresh_.bind(2, std::string_view(id));
        const std::int64_t mark = fresh_.step() ? fresh_.integer(0) : 0;
        fresh_.reset();
        return mark;
    }

    void set_mark(const std::string& id, std::int64_t mark) {
        mark_.bind(1, entity_.name);
        mark_.bind(2, std::string_view(id));
        mark_.bind(3, mark);
        mark_.run();
    }

    void touch_targets(std::span<const Value> row) {
        for (const Reference& reference : entity_.references) {
            const Value& id = row[entity_.position(reference.column)];
            if (id.index() == 0) continue;
            touch_.bind(1, reference.table);
            touch_.bind(2, id);
            touch_.run();
        }
    }

    const Table& entity_;
    const FoldScope& scope_;
    RowStatement statements_;
    RowStatement current_;
    RowStatement write_;
    RowStatement remove_;
    RowStatement touch_;
    RowStatement fresh_;
    RowStatement mark_;
    std::vector<Mention> mentions_;
    std::vector<RowStatement> queries_;
};

}  // namespace

void fold_entities(SQLite::Database& db, const FoldScope& scope,
                   std::map<std::string_view, ChangeCounts>& changes) {
    std::vector<std::pair<const Table*, std::unique_ptr<EntityFolder>>> folders;
    for (const Table* table : scope.tables) {
        if (table->kind == Kind::derived) fold_derived(db, *table, scope, changes[table->name]);
        if (table->kind != Kind::entity) continue;
        if (scope.all) touch_all(db, *table, scope);
        folders.emplace_back(table, std::make_unique<EntityFolder>(db, *table, scope));
    }
    std::ranges::reverse(folders);  // those that name others come first
    RowStatement done(db, "UPDATE touched SET done = 1 WHERE entity = ?1 AND id = ?2");
    for (bool again = true; again;) {
        again = false;
        for (auto& [table, folder] : folders) {
            const std::vector<std::string> ids = next_touched(db, *table);
            again = again || !ids.empty();
            for (const std::string& id : ids) {
                done.bind(1, table->name);
                done.bind(2, std::string_view(id));
                done.run();
                folder->fold(id, changes[table->name]);
            }
        }
    }
}

}  // namespace ingot
