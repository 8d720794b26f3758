// SPDX-License-Identifier: MIT
#pragma once

#include "extractors/json.hpp"

#include <functional>

namespace ingot {

/// Reads one record; what it throws as RowError rejects the record. It must read all that may throw
/// before it adds its first row.
using ReadRecord = std::function<void(const json::Document& record, std::int64_t offset)>;

/// Whether an object found behind a broken record is a record of its own and not a part of it.
using LooksLikeRecord = bool (*)(json::Object);

/// Takes a line that git left in a file with a merge conflict, without its end.
using ReadMarker = std::function<void(std::string_view line, std::int64_t offset)>;

/// Calls `read` for each line of a piece and keeps the account. A line that does not parse is
/// searched for whole records glued or spliced together: the good ones are kept, the rest is
/// rejected. An unfinished last line that does not parse is pending. Conflict marks are accepted
/// through `marker`; without it they are rejected.
void for_each_line(const Piece& piece, Batch& out, LooksLikeRecord is_record,
                   const ReadRecord& read, const ReadMarker& marker = {});

}  // namespace ingot
