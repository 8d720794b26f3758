// SPDX-License-Identifier: MIT
#include "loaders/postgres_query.hpp"

#include "loaders/conninfo.hpp"

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

void guarded(const std::string& conninfo, const std::function<void()>& work) {
    try {
        work();
    } catch (const pqxx::broken_connection& error) {
        throw DatabaseUnreachable("PostgreSQL was lost: " + scrubbed(error.what(), conninfo));
    } catch (const pqxx::failure& error) {
        throw RunError(Exit::failed, "PostgreSQL: " + scrubbed(error.what(), conninfo));
    }
}

void read_postgres(Pool& pool, const std::function<void(const RunQuery&)>& read) {
    const Pool::Lease lease = pool.acquire();
    guarded(pool.conninfo(), [&] {
        pqxx::read_transaction transaction(*lease);
        read(postgres_query(transaction));
    });
}

}  // namespace ingot
