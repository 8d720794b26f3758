// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/check.hpp"
#include "loaders/database.hpp"
#include "loaders/pool.hpp"

#include "pipeline/model/table.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace ingot {

/// One state of a database, of either kind, for as long as the object lives: what is written meanwhile
/// is not seen.
class Reader {
public:
    Reader() = default;
    Reader(const Reader&) = delete;
    Reader& operator=(const Reader&) = delete;
    virtual ~Reader() = default;

    virtual Dialect dialect() const = 0;
    /// Calls `read` for each row of the table; cells live until it returns. `condition` is what follows
    /// WHERE, in the SQL that both databases speak; it may end with ORDER BY. Nothing else can be asked
    /// before the last row.
    virtual void rows(const Table& table, const std::string& condition,
                      const std::function<void(std::span<const Value>)>& read) = 0;
    /// Small answers, as text.
    virtual RunQuery query() = 0;

    /// The workspaces that it holds, by name.
    std::vector<StoredWorkspace> workspaces();
};

/// Throws RunError when there is no such database, SchemaTooNew.
std::unique_ptr<Reader> read_sqlite(const std::string& path);

/// The schema of the pool. Throws DatabaseUnreachable, and RunError when it holds no Ingot tables.
std::unique_ptr<Reader> read_postgres(Pool& pool);

/// "'text'" as SQL of both databases.
std::string sql_text(std::string_view text);

}  // namespace ingot
