// SPDX-License-Identifier: MIT
#include "pipeline/content_copies.hpp"

#include <oneapi/tbb/parallel_for.h>

namespace ingot {
namespace {

void read_rows(Copy& copy, const ContentScope& scope, const std::vector<const Table*>& facts) {
    const std::int64_t workspace_id = scope.workspace.id;
    copy.stored = stored_tallies(*copy.reader, workspace_id);
    for (const Table* table : facts) copy.rows[table];
    if (copy.reader->dialect() == Dialect::postgres) {
        for (const Table* table : facts)
            copy.rows[table] = source_tallies(*copy.reader, *table, workspace_id);
        return;
    }
    oneapi::tbb::parallel_for(std::size_t{0}, facts.size(), [&](std::size_t i) {
        const auto reader = read_sqlite(scope.options.sqlite);
        copy.rows.at(facts[i]) = source_tallies(*reader, *facts[i], workspace_id);
    });
}

}  // namespace

std::vector<Copy> read_copies(const ContentScope& scope, const std::vector<const Table*>& facts) {
    std::vector<Copy> copies;
    const auto add = [&](const char* prefix, std::unique_ptr<Reader> reader) {
        copies.push_back({.prefix = prefix, .reader = std::move(reader), .stored = {}, .rows = {}});
    };
    if (scope.with_sqlite) add("", read_sqlite(scope.options.sqlite));
    if (scope.postgres != nullptr) add("postgres.", read_postgres(*scope.postgres));
    oneapi::tbb::parallel_for(std::size_t{0}, copies.size(),
                              [&](std::size_t i) { read_rows(copies[i], scope, facts); });
    return copies;
}

bool equal(const TableTally& a, const TableTally& b) {
    return a.rows == b.rows && a.checksum == b.checksum;
}

TableTally tally_of(const SourceTallies& tallies, std::int64_t source_id) {
    const auto at = tallies.find(source_id);
    return at == tallies.end() ? TableTally{} : at->second;
}

}  // namespace ingot
