// SPDX-License-Identifier: MIT
#include "loaders/publish_facts.hpp"

#include "loaders/ddl.hpp"

#include "pipeline/model/errors.hpp"
#include "pipeline/model/hash.hpp"

#include <algorithm>
#include <array>

namespace ingot {
namespace {

constexpr std::string_view kByKey = " ORDER BY source_id, source_offset, source_seq";
constexpr std::array<std::size_t, 3> kKey{1, 2, 3};  // after workspace_id
/// Sources are asked for in groups: few round trips, and no large sort in the server.
constexpr std::size_t kGroupSources = 500;
constexpr std::int64_t kGroupRows = 50'000;
/// Rows between two reports of progress.
constexpr std::int64_t kStride = 4'096;

using Changes = std::span<const FactChange>;

/// SQLite's rows of some sources, in the order of the key.
class SourceCursor {
public:
    SourceCursor(const Ends& ends, const Table& table, Changes changes)
        : table_(table), changes_(changes),
          statement_(ends.sqlite,
                     "SELECT " + column_list(table) + " FROM " + std::string(table.name) +
                         " WHERE workspace_id = ?1 AND source_id = ?2 AND source_offset >= ?3 "
                         "ORDER BY source_offset, source_seq"),
          row_(table.columns.size()) {
        statement_.bind(1, ends.workspace_id);
    }

