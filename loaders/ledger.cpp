// SPDX-License-Identifier: MIT
#include "loaders/ledger.hpp"

#include "loaders/sqlite_rows.hpp"

#include <array>

namespace ingot {

Ledger read_ledger(SQLite::Database& db, std::int64_t workspace_id) {
    Ledger ledger;
    const std::array<Value, 1> keys{workspace_id};
    for_each_row(db, table_of<SourceRow>(), "workspace_id = ?1", keys,
                 [&](std::span<const Value> row) {
                     std::vector<Value> kept(row.begin(), row.end());
                     for (Value& value : kept)
                         if (const auto* text = std::get_if<std::string_view>(&value))
                             value = ledger.arena.keep(*text);
                     const auto source = from_cells<SourceRow>(kept);
                     ledger.sources.emplace(source.source_id, source);
                 });
    return ledger;
}

}  // namespace ingot
