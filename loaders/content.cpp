// SPDX-License-Identifier: MIT
#include "loaders/content.hpp"

#include "pipeline/model/bookkeeping.hpp"
#include "pipeline/model/hash.hpp"

namespace ingot {
namespace {

/// A text that is no checksum equals no rows' sum: it is as good as a wrong one.
Hash128 checksum_of(std::string_view hex) {
    const bool is_hash =
        hex.size() == 32 && hex.find_first_not_of("0123456789abcdef") == std::string_view::npos;
    return is_hash ? from_hex(hex) : Hash128{~0ULL, ~0ULL};
}

void add(TableTally& tally, const Hash128& hash) {
    ++tally.rows;
    tally.checksum += hash;
}

}  // namespace

SourceTallies source_tallies(Reader& reader, const Table& table, std::int64_t workspace_id) {
    SourceTallies tallies;
    const std::size_t source = table.position("source_id");
    TableTally* last = nullptr;
    std::int64_t last_id = 0;
    reader.rows(table, in_workspace(workspace_id), [&](std::span<const Value> row) {
        const auto id = std::get<std::int64_t>(row[source]);
        if (last == nullptr || id != last_id) last = &tallies[id], last_id = id;
        add(*last, row_hash(table, row));
    });
    return tallies;
}

std::map<std::string, SourceTallies> stored_tallies(Reader& reader, std::int64_t workspace_id) {
    std::map<std::string, SourceTallies> tallies;
    reader.rows(table_of<SourceTable>(), in_workspace(workspace_id),
                [&](std::span<const Value> row) {
                    const auto stored = from_cells<SourceTable>(row);
                    tallies[std::string(stored.table_name)][stored.source_id] = {
                        stored.row_count, checksum_of(stored.checksum)};
                });
    return tallies;
}

TableTally total(const SourceTallies& tallies) {
    TableTally sum;
    for (const auto& [source, tally] : tallies) {
        sum.rows += tally.rows;
        sum.checksum += tally.checksum;
    }
    return sum;
}

std::unique_ptr<RowCursor> rows_by_key(Reader& reader, const Table& table,
                                       std::int64_t workspace_id,
                                       std::optional<std::int64_t> source_id) {
    std::string condition = in_workspace(workspace_id);
    if (source_id) condition += " AND source_id = " + std::to_string(*source_id);
    return reader.cursor(table, condition + " ORDER BY " + key_columns(table));
}

Compared compare_content(const Table& table, RowCursor& expected, RowCursor& found,
                         const SeeDifference& see) {
    std::vector<std::size_t> key;
    for (const std::string_view column : table.key) key.push_back(table.position(column));
    Compared result;
    merge(expected, found, key,
          [&](Found where, std::span<const Value> left, std::span<const Value> right) {
              const Hash128 a = left.empty() ? Hash128{} : row_hash(table, left);
              const Hash128 b = right.empty() ? Hash128{} : row_hash(table, right);
              if (!left.empty()) add(result.expected, a);
              if (!right.empty()) add(result.found, b);
              if (where == Found::both && a == b) return;
              ++result.differences;
              see(left, right);
          });
    return result;
}

}  // namespace ingot
