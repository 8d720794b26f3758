// SPDX-License-Identifier: MIT
#include "loaders/ledger.hpp"

namespace ingot {
namespace {

Ledger read_rows(RowCursor& rows) {
    Ledger ledger;
    while (rows.next()) {
        std::vector<Value> kept(rows.row().begin(), rows.row().end());
        for (Value& value : kept)
            if (const auto* text = std::get_if<std::string_view>(&value))
                value = ledger.arena.keep(*text);
        const auto source = from_cells<SourceRow>(kept);
        ledger.sources.emplace(source.source_id, source);
    }
    return ledger;
}

}  // namespace

Ledger read_ledger(SQLite::Database& db, std::int64_t workspace_id) {
    return read_rows(*sqlite_cursor(db, table_of<SourceRow>(), in_workspace(workspace_id)));
}

Ledger read_ledger(Reader& reader, std::int64_t workspace_id) {
    return read_rows(*reader.cursor(table_of<SourceRow>(), in_workspace(workspace_id)));
}

}  // namespace ingot
