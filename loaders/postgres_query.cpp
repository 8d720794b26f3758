// SPDX-License-Identifier: MIT
#include "loaders/postgres_query.hpp"

#include "loaders/conninfo.hpp"
#include "loaders/table_state.hpp"

#include "pipeline/model/errors.hpp"

#include <pqxx/result>
#include <pqxx/row>

namespace ingot {

RunQuery postgres_query(pqxx::transaction_base& transaction) {
    return [&transaction](const std::string& sql) {
        std::vector<std::vector<std::optional<std::string>>> rows;
        const pqxx::result result = transaction.exec(sql);
        for (std::size_t i = 0; i < result.size(); ++i) {
            const pqxx::row found = result[static_cast<pqxx::result::size_type>(i)];
            auto& row = rows.emplace_back();
            for (pqxx::row::size_type c = 0; c < found.size(); ++c)
                row.push_back(found[c].is_null() ? std::nullopt
                                                 : std::optional<std::string>(found[c].c_str()));
        }
        return rows;
    };
}

namespace {

/// Runs work on a connection of the pool; what PostgreSQL says becomes a RunError.
void with_connection(Pool& pool, const std::function<void(Connection&)>& work) {
    const Pool::Lease lease = pool.acquire();
    try {
        work(*lease);
    } catch (const pqxx::broken_connection& error) {
        throw DatabaseUnreachable("PostgreSQL was lost: " +
                                  scrubbed(error.what(), pool.conninfo()));
    } catch (const pqxx::failure& error) {
        throw RunError(Exit::failed, "PostgreSQL: " + scrubbed(error.what(), pool.conninfo()));
    }
}

}  // namespace

void read_postgres(Pool& pool, const std::function<void(const RunQuery&)>& read) {
    with_connection(pool, [&](Connection& connection) {
        pqxx::read_transaction transaction(connection);
        read(postgres_query(transaction));
    });
}

std::map<std::string_view, TableTally>
read_postgres_states(Pool& pool, std::span<const Table* const> tables, std::int64_t workspace_id) {
    std::map<std::string_view, TableTally> states;
    with_connection(pool, [&](Connection& connection) {
        for (const Table* table : tables)
            states[table->name] = postgres_state(connection, *table, workspace_id);
    });
    return states;
}

}  // namespace ingot
