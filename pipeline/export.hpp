// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/archive.hpp"
#include "pipeline/model/errors.hpp"
#include "pipeline/output_tree.hpp"

#include <span>
#include <string>
#include <vector>

namespace ingot {

/// A source that could not be written back.
struct NotExported {
    std::string path;
    std::string reason;
};

/// What an export wrote.
struct ExportResult {
    std::int64_t files = 0;
    std::int64_t bytes = 0;
    std::int64_t links = 0;
    std::int64_t directories = 0;
    std::vector<NotExported> withheld;  ///< Never read: denied, unreadable.
    std::vector<NotExported> failed;    ///< Their bytes are not in the archive, or damaged.
    Exit exit = Exit::done;
};

/// Writes sources of a workspace back as they were: path, bytes, mode, modification time. Each file is
/// compared with the hash of its content. Goes on past one that cannot be written.
ExportResult export_sources(Reader& reader, std::int64_t workspace_id,
                            std::span<const ArchivedSource> sources, OutputTree& tree);

}  // namespace ingot
