// SPDX-License-Identifier: MIT
#include "loaders/rejects.hpp"

#include "loaders/archive.hpp"
#include "loaders/ledger.hpp"

#include "pipeline/model/errors.hpp"
#include "pipeline/model/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace ingot {
namespace {

using Key = std::array<std::int64_t, 3>;

/// "source:offset:seq" as numbers.
Key key_of(const std::string& id) {
    Key key{};
    std::string_view rest = id;
    for (std::size_t i = 0; i < key.size(); ++i) {
        const std::string_view part = rest.substr(0, rest.find(':'));
        const auto [end, error] =
            std::from_chars(part.data(), part.data() + part.size(), key.at(i));
        const bool is_number = error == std::errc{} && end == part.data() + part.size();
        const bool is_last = part.size() == rest.size();
        if (!is_number || is_last != (i + 1 == key.size()))
            throw UsageError(id + " is no id of a reject; ingot rejects lists them, in the form "
                                  "source:offset:seq");
        rest.remove_prefix(std::min(part.size() + 1, rest.size()));
    }
    return key;
}

/// A row of `rejects`: provenance first, then the struct's own columns.
StoredReject reject_of(std::span<const Value> row, const Ledger& ledger, std::size_t most_bytes) {
    const auto own = from_cells<RejectRow>(row.subspan(4));
    StoredReject reject{.source_id = std::get<std::int64_t>(row[1]),
                        .offset = std::get<std::int64_t>(row[2]),
                        .seq = std::get<std::int64_t>(row[3]),
                        .length = own.source_length,
                        .line = own.line,
                        .reason = std::string(own.reason),
                        .detail = std::string(own.detail),
                        .raw = {},
                        .run_id = std::string(own.run_id),
                        .path = {}};
    if (own.raw) reject.raw = own.raw->data.substr(0, most_bytes);
    if (const SourceRow* source = ledger.find(reject.source_id)) reject.path = source->path;
    return reject;
}

}  // namespace

std::string StoredReject::id() const {
    return std::to_string(source_id) + ":" + std::to_string(offset) + ":" + std::to_string(seq);
}

std::vector<StoredReject> stored_rejects(Reader& reader, const RejectFilter& filter,
                                         std::size_t most_bytes) {
    const Ledger ledger = read_ledger(reader, filter.workspace_id);
    std::string condition = in_workspace(filter.workspace_id);
    if (!filter.reason.empty()) condition += " AND reason = " + sql_text(filter.reason);
    std::vector<StoredReject> rejects;
    reader.rows(table_of<RejectRow>(), condition, [&](std::span<const Value> row) {
        StoredReject reject = reject_of(row, ledger, most_bytes);
        if (filter.source.empty() || glob_match(filter.source, reject.path))
            rejects.push_back(std::move(reject));
    });
    std::ranges::sort(rejects, {}, [](const StoredReject& reject) {
        return std::tuple(std::string_view(reject.path), reject.offset, reject.seq);
    });
    return rejects;
}

std::string reject_bytes(Reader& reader, std::int64_t workspace_id, const std::string& id) {
    const Key key = key_of(id);
    const Ledger ledger = read_ledger(reader, workspace_id);
    std::optional<StoredReject> found;
    reader.rows(
        table_of<RejectRow>(),
        in_workspace(workspace_id) + " AND source_id = " + std::to_string(key[0]) +
            " AND source_offset = " + std::to_string(key[1]) +
            " AND source_seq = " + std::to_string(key[2]),
        [&](std::span<const Value> row) { found = reject_of(row, ledger, std::string::npos); });
    if (!found) throw UsageError("the workspace has no reject " + id);
    if (found->raw) return *found->raw;
    const SourceRow* source = ledger.find(found->source_id);
    if (source == nullptr || found->reason == "unreadable")
        throw ArchiveError("the bytes of " + found->path + " could not be read");
    std::string bytes;
    read_archive(reader,
                 {.workspace_id = workspace_id,
                  .source_id = found->source_id,
                  .source_version = source->source_version,
                  .begin = found->offset,
                  .end = found->offset + found->length},
                 [&](std::string_view part) { bytes += part; });
    return bytes;
}

}  // namespace ingot
