// SPDX-License-Identifier: MIT
#pragma once

#include "extractors/snapshot_content.hpp"

namespace ingot {

/// Adds the memory_snapshots row of a file: its content and what it says of itself. Content beyond
/// Settings::snapshot_inline becomes a compressed file of the batch. `at`: when it was written.
void add_snapshot(const Piece& piece, const SnapshotContent& content, std::optional<Timestamp> at,
                  Batch& out);

/// working, consolidated, archived or critical: by its own word, else by the folder it was put
/// away in, else by its level of consolidation, else by its name.
std::string_view memory_type(const Source& source, std::optional<json::Object> object);

}  // namespace ingot
