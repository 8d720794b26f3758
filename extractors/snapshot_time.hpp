// SPDX-License-Identifier: MIT
#pragma once

#include "extractors/snapshot_content.hpp"

namespace ingot {

/// When a memory file was written, as far as it says: a member of the JSON object, a line of the
/// text (front matter and HTML comments too), else the date in its name. Never the file's mtime: a
/// checkout would change it.
std::optional<Timestamp> snapshot_time(const SnapshotContent& content, const Source& source,
                                       const Zone& zone);

/// The date in a file name and the clock behind it, if any: `DEEP_CONSOLIDATION_20250716_1231`,
/// `session_2025_07_31_end`, `summary-20250730-220658`.
std::optional<Timestamp> time_in_name(std::string_view name, const Zone& zone);

/// The time that an object gives itself.
std::optional<Timestamp> time_in_object(json::Object object, const Zone& zone);

}  // namespace ingot
