// SPDX-License-Identifier: MIT
#include "pipeline/ledger_check.hpp"

#include "pipeline/differences.hpp"
#include "pipeline/model/hash.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace ingot {
namespace {

/// What reading a source again cannot know, or does not do.
constexpr std::array<std::string_view, 8> kNotRead{
    "source_version", "inode",          "first_run_id", "last_run_id",
    "missing_since",  "archived_bytes", "companions",   "settings"};
constexpr std::array<std::string_view, 2> kRunIds{"first_run_id", "last_run_id"};

bool is_compared(std::string_view column, bool read_again) {
    const auto in = [&](const auto& names) {
        return std::ranges::find(names, column) != names.end();
    };
    return read_again ? !in(kNotRead) : !in(kRunIds);
}

std::int64_t rows_of(const std::map<std::string, SourceTallies>& stored, std::int64_t source,
                     bool rejects) {
    std::int64_t rows = 0;
    for (const auto& [table, tallies] : stored)
        if ((table == "rejects") == rejects)
            if (const auto at = tallies.find(source); at != tallies.end()) rows += at->second.rows;
    return rows;
}

}  // namespace

std::vector<std::string> ledger_findings(const Ledger& ledger,
                                         const std::map<std::string, SourceTallies>& stored,
                                         std::int64_t workspace_id) {
    std::vector<std::string> findings;
    for (const auto& [id, source] : ledger.sources) {
        const std::string path(source.path);
        const std::string_view bytes = source.path_bytes ? source.path_bytes->data : source.path;
        if (source_id_of(workspace_id, bytes) != id)
            findings.push_back(path + ": its source_id is not that of this path");
        if (source.row_count != rows_of(stored, id, false) && source.status != "unreadable")
            findings.push_back(fmt::format("{}: row_count: expected {}, found {}", path,
                                           rows_of(stored, id, false), source.row_count));
        if (source.rejected != rows_of(stored, id, true))
            findings.push_back(fmt::format("{}: rejected: expected {}, found {}", path,
                                           rows_of(stored, id, true), source.rejected));
    }
    return findings;
}

std::vector<std::string> ledger_differences(const Ledger& expected, const Ledger& found,
                                            bool read_again) {
    const Table& table = table_of<SourceRow>();
    std::vector<std::string> differences;
    for (const auto& [id, source] : expected.sources) {
        const SourceRow* other = found.find(id);
        if (other == nullptr) {
            differences.push_back(std::string(source.path) + ": expected a row, found none");
            continue;
        }
        const std::vector<Value> a = cells_of(source);
        const std::vector<Value> b = cells_of(*other);
        for (std::size_t i = 0; i < a.size(); ++i) {
            const Column& column = table.columns[i];
            if (a[i] == b[i] || !is_compared(column.name, read_again)) continue;
            differences.push_back(fmt::format("{}: {}: expected {}, found {}", source.path,
                                              column.name, shown_value(column, a[i]),
                                              shown_value(column, b[i])));
        }
    }
    return differences;
}

}  // namespace ingot
