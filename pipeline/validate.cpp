// SPDX-License-Identifier: MIT
#include "pipeline/validate.hpp"

#include "loaders/database.hpp"
#include "loaders/sqlite_query.hpp"
#include "pipeline/json_check.hpp"
#include "pipeline/tables/tables.hpp"

#include <algorithm>

#include <oneapi/tbb/parallel_for.h>

namespace ingot {
namespace {

std::int64_t inferred_rows(const Table& table, const CheckScope& scope, const RunQuery& run) {
    if (table.columns.back().traits.fold != Fold::inferred) return 0;
    const std::string condition = scope.dialect == Dialect::sqlite ? "inferred = 1" : "inferred";
    const auto rows =
        run("SELECT count(*) FROM " + std::string(table.name) +
            " WHERE workspace_id = " + std::to_string(scope.workspace_id) + " AND " + condition);
    return std::stoll(rows.at(0).at(0).value_or("0"));
}

/// What a run did to the ledger, by the ledger itself; the store counts the other tables' rows.
std::optional<ChangeCounts> ledger_changes(const Table& table, const CheckScope& scope,
                                           const RunQuery& run) {
    if (table.name != "sources" || scope.run_id.empty()) return {};
    const std::string of_workspace = " WHERE workspace_id = " + std::to_string(scope.workspace_id);
    const std::string id = "'" + scope.run_id + "'";
    const auto row =
        run("SELECT count(*) FILTER (WHERE first_run_id = " + id +
            "), count(*) FILTER (WHERE last_run_id = " + id + " AND first_run_id <> " + id +
            "), (SELECT count(*) FROM source_versions" + of_workspace + " AND run_id = " + id +
            " AND status IN ('pruned', 'renamed', 'dropped')) FROM sources" + of_workspace)
            .at(0);
    return ChangeCounts{.inserted = std::stoll(row[0].value_or("0")),
                        .updated = std::stoll(row[1].value_or("0")),
                        .removed = std::stoll(row[2].value_or("0"))};
}

/// What was found of one table.
struct Checked {
    TableCheck check;
    std::int64_t inferred = 0;
    std::optional<ChangeCounts> changes;  ///< Where the store does not count them.
};

Checked check_one(const Table& table, const CheckScope& scope, const RunQuery& run) {
    return {check_table(table, scope, run), inferred_rows(table, scope, run),
            ledger_changes(table, scope, run)};
}

/// A warning that SQLite gives as often: its rows are named there.
bool is_known(const TableLine& line, const CheckResult& warning) {
    const auto known = std::ranges::find(line.checks, warning.name, &CheckResult::name);
    return !warning.is_error && known != line.checks.end() &&
           known->violations == warning.violations;
}

void enter(Report& report, Side side, const Table& table, Checked found,
           const std::map<std::string_view, ChangeCounts>& changes) {
    TableLine& line = line_of(report, table.name);
    DatabaseLine database{.rows = found.check.rows, .changes = {}, .checksum = {}};
    if (const auto change = changes.find(table.name); change != changes.end())
        database.changes = change->second;
    if (found.changes) database.changes = *found.changes;
    if (side == Side::sqlite || !line.sqlite) line.source_rows = found.check.extracted;
    line.inferred = found.inferred;
    (side == Side::sqlite ? line.sqlite : line.postgres) = database;
    for (CheckResult& check : found.check.checks) {
        if (side == Side::postgres) {
            if (is_known(line, check)) check.examples.clear();
            check.name = "postgres." + check.name;
        }
        line.checks.push_back(std::move(check));
    }
}

/// Its rows belong to sources, or are the sources.
bool is_loaded_table(std::string_view name) {
    return name == "sources" || std::ranges::any_of(tables(), [&](const Table* table) {
               return table->name == name && table->kind == Kind::fact;
           });
}

}  // namespace

TableLine& line_of(Report& report, std::string_view table) {
    const auto line = std::ranges::find(report.tables, table, &TableLine::table);
    if (line != report.tables.end()) return *line;
    report.tables.push_back({.table = std::string(table),
                             .source_checksum = {},
                             .sqlite = {},
                             .postgres = {},
                             .checks = {}});
    return report.tables.back();
}

std::vector<const Table*> checked_tables(const std::vector<std::string>& selected) {
    std::vector<const Table*> chosen;
    for (const Table* table : tables()) {
        if (table->kind == Kind::bookkeeping && table->name != "sources") continue;
        if (selected.empty() || std::ranges::find(selected, table->name) != selected.end())
            chosen.push_back(table);
    }
    for (const std::string& name : selected)
        if (std::ranges::none_of(chosen, [&](const Table* table) { return table->name == name; }))
            throw UsageError("no table is named " + name + "; docs/tables.md lists them");
    return chosen;
}

void check_tables(Report& report, Side side, const CheckScope& scope,
                  std::span<const Table* const> tables,
                  const std::map<std::string_view, ChangeCounts>& changes, const RunQuery& run) {
    for (const Table* table : tables)
        enter(report, side, *table, check_one(*table, scope, run), changes);
}

void check_sqlite(Report& report, const std::string& path, const CheckScope& scope,
                  std::span<const Table* const> tables,
                  const std::map<std::string_view, ChangeCounts>& changes) {
    const auto with_query = [&](const std::function<void(const RunQuery&)>& use) {
        const auto db = open_database(path);
        register_check_functions(*db, {is_valid_json, path + ".store"});
        use(sqlite_query(*db));
    };
    CheckScope shared = scope;
    shared.run_together = [&](const std::vector<std::string>& queries) {
        std::vector<std::vector<std::vector<std::optional<std::string>>>> answers(queries.size());
        oneapi::tbb::parallel_for(std::size_t{0}, queries.size(), [&](std::size_t i) {
            with_query([&](const RunQuery& query) { answers[i] = query(queries[i]); });
        });
        return answers;
    };
    std::vector<Checked> found(tables.size());
    oneapi::tbb::parallel_for(std::size_t{0}, tables.size(), [&](std::size_t i) {
        with_query([&](const RunQuery& query) { found[i] = check_one(*tables[i], shared, query); });
    });
    for (std::size_t i = 0; i < tables.size(); ++i)
        enter(report, Side::sqlite, *tables[i], std::move(found[i]), changes);
}

void judge(Report& report) {
    // What follows from sources that only PostgreSQL holds is not in SQLite: entities may differ then.
    for (TableLine& line : report.tables) {
        const auto foreign = report.foreign_rows.find(line.table);
        const std::int64_t more = foreign == report.foreign_rows.end() ? 0 : foreign->second;
        const bool is_fact = is_loaded_table(line.table);
        // A dry run shows what would be there, nothing that could be compared.
        const bool counted = line.sqlite && line.postgres && report.mode != "dry-run" &&
                             (report.foreign_sources == 0 || is_fact);
        if (counted && line.sqlite->rows + more != line.postgres->rows)
            line.checks.push_back({line.table + ".count_equal",
                                   true,
                                   std::abs(line.sqlite->rows + more - line.postgres->rows),
                                   {std::to_string(line.sqlite->rows) + " rows in SQLite, " +
                                    std::to_string(line.postgres->rows) + " in PostgreSQL"}});
        if (counted && more == 0 && line.sqlite->checksum && line.postgres->checksum &&
            line.sqlite->checksum != line.postgres->checksum)
            line.checks.push_back({line.table + ".content_equal",
                                   true,
                                   1,
                                   {"checksum " + *line.sqlite->checksum + " in SQLite, " +
                                    *line.postgres->checksum + " in PostgreSQL"}});
        line.ok = std::ranges::none_of(
            line.checks, [](const CheckResult& c) { return c.is_error && c.violations > 0; });
        if (!line.ok) report.exit = gravest(report.exit, Exit::invalid);
    }
    if (report.bytes.unaccounted() != 0) report.exit = gravest(report.exit, Exit::invalid);
}

}  // namespace ingot
