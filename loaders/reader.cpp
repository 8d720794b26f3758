// SPDX-License-Identifier: MIT
#include "loaders/reader.hpp"

#include "loaders/conninfo.hpp"
#include "loaders/copy.hpp"
#include "loaders/postgres_query.hpp"
#include "loaders/sqlite_query.hpp"
#include "loaders/sqlite_rows.hpp"

#include "pipeline/model/bookkeeping.hpp"
#include "pipeline/model/errors.hpp"

namespace ingot {
namespace {

class SqliteReader : public Reader {
public:
    explicit SqliteReader(const std::string& path)
        : db_(open_database(path)), transaction_(*db_, SQLite::TransactionBehavior::DEFERRED) {}

    Dialect dialect() const override { return Dialect::sqlite; }
    void rows(const Table& table, const std::string& condition,
              const std::function<void(std::span<const Value>)>& read) override {
        for_each_row(*db_, table, condition, {}, read);
    }
    RunQuery query() override { return sqlite_query(*db_); }

private:
    std::unique_ptr<SQLite::Database> db_;
    SQLite::Transaction transaction_;  // ends with a rollback: nothing was written
};

class PostgresReader : public Reader {
public:
    explicit PostgresReader(Pool& pool) : pool_(pool), lease_(pool.acquire()) {
        guarded([&] { transaction_.emplace(*lease_); });
        const auto found = query()("SELECT to_regclass('source_versions') IS NOT NULL");
        if (found.at(0).at(0) != "t")
            throw RunError(Exit::failed, "the schema " + pool.schema() + " at " +
                                             redacted(pool.conninfo()) +
                                             " holds no Ingot tables; publish into it first, or "
                                             "name another with --pg-schema");
    }

    Dialect dialect() const override { return Dialect::postgres; }
    void rows(const Table& table, const std::string& condition,
              const std::function<void(std::span<const Value>)>& read) override {
        guarded([&] {
            CopyOut out(*lease_, table,
                        "SELECT " + column_list(table) + " FROM " + std::string(table.name) +
                            " WHERE " + condition);
            while (out.next()) read(out.row());
        });
    }
    RunQuery query() override {
        return [this](const std::string& sql) {
            std::vector<std::vector<std::optional<std::string>>> rows;
            guarded([&] { rows = postgres_query(*transaction_)(sql); });
            return rows;
        };
    }

private:
    void guarded(const std::function<void()>& work) {
        try {
            work();
        } catch (const pqxx::broken_connection& error) {
            throw DatabaseUnreachable("PostgreSQL was lost: " +
                                      scrubbed(error.what(), pool_.conninfo()));
        } catch (const pqxx::failure& error) {
            throw RunError(Exit::failed, "PostgreSQL: " + scrubbed(error.what(), pool_.conninfo()));
        }
    }

    Pool& pool_;
    Pool::Lease lease_;
    std::optional<pqxx::transaction<pqxx::repeatable_read, pqxx::readwrite_policy::read_only>>
        transaction_;
};

}  // namespace

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

std::string sql_text(std::string_view text) {
    std::string out = "'";
    for (const char c : text) out += c == '\'' ? "''" : std::string(1, c);
    return out + "'";
}

}  // namespace ingot