    bool next() {
        while (!is_open_ || !statement_.step()) {
            statement_.reset();
            while (at_ < changes_.size() && changes_[at_].after.rows == 0) ++at_;
            if (at_ == changes_.size()) return false;
            statement_.bind(2, changes_[at_].source_id);
            statement_.bind(3, changes_[at_].from_offset);
            is_open_ = true;
            ++at_;
        }
        for (std::size_t i = 0; i < row_.size(); ++i)
            row_[i] = statement_.read(static_cast<int>(i), table_.columns[i]);
        return true;
    }
    CellRow row() const { return row_; }

private:
    const Table& table_;
    Changes changes_;
    RowStatement statement_;
    std::vector<Value> row_;
    std::size_t at_ = 0;  ///< The change after the current one.
    bool is_open_ = false;
};

/// The next sources to be asked for together.
Changes next_group(Changes rest) {
    std::size_t size = 0;
    std::int64_t rows = 0;
    while (size < rest.size() && size < kGroupSources) {
        rows += rest[size].before.rows + rest[size].after.rows;
        if (size > 0 && rows > kGroupRows) break;
        ++size;
    }
    return rest.first(size);
}

void for_each_group(const FactPlan& plan, const std::function<void(Changes)>& handle) {
    for (Changes rest = plan.changes; !rest.empty();) {
        const Changes group = next_group(rest);
        rest = rest.subspan(group.size());
        handle(group);
    }
}

/// "'{1,2}'::bigint[]" of one number per change.
template <class Number> std::string array_of(Changes changes, Number number) {
    std::string out = "'{";
    for (const FactChange& change : changes)
        out += (out.size() == 2 ? "" : ",") + std::to_string(number(change));
    return out + "}'::bigint[]";
}

/// Where PostgreSQL has the rows of a change now.
std::int64_t owner_before(const FactChange& change) {
    return change.moved_from.value_or(change.source_id);
}
std::int64_t owner_after(const FactChange& change) { return change.source_id; }
using Owner = std::int64_t (*)(const FactChange&);

/// What to put after SELECT or DELETE to reach rows `t` of these sources. One source is asked for
/// plainly, so that the primary key gives its rows in order.
struct Scope {
    std::string more_tables;
    std::string condition;
};

Scope scope_of(const Ends& ends, Changes changes, Owner owner) {
    const std::string where = " WHERE t.workspace_id = " + std::to_string(ends.workspace_id);
    if (changes.size() == 1)
        return {"", where + " AND t.source_id = " + std::to_string(owner(changes[0])) +
                        " AND t.source_offset >= " + std::to_string(changes[0].from_offset)};
    return {"unnest(" + array_of(changes, owner) + ", " +
                array_of(changes, [](const FactChange& c) { return c.from_offset; }) +
                ") AS c (id, start)",
            where + " AND t.source_id = c.id AND t.source_offset >= c.start"};
}

std::string select_sql(const Table& table, const Scope& scope) {
    std::string columns;
    for (const Column& column : table.columns)
        columns += (columns.empty() ? "t." : ", t.") + std::string(column.name);
    return "SELECT " + columns + " FROM " + std::string(table.name) + " t" +
           (scope.more_tables.empty() ? "" : ", " + scope.more_tables) + scope.condition;
}

void add(TableTally& tally, const Hash128& hash) {
    ++tally.rows;
    tally.checksum += hash;
}

FactChange& change_of(std::vector<FactChange>& changes, std::int64_t source_id) {
    return *std::ranges::lower_bound(changes, source_id, {}, &FactChange::source_id);
}

/// Compares old and new rows of sources that PostgreSQL has under their own id.
void count_group(const Ends& ends, FactPlan& plan, Changes group) {
    const Table& table = *plan.table;
    SourceCursor left(ends, table, group);
    PostgresRows right;
    right.open(ends.postgres, table,
               select_sql(table, scope_of(ends, group, owner_after)) + std::string(kByKey));
    merge(left, right, kKey, [&](Found found, CellRow sqlite, CellRow postgres) {
        if (found == Found::left) {
            ++plan.counts.inserted;
            return;
        }
        const Hash128 old = row_hash(table, postgres);
        TableTally& kept = change_of(plan.changes, std::get<std::int64_t>(postgres[1])).kept;
        --kept.rows;
        kept.checksum -= old;
        if (found == Found::right) {
            ++plan.counts.removed;
        } else if (row_hash(table, sqlite) != old) {
            ++plan.counts.updated;
        }
    });
}

/// A renamed log's rows change their source and nothing else: they are compared by place.
void count_moved(const Ends& ends, FactPlan& plan, FactChange& change) {
    const Table& table = *plan.table;
    const Changes one(&change, 1);
    SourceCursor left(ends, table, one);
    PostgresRows right;
    right.open(ends.postgres, table,
               select_sql(table, scope_of(ends, one, owner_before)) + std::string(kByKey));
    constexpr std::array<std::size_t, 2> place{2, 3};
    merge(left, right, place, [&](Found found, CellRow, CellRow) {
        ++(found == Found::left   ? plan.counts.inserted
           : found == Found::both ? plan.counts.updated
                                  : plan.counts.removed);
    });
}

std::string path_of(const Ends& ends, std::int64_t source_id) {
    RowStatement find(ends.sqlite,
                      "SELECT path FROM sources WHERE workspace_id = ?1 AND source_id = ?2");
    find.bind(1, ends.workspace_id);
    find.bind(2, source_id);
    return find.step() ? std::string(find.text(0)) : "source " + std::to_string(source_id);
}

void compare(const Ends& ends, const FactPlan& plan, const FactChange& change,
             const TableTally& read) {
    TableTally now = change.kept;
    now.rows += read.rows;
    now.checksum += read.checksum;
    if (now.rows == change.after.rows && now.checksum == change.after.checksum) return;
    const std::string text =
        "table " + std::string(plan.table->name) + ", " + path_of(ends, change.source_id) +
        ": PostgreSQL has " + std::to_string(now.rows) + " rows with checksum " +
        to_hex(now.checksum) + ", the source gave " + std::to_string(change.after.rows) + " with " +
        to_hex(change.after.checksum);
    if (change.from_offset > 0) throw AppendMismatch(text);
    throw ValidationFailed(text + "; nothing was published. ingot validate narrows it down");
}

}  // namespace

void count_changes(const Ends& ends, FactPlan& plan) {
    for (FactChange& change : plan.changes) {
        change.kept = change.before;
        if ((change.is_new && !change.moved_from) || change.is_moved_away)
            plan.counts.inserted += change.after.rows;
        if (change.moved_from) count_moved(ends, plan, change);
    }
    for_each_group(plan, [&](Changes group) {
        std::vector<FactChange> known;
        std::ranges::copy_if(group, std::back_inserter(known),
                             [](const FactChange& c) { return !c.is_new && !c.is_moved_away; });
        if (!known.empty()) count_group(ends, plan, known);
    });
    for (FactChange& change : plan.changes)
        if (change.from_offset == 0) change.kept = {};
}

void remove_old(const Ends& ends, const FactPlan& plan) {
    for_each_group(plan, [&](Changes group) {
        std::vector<FactChange> known;
        std::ranges::copy_if(group, std::back_inserter(known),
                             [](const FactChange& c) { return !c.is_new || c.moved_from; });
        if (known.empty()) return;
        const Scope scope = scope_of(ends, known, owner_before);
        ends.postgres.execute("DELETE FROM " + std::string(plan.table->name) + " t" +
                              (scope.more_tables.empty() ? "" : " USING " + scope.more_tables) +
                              scope.condition);
    });
}

std::int64_t copy_new(const Ends& ends, const FactPlan& plan, const CountRows& count) {
    if (std::ranges::all_of(plan.changes, [](const FactChange& c) { return c.after.rows == 0; }))
        return 0;
    SourceCursor rows(ends, *plan.table, plan.changes);
    CopyIn in(ends.postgres, *plan.table, load_sql(ends, *plan.table));
    while (rows.next()) {
        in.add(rows.row());
        if (in.rows() % kStride == 0) count(kStride);
    }
    in.finish();
    count(in.rows() % kStride);
    return in.bytes();
}

void verify(const Ends& ends, const FactPlan& plan, const CountRows& count) {
    const Table& table = *plan.table;
    std::vector<TableTally> read(plan.changes.size());
    std::size_t at = 0;
    std::int64_t rows = 0;
    const auto read_back = [&](const std::string& select) {
        CopyOut out(ends.postgres, table, select);
        while (out.next()) {
            const auto source_id = std::get<std::int64_t>(out.row()[1]);
            if (plan.changes[at].source_id != source_id)
                at = static_cast<std::size_t>(
                    std::ranges::lower_bound(plan.changes, source_id, {}, &FactChange::source_id) -
                    plan.changes.begin());
            if (at == plan.changes.size() || plan.changes[at].source_id != source_id)
                throw ValidationFailed("table " + std::string(table.name) +
                                       " has rows of an unknown source");
            add(read[at], row_hash(table, out.row()));
            if (++rows % kStride == 0) count(kStride);
        }
    };
    if (ends.is_empty) {
        read_back("SELECT " + column_list(table) + " FROM " + std::string(table.name) +
                  in_workspace(ends));
    } else {
        for_each_group(plan, [&](Changes group) {
            read_back(select_sql(table, scope_of(ends, group, owner_after)));
        });
    }
    count(rows % kStride);
    for (std::size_t i = 0; i < read.size(); ++i) compare(ends, plan, plan.changes[i], read[i]);
}

}  // namespace ingot
