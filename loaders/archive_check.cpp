// SPDX-License-Identifier: MIT
#include "loaders/archive_check.hpp"

#include "loaders/content.hpp"
#include "loaders/narrow_tables.hpp"

#include "pipeline/model/bookkeeping.hpp"
#include "pipeline/model/hash.hpp"

#include <map>
#include <set>

namespace ingot {
namespace {

/// Follows the segments of one version of a source.
struct Chain {
    std::int64_t source_id = 0;
    std::int64_t version = 0;
    std::int64_t end = 0;
    bool is_whole = true;
    ContentHasher hasher;
};

class ArchiveCheck {
public:
    explicit ArchiveCheck(const Ledger& ledger) : ledger_(ledger) {}

    void see(std::span<const Value> row) {
        const auto segment = from_cells<SourceSegment>(row);
        if (segment.source_id != chain_.source_id || segment.source_version != chain_.version) {
            end_chain();
            chain_ = {};
            chain_.source_id = segment.source_id;
            chain_.version = segment.source_version;
        }
        try {
            const std::string bytes = segment_bytes(row);
            chain_.is_whole = chain_.is_whole && segment.source_offset == chain_.end;
            chain_.end = segment.source_offset + segment.byte_length;
            if (chain_.is_whole) chain_.hasher.add(bytes);
        } catch (const ArchiveError& error) {
            note(segment.source_id, error.what());
            chain_.is_whole = false;
            damaged_.insert(segment.source_id);
        }
    }

    std::vector<ArchiveFinding> finish() {
        end_chain();
        for (const auto& [id, source] : ledger_.sources)
            if (source.archived_bytes > 0 && !seen_.contains(id) && !damaged_.contains(id))
                note(id, "bytes 0 to " + std::to_string(source.archived_bytes) +
                             " are not in the archive any more");
        return std::move(findings_);
    }

private:
    /// Only the version that the ledger speaks of can be compared with a content.
    void end_chain() {
        const SourceRow* source = ledger_.find(chain_.source_id);
        if (source == nullptr || source->source_version != chain_.version ||
            source->archived_bytes == 0)
            return;
        seen_.insert(chain_.source_id);
        if (damaged_.contains(chain_.source_id)) return;
        if (!chain_.is_whole)
            note(chain_.source_id, "its segments do not follow each other without a gap");
        else if (chain_.end < source->archived_bytes)
            note(chain_.source_id, "bytes " + std::to_string(chain_.end) + " to " +
                                       std::to_string(source->archived_bytes) +
                                       " are not in the archive any more");
        else if (chain_.end == source->size_bytes && source->content_hash &&
                 to_hex(chain_.hasher.digest()) != *source->content_hash)
            note(chain_.source_id, "the archived bytes are not the content that was imported");
    }

    void note(std::int64_t source, std::string what) {
        findings_.push_back({source, std::move(what)});
    }

    const Ledger& ledger_;
    Chain chain_;
    std::set<std::int64_t> seen_;
    std::set<std::int64_t> damaged_;
    std::vector<ArchiveFinding> findings_;
};

/// The newest row of a source's history against its row in the ledger.
void check_history(Reader& reader, const Ledger& ledger, std::int64_t workspace_id,
                   std::vector<ArchiveFinding>& findings) {
    std::set<std::int64_t> known;
    for (const ArchivedSource& newest : archived_sources(reader, workspace_id, "")) {
        const SourceRow* source = ledger.find(newest.source_id);
        if (source == nullptr) continue;
        known.insert(newest.source_id);
        const std::string_view path = source->path_bytes ? source->path_bytes->data : source->path;
        if (newest.path != path || newest.size != source->size_bytes ||
            newest.mode != source->mode || newest.modified_ns != source->modified_ns ||
            newest.source_version != source->source_version || newest.status != source->status ||
            (newest.missing && !source->missing_since))  // a publication marks without a row
            findings.push_back({newest.source_id, "its newest row in source_versions is not what "
                                                  "the ledger says of it"});
    }
    for (const auto& [id, source] : ledger.sources)
        if (!known.contains(id)) findings.push_back({id, "it has no row in source_versions"});
}

}  // namespace

std::vector<ArchiveFinding> check_archive(Reader& reader, const Ledger& ledger,
                                          std::int64_t workspace_id) {
    ArchiveCheck check(ledger);
    reader.rows(table_of<SourceSegment>(),
                in_workspace(workspace_id) + " ORDER BY source_id, source_version, segment_no",
                [&](std::span<const Value> row) { check.see(row); });
    std::vector<ArchiveFinding> findings = check.finish();
    check_history(reader, ledger, workspace_id, findings);
    return findings;
}

std::vector<ArchiveFinding> compare_history(Reader& original, Reader& copy,
                                            std::int64_t workspace_id) {
    std::vector<ArchiveFinding> findings;
    // A report is known only after a publication: one side may not have it yet.
    for (const Table* table :
         {&segments_without_payload(), &table_of<SourceVersion>(), &runs_without_report()}) {
        const auto expected = rows_by_key(original, *table, workspace_id);
        const auto found = rows_by_key(copy, *table, workspace_id);
        const std::size_t source = table->position("source_id");
        compare_content(
            *table, *expected, *found, [&](std::span<const Value> a, std::span<const Value> b) {
                if (a.empty()) return;  // of another SQLite file, or older
                const bool has_source = source < a.size();
                findings.push_back({has_source ? std::get<std::int64_t>(a[source]) : 0,
                                    "a row of " + std::string(table->name) +
                                        (b.empty() ? " is missing" : " is not SQLite's")});
            });
    }
    return findings;
}

}  // namespace ingot
