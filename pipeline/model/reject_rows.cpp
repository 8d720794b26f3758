// SPDX-License-Identifier: MIT
#include "pipeline/model/reject_rows.hpp"

#include "pipeline/model/bookkeeping.hpp"
#include "pipeline/model/text.hpp"

namespace ingot {

Rows reject_rows(const Batch& batch, const RejectContext& context, Arena& arena) {
    Rows rows{&table_of<RejectRow>(), {}};
    std::int64_t offset = -1;
    std::int64_t seq = 0;
    for (const Reject& reject : batch.rejects()) {
        seq = reject.offset == offset ? seq + 1 : 0;
        offset = reject.offset;
        for (const std::int64_t key :
             {batch.source().workspace_id, batch.source().source_id, offset, seq})
            rows.cells.emplace_back(key);
        RejectRow row{.source_length = reject.length,
                      .line = {},
                      .reason = name_of(reject.reason),
                      .detail = arena.keep(cleaned(reject.detail)),
                      .raw = {},
                      .run_id = context.run_id};
        if (reject.line > 0) row.line = context.lines_before + reject.line;
        if (reject.raw) row.raw = Bytes{*reject.raw};
        append_cells(rows.cells, row);
    }
    return rows;
}

Tally tally_with_rejects(const Batch& batch, std::int64_t lines_before) {
    Tally tally = batch.tally;
    Arena arena;
    const Rows rows = reject_rows(batch, {.lines_before = lines_before, .run_id = {}}, arena);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        TableTally& rejects = tally.tables[rows.table->name];
        ++rejects.rows;
        rejects.checksum += row_hash(*rows.table, rows.row(i));
    }
    return tally;
}

}  // namespace ingot
