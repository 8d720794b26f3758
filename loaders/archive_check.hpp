// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/archive.hpp"

#include "pipeline/model/ledger.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace ingot {

/// What is wrong with the archive or the history of a source.
struct ArchiveFinding {
    std::int64_t source_id = 0;
    std::string what;
};

/// Unpacks and hashes all segments of a workspace: each must be what its hash says, those of a source must
/// follow each other without a gap, and those of its current version give the content that the ledger
/// says. The newest row of the history must be what the ledger says of the source.
std::vector<ArchiveFinding> check_archive(Reader& reader, const Ledger& ledger,
                                          std::int64_t workspace_id);

/// Rows of the history and the archive that `copy` lacks or has otherwise than `original`.
std::vector<ArchiveFinding> compare_history(Reader& original, Reader& copy,
                                            std::int64_t workspace_id);

}  // namespace ingot
