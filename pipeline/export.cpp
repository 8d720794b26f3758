// SPDX-License-Identifier: MIT
#include "pipeline/export.hpp"

#include "pipeline/interrupt.hpp"
#include "pipeline/model/bookkeeping.hpp"
#include "pipeline/model/hash.hpp"

namespace ingot {
namespace {

class Export {
public:
    Export(Reader& reader, std::int64_t workspace_id, OutputTree& tree)
        : reader_(reader), workspace_id_(workspace_id), tree_(tree) {}

    void write(const ArchivedSource& source) {
        check_interrupt();
        if (source.status == "denied" || source.status == "unreadable") {
            result_.withheld.push_back({source.path, "was " + source.status + " when imported"});
            return;
        }
        try {
            write_entry(source);
        } catch (const NotArchived& error) {
            note(source, error.what(), Exit::failed);
        } catch (const ArchiveError& error) {
            note(source, error.what(), Exit::invalid);
        } catch (const OutputError& error) {
            note(source, error.what(), Exit::failed);
        }
    }
    ExportResult& result() { return result_; }

private:
    void write_entry(const ArchivedSource& source) {
        const OutputEntry entry{
            .path = source.path, .mode = source.mode, .modified_ns = source.modified_ns};
        if (source.status == "link") {
            tree_.write_link(entry, target_of(source));
            ++result_.links;
        } else if (source.status == "directory") {
            tree_.make_directory(entry);
            ++result_.directories;
        } else {
            write_content(source, entry);
            ++result_.files;
            result_.bytes += source.size;
        }
    }

    void write_content(const ArchivedSource& source, const OutputEntry& entry) {
        tree_.write_file(entry, [&](const std::function<void(std::string_view)>& write) {
            ContentHasher hasher;
            read_archive(reader_,
                         {.workspace_id = workspace_id_,
                          .source_id = source.source_id,
                          .source_version = source.source_version,
                          .begin = 0,
                          .end = source.size},
                         [&](std::string_view bytes) {
                             hasher.add(bytes);
                             write(bytes);
                         });
            if (to_hex(hasher.digest()) != source.content_hash)
                throw ArchiveError("the archived bytes are not those that were imported");
        });
    }

    /// A target that is not UTF-8 is in the archive.
    std::string target_of(const ArchivedSource& source) {
        std::string bytes;
        reader_.rows(table_of<SourceSegment>(),
                     in_workspace(workspace_id_) +
                         " AND source_id = " + std::to_string(source.source_id) +
                         " AND source_version = " + std::to_string(source.source_version) +
                         " ORDER BY segment_no",
                     [&](std::span<const Value> row) { bytes += segment_bytes(row); });
        return bytes.empty() ? source.link_target : bytes;
    }

    void note(const ArchivedSource& source, const std::string& reason, Exit exit) {
        result_.failed.push_back({source.path, reason});
        if (result_.exit != Exit::failed) result_.exit = exit;
    }

    Reader& reader_;
    std::int64_t workspace_id_;
    OutputTree& tree_;
    ExportResult result_;
};

}  // namespace

ExportResult export_sources(Reader& reader, std::int64_t workspace_id,
                            std::span<const ArchivedSource> sources, OutputTree& tree) {
    Export work(reader, workspace_id, tree);
    for (const ArchivedSource& source : sources) work.write(source);
    return std::move(work.result());
}

}  // namespace ingot
