// SPDX-License-Identifier: MIT
#include "tests/loaders/check_fixture.hpp"

#include "loaders/postgres_query.hpp"
#include "loaders/sqlite_query.hpp"
#include "pipeline/tables/tables.hpp"
#include "tests/loaders/cluster.hpp"

#include <algorithm>

#include <boost/filesystem.hpp>
#include <pqxx/nontransaction>

namespace ingot::testing {
namespace {

constexpr std::int64_t kWorkspace = 7;

std::string& schema() {
    static std::string name;
    return name;
}

/// CREATE TABLE without NOT NULL, primary and foreign keys.
std::string bare_table(Dialect dialect, Table table) {
    for (Column& column : table.columns) column.required = false;
    table.references.clear();
    std::string sql = create_table(dialect, table);
    const std::size_t key = sql.find(",\n    PRIMARY KEY");
    return sql.erase(key, sql.rfind("\n)") - key);
}

bool is_of_source(const Table& table, std::string_view column) {
    return table.kind == Kind::fact && column == "source_id";
}

/// A value that breaks no rule. The first row of a table is "one", the parent of all others.
std::string plain_value(const Table& table, const Column& column, int row) {
    const bool is_first = row == 0;
    const bool is_key = std::ranges::find(table.key, column.name) != table.key.end();
    if (column.name == "workspace_id") return std::to_string(kWorkspace);
    if (is_of_source(table, column.name)) return "1";
    if (column.name == "agent_type") return "'pm'";
    if (column.name == "kind" && table.name == "context_sessions") return "'context'";
    if (column.name == "content_path") return "NULL";
    if (!column.traits.domain.empty())
        return "'" + std::string(column.traits.domain.substr(0, column.traits.domain.find(' '))) +
               "'";
    switch (column.type) {
        case Type::integer: return is_key ? std::to_string(row + 1) : "0";
        case Type::real: return "0.5";
        case Type::boolean: return "FALSE";
        case Type::time: return "'2025-01-01T00:00:00.000000Z'";
        case Type::json: return "'{}'";
        case Type::bytes: return "NULL";
        case Type::text: return is_first || !is_key ? "'one'" : "'two'";
    }
    return "NULL";
}

std::string insert_of(const Table& table, const RowValues& values, int row) {
    std::string names;
    std::string cells;
    for (const Column& column : table.columns) {
        const auto given = values.find(column.name);
        names += (names.empty() ? "" : ", ") + std::string(column.name);
        cells += (cells.empty() ? "" : ", ") +
                 (given != values.end() ? given->second : plain_value(table, column, row));
    }
    return "INSERT INTO " + std::string(table.name) + " (" + names + ") VALUES (" + cells + ")";
}

CheckScope scope_of(Dialect dialect, const std::string& run_id) {
    return {.dialect = dialect,
            .workspace_id = kWorkspace,
            .now = {1'760'000'000'000'000},
            .run_id = run_id};
}

std::string said(const std::vector<CheckResult>& checks, const std::string& name) {
    const auto check = std::ranges::find(checks, name, &CheckResult::name);
    if (check == checks.end()) return "not checked";
    std::string out = std::to_string(check->violations);
    for (const std::string& example : check->examples)
        out += (&example == check->examples.data() ? ": " : " | ") + example;
    return out;
}

const Table& table_of_check(const std::string& check) {
    return table_named(std::string_view(check).substr(0, check.find('.')));
}

}  // namespace

const Table& table_named(std::string_view name) {
    return **std::ranges::find(tables(), name, &Table::name);
}

void CheckTest::SetUpTestSuite() {
    schema() = new_schema();
    Connection connection(cluster_url(), schema());
    pqxx::nontransaction work(connection);
    work.exec("CREATE SCHEMA " + quoted_name(schema()));
    for (const Table* table : tables()) work.exec(bare_table(Dialect::postgres, *table));
}

CheckTest::CheckTest()
    : store(boost::filesystem::temp_directory_path() /
            boost::filesystem::unique_path("ingot-check-%%%%%%%%")),
      connection_(std::make_unique<Connection>(cluster_url(), schema())),
      work_(std::make_unique<pqxx::work>(*connection_)) {
    for (const Table* table : tables()) db_.exec(bare_table(Dialect::sqlite, *table));
    register_check_functions(
        db_, {[](std::string_view text) { return text.starts_with('{') && text.ends_with('}'); },
              store.string()});
    fill();
}

CheckTest::~CheckTest() {
    work_.reset();
    boost::filesystem::remove_all(store);
}

/// One row a table, and the account of it.
void CheckTest::fill() {
    add("workspaces", {});
    add("sources", {{"source_id", "1"},
                    {"path", "'logs/a.log'"},
                    {"status", "'loaded'"},
                    {"last_run_id", "'run-1'"}});
    for (const Table* table : tables()) {
        if (table->kind == Kind::bookkeeping) continue;
        rows_ = 0;
        add(table->name, {});
        if (table->kind == Kind::fact)
            add("source_tables", {{"source_id", "1"},
                                  {"table_name", "'" + std::string(table->name) + "'"},
                                  {"row_count", "1"}});
    }
    rows_ = 1;
}

void CheckTest::add(std::string_view table, const RowValues& values) {
    sql(insert_of(table_named(table), values, rows_++));
}

void CheckTest::add_to_sqlite(std::string_view table, const RowValues& values) {
    db_.exec(insert_of(table_named(table), values, rows_++));
}

void CheckTest::sql(const std::string& statement) {
    db_.exec(statement);
    work_->exec(statement);
}

std::vector<CheckResult> CheckTest::sqlite_checks(const Table& table, const std::string& run_id) {
    return check_table(table, scope_of(Dialect::sqlite, run_id), sqlite_query(db_)).checks;
}

std::vector<CheckResult> CheckTest::postgres_checks(const Table& table, const std::string& run_id) {
    return check_table(table, scope_of(Dialect::postgres, run_id), postgres_query(*work_)).checks;
}

std::string CheckTest::found_in_sqlite(const std::string& check, const std::string& run_id) {
    return said(sqlite_checks(table_of_check(check), run_id), check);
}

std::string CheckTest::found_in_postgres(const std::string& check, const std::string& run_id) {
    return said(postgres_checks(table_of_check(check), run_id), check);
}

std::string CheckTest::found(const std::string& check, const std::string& run_id) {
    std::string ours = found_in_sqlite(check, run_id);
    EXPECT_EQ(found_in_postgres(check, run_id), ours);
    return ours;
}

}  // namespace ingot::testing
