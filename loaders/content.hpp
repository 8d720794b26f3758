// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/merge.hpp"
#include "loaders/reader.hpp"

#include "pipeline/model/batch.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>

/// What is in a database, computed from its rows: the checksums that tell two copies apart.
namespace ingot {

/// Rows and checksum per source.
using SourceTallies = std::map<std::int64_t, TableTally>;

/// Of a fact table, from its rows.
SourceTallies source_tallies(Reader& reader, const Table& table, std::int64_t workspace_id);

/// What was stored with the import, per table.
std::map<std::string, SourceTallies> stored_tallies(Reader& reader, std::int64_t workspace_id);

/// The sum over all sources.
TableTally total(const SourceTallies& tallies);

/// Rows of one source of a fact table, or all rows of an entity table, by key.
std::unique_ptr<RowCursor> rows_by_key(Reader& reader, const Table& table,
                                       std::int64_t workspace_id,
                                       std::optional<std::int64_t> source_id = {});

/// A row that is not the same on both sides; a side that lacks it is empty.
using SeeDifference =
    std::function<void(std::span<const Value> expected, std::span<const Value> found)>;

/// What both sides hold, and each difference.
struct Compared {
    TableTally expected;
    TableTally found;
    std::int64_t differences = 0;
};
Compared compare_content(const Table& table, RowCursor& expected, RowCursor& found,
                         const SeeDifference& see);

}  // namespace ingot
