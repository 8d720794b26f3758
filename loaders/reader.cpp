// SPDX-License-Identifier: MIT
#include "loaders/reader.hpp"

#include "loaders/conninfo.hpp"
#include "loaders/merge.hpp"
#include "loaders/postgres_query.hpp"
#include "loaders/sqlite_query.hpp"

#include "pipeline/model/bookkeeping.hpp"
#include "pipeline/model/errors.hpp"

namespace ingot {
namespace {

std::string select_sql(const Table& table, const std::string& condition) {
    return "SELECT " + column_list(table) + " FROM " + std::string(table.name) + " WHERE " +
           condition;
}

class SqliteCursor : public RowCursor {
public:
    SqliteCursor(SQLite::Database& db, const Table& table, const std::string& select)
        : rows_(db, table, select, {}) {}
    bool next() override { return rows_.next(); }
    std::span<const Value> row() const override { return rows_.row(); }

private:
    SqliteRows rows_;
};

class SqliteReader : public Reader {
public:
    explicit SqliteReader(const std::string& path)
        : db_(open_database(path)), transaction_(*db_, SQLite::TransactionBehavior::DEFERRED) {}

    Dialect dialect() const override { return Dialect::sqlite; }
    std::unique_ptr<RowCursor> cursor(const Table& table, const std::string& condition) override {
        return sqlite_cursor(*db_, table, condition);
    }
    RunQuery query() override { return sqlite_query(*db_); }

private:
    std::unique_ptr<SQLite::Database> db_;
    SQLite::Transaction transaction_;  // ends with a rollback: nothing was written
};

class PostgresCursor : public RowCursor {
public:
    PostgresCursor(Connection& connection, const Table& table, const std::string& select,
                   const std::string& conninfo)
        : conninfo_(conninfo) {
        guarded(conninfo_, [&] { rows_.emplace(connection, table, select); });
    }
    bool next() override {
        bool has_row = false;
        guarded(conninfo_, [&] { has_row = rows_->next(); });
        return has_row;
    }
    std::span<const Value> row() const override { return rows_->row(); }

private:
    const std::string& conninfo_;
    std::optional<CopyOut> rows_;
};

class PostgresReader : public Reader {
public:
    explicit PostgresReader(Pool& pool) : pool_(pool), lease_(pool.acquire()) {
        guarded(pool_.conninfo(), [&] { transaction_.emplace(*lease_); });
        const auto found = query()("SELECT to_regclass('source_versions') IS NOT NULL");
        if (found.at(0).at(0) != "t")
            throw RunError(Exit::failed, "the schema " + pool.schema() + " at " +
                                             redacted(pool.conninfo()) +
                                             " holds no Ingot tables; publish into it first, or "
                                             "name another with --pg-schema");
    }

    Dialect dialect() const override { return Dialect::postgres; }
    std::unique_ptr<RowCursor> cursor(const Table& table, const std::string& condition) override {
        return std::make_unique<PostgresCursor>(*lease_, table, select_sql(table, condition),
                                                pool_.conninfo());
    }
    RunQuery query() override {
        return [this](const std::string& sql) {
            std::vector<std::vector<std::optional<std::string>>> rows;
            guarded(pool_.conninfo(), [&] { rows = postgres_query(*transaction_)(sql); });
            return rows;
        };
    }

private:
    Pool& pool_;
    Pool::Lease lease_;
    std::optional<pqxx::transaction<pqxx::repeatable_read, pqxx::readwrite_policy::read_only>>
        transaction_;
};

}  // namespace

void Reader::rows(const Table& table, const std::string& condition,
                  const std::function<void(std::span<const Value>)>& read) {
    for (const auto found = cursor(table, condition); found->next();) read(found->row());
}

std::vector<StoredWorkspace> Reader::workspaces() {
    std::vector<StoredWorkspace> found;
    rows(table_of<WorkspaceRow>(), "true ORDER BY name", [&](std::span<const Value> row) {
        const auto stored = from_cells<WorkspaceRow>(row);
        found.push_back({stored.workspace_id, std::string(stored.name), std::string(stored.host),
                         std::string(stored.path)});
    });
    return found;
}

std::unique_ptr<Reader> read_sqlite(const std::string& path) {
    return std::make_unique<SqliteReader>(path);
}

std::unique_ptr<Reader> read_postgres(Pool& pool) { return std::make_unique<PostgresReader>(pool); }

std::unique_ptr<RowCursor> sqlite_cursor(SQLite::Database& db, const Table& table,
                                         const std::string& condition) {
    return std::make_unique<SqliteCursor>(db, table, select_sql(table, condition));
}

bool holds_tables(Pool& pool) {
    bool holds = false;
    read_postgres(pool, [&](const RunQuery& query) {
        holds = query("SELECT to_regclass('source_versions') IS NOT NULL").at(0).at(0) == "t";
    });
    return holds;
}

std::string in_workspace(std::int64_t workspace_id) {
    return "workspace_id = " + std::to_string(workspace_id);
}

std::string sql_text(std::string_view text) {
    std::string out = "'";
    for (const char c : text) out += c == '\'' ? "''" : std::string(1, c);
    return out + "'";
}

}  // namespace ingot
