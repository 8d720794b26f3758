// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/reader.hpp"
#include "pipeline/export.hpp"
#include "pipeline/model/ledger.hpp"
#include "pipeline/options.hpp"
#include "pipeline/scratch.hpp"
#include "pipeline/workspace.hpp"

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace ingot {

/// Sources extracted anew, with the settings they were read with, into a scratch SQLite file: what the
/// databases should hold. Bytes come from the workspace where a file is as it was when imported, else
/// from the archive.
class FreshExtraction {
public:
    /// `only`: these sources; none: all. `reader` holds the archive and the ledger.
    FreshExtraction(const Options& options, const Workspace& workspace, Reader& reader,
                    const std::optional<std::set<std::int64_t>>& only);

    /// Whether the source was extracted.
    bool has(std::int64_t source_id) const { return extracted_.contains(source_id); }
    /// It has every source of the ledger that has rows.
    bool is_whole() const { return is_whole_; }
    /// Sources that could not be extracted, and why.
    const std::vector<NotExported>& unavailable() const { return unavailable_; }
    /// Files that are not as they were imported any more: their bytes came from the archive.
    std::int64_t from_archive() const { return from_archive_; }
    const std::string& path() const { return path_; }

private:
    ScratchDirectory scratch_;
    std::string path_;
    std::set<std::int64_t> extracted_;
    std::vector<NotExported> unavailable_;
    std::int64_t from_archive_ = 0;
    bool is_whole_ = true;
};

}  // namespace ingot
