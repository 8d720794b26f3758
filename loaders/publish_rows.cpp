// SPDX-License-Identifier: MIT
#include "loaders/publish_rows.hpp"

#include "loaders/ddl.hpp"

#include "pipeline/model/attributes.hpp"
#include "pipeline/model/hash.hpp"

#include <algorithm>
#include <array>

namespace ingot {
namespace {

/// Rows between two looks for an interrupt.
constexpr std::int64_t kStride = 4'096;

std::string joined(std::span<const std::string_view> names) {
    std::string out;
    for (const std::string_view name : names) out += (out.empty() ? "" : ", ") + std::string(name);
    return out;
}

std::vector<std::size_t> key_positions(const Table& table) {
    std::vector<std::size_t> positions;
    for (const std::string_view name : table.key) positions.push_back(table.position(name));
    return positions;
}

/// Removed rows are remembered by key, and entities by the id that statements use.
void remember_gone(RowPlan& plan, std::span<const std::size_t> key, CellRow row) {
    for (const std::size_t i : key) {
        const auto* text = std::get_if<std::string_view>(&row[i]);
        plan.gone.push_back(text == nullptr ? row[i] : Value{plan.arena.keep(*text)});
    }
    const bool has_id = plan.query.table->kind == Kind::entity;
    plan.gone.emplace_back(plan.arena.keep(has_id ? entity_id_of(*plan.query.table, row) : ""));
}

/// "a = excluded.a, …" for the columns that are not of the key.
std::string overwrite_list(const Table& table) {
    std::string out;
    for (const Column& column : table.columns) {
        if (std::ranges::find(table.key, column.name) != table.key.end()) continue;
        const std::string name(column.name);
        if (!out.empty()) out += ", ";
        out += name + " = excluded." + name;
    }
    return out;
}

/// Copies the flagged rows into `target`, which has the columns of `table`.
std::int64_t copy_flagged(const Ends& ends, const RowPlan& plan, const Table& table,
                          const Table& target) {
    const std::array<Value, 1> keys{ends.workspace_id};
    SqliteRows rows(ends.sqlite, table,
                    "SELECT " + column_list(table) + " FROM " + std::string(table.name) +
                        " WHERE workspace_id = ?1 ORDER BY " + joined(table.key),
                    keys);
    CopyIn in(ends.postgres, target, load_sql(ends, target));
    for (std::size_t i = 0; rows.next(); ++i)
        if (plan.write.at(i)) in.add(rows.row());
    in.finish();
    return in.bytes();
}

/// The table that holds the keys of what goes: the key's columns, then gone_id.
Table table_of_gone(const Table& table, std::string_view name) {
    Table gone{.name = name, .says = {}, .columns = {}, .key = {}, .references = {}, .indexes = {}};
    for (const std::size_t i : key_positions(table)) gone.columns.push_back(table.columns[i]);
    gone.columns.push_back({"gone_id", Type::text, true, {}});
    return gone;
}

/// Nothing names the entity any more: no row's foreign key and no statement.
std::string unnamed(const Table& entity, std::span<const Table* const> referrers) {
    std::string sql;
    for (const Table* table : referrers)
        for (const Reference& reference : table->references)
            if (reference.table == entity.name)
                sql += " AND NOT EXISTS (SELECT 1 FROM " + std::string(table->name) +
                       " r WHERE r.workspace_id = e.workspace_id AND r." +
                       std::string(reference.column) + " = e." + std::string(reference.target) +
                       ")";
    return sql +
           " AND NOT EXISTS (SELECT 1 FROM entity_statements s WHERE s.workspace_id = "
           "e.workspace_id AND s.entity = '" +
           std::string(entity.name) + "' AND s.entity_id = g.gone_id)";
}

}  // namespace

std::string in_workspace(const Ends& ends) {
    return " WHERE workspace_id = " + std::to_string(ends.workspace_id);
}

RowQuery whole_rows(const Table& table) {
    return {.table = &table,
            .sqlite_columns = column_list(table),
            .postgres_columns = column_list(table)};
}

bool judge_by_hash(Found, CellRow, CellRow, bool is_equal) { return !is_equal; }

bool judge_additions(Found found, CellRow, CellRow, bool is_equal) {
    return found != Found::right && !is_equal;
}

RowPlan compare_rows(const Ends& ends, const RowQuery& query, const Judge& judge) {
    const Table& table = *query.table;
    const std::string from = " FROM " + std::string(table.name);
    const std::string order = " ORDER BY " + joined(table.key);
    const std::array<Value, 1> keys{ends.workspace_id};
    SqliteRows left(ends.sqlite, table,
                    "SELECT " + query.sqlite_columns + from + " WHERE workspace_id = ?1" + order,
                    keys);
    PostgresRows right;
    if (!ends.is_empty)
        right.open(ends.postgres, table,
                   "SELECT " + query.postgres_columns + from + in_workspace(ends) + order);

    RowPlan plan;
    plan.query = query;
    const std::vector<std::size_t> key = key_positions(table);
    std::int64_t seen = 0;
    merge(left, right, key, [&](Found found, CellRow sqlite, CellRow postgres) {
        if (++seen % kStride == 0) ends.postgres.check_interrupt();
        const Hash128 ours = sqlite.empty() ? Hash128{} : row_hash(table, sqlite);
        const Hash128 theirs = postgres.empty() ? Hash128{} : row_hash(table, postgres);
        const bool differs = judge(found, sqlite, postgres, found == Found::both && ours == theirs);
        if (found == Found::right) {
            ++plan.only_postgres.rows;
            plan.only_postgres.checksum += theirs;
            if (!differs) return;
            ++plan.changes.removed;
            remember_gone(plan, key, postgres);
            return;
        }
        ++plan.sqlite.rows;
        plan.sqlite.checksum += ours;
        plan.write.push_back(differs);
        if (differs) ++(found == Found::left ? plan.changes.inserted : plan.changes.updated);
    });
    return plan;
}

std::string load_sql(const Ends& ends, const Table& table) {
    // Rows of a table that nobody has seen yet need no later visit of the vacuum.
    const bool freeze = ends.is_new_schema && !table.name.starts_with("ingot_");
    return "COPY " + std::string(table.name) + " (" + column_list(table) +
           ") FROM STDIN (FORMAT binary" + (freeze ? ", FREEZE)" : ")");
}

std::int64_t write_rows(const Ends& ends, const RowPlan& plan, const Table& table) {
    if (plan.changes.inserted + plan.changes.updated == 0) return 0;
    if (plan.changes.updated == 0) return copy_flagged(ends, plan, table, table);
    const std::string name(table.name);
    const std::string staging_name = "ingot_new_" + name;
    Table staging = table;
    staging.name = staging_name;
    ends.postgres.execute("CREATE TEMP TABLE " + staging_name + " (LIKE " + name +
                          ") ON COMMIT DROP");
    const std::int64_t bytes = copy_flagged(ends, plan, table, staging);
    const std::string sets = overwrite_list(table);
    ends.postgres.execute("INSERT INTO " + name + " (" + column_list(table) + ") SELECT " +
                          column_list(table) + " FROM " + staging_name + " ON CONFLICT (" +
                          joined(table.key) + ") DO " +
                          (sets.empty() ? "NOTHING" : "UPDATE SET " + sets));
    return bytes;
}

std::int64_t remove_rows(const Ends& ends, const RowPlan& plan,
                         std::span<const Table* const> referrers) {
    if (plan.gone.empty()) return 0;
    const std::string name(plan.query.table->name);
    const std::string gone_name = "ingot_gone_" + name;
    const Table gone = table_of_gone(*plan.query.table, gone_name);
    ends.postgres.execute("CREATE TEMP TABLE " + gone_name + " ON COMMIT DROP AS SELECT " +
                          joined(plan.query.table->key) +
                          R"(, ''::text COLLATE "C" AS gone_id FROM )" + name + " LIMIT 0");
    CopyIn in(ends.postgres, gone, copy_in_sql(gone));
    const std::size_t width = gone.columns.size();
    for (std::size_t at = 0; at < plan.gone.size(); at += width)
        in.add(std::span(plan.gone).subspan(at, width));
    in.finish();

    std::string sql = "DELETE FROM " + name + " e USING " + gone_name +
                      " g WHERE e.workspace_id = " + std::to_string(ends.workspace_id);
    for (const std::string_view column : plan.query.table->key)
        sql += " AND e." + std::string(column) + " = g." + std::string(column);
    if (referrers.empty()) return ends.postgres.execute(sql);
    sql += unnamed(*plan.query.table, referrers);
    std::int64_t removed = 0;
    while (const std::int64_t now = ends.postgres.execute(sql))
        removed += now;  // a child may go with its parent
    return removed;
}

}  // namespace ingot
