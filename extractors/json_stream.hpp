// SPDX-License-Identifier: MIT
#pragma once

#include "extractors/extractor.hpp"
#include "extractors/json_lines.hpp"

#include <string_view>

namespace ingot {

/// Calls `read` for each JSON value of a piece, whatever the layout: documents over several lines one
/// after another, the elements of an array, one value per line. Keeps the account: brackets, commas,
/// white space, BOMs and `//` lines between records are blank; what does not parse is rejected up to
/// the next place where a document plausibly starts; an unfinished document at the end of a file
/// without a last line feed is pending. Conflict marks between records are accepted through
/// `marker`; without it they are rejected.
void for_each_document(const Piece& piece, Batch& out, const ReadRecord& read,
                       const ReadMarker& marker = {});

/// Where a record stands among others.
struct RecordPlace {
    std::int64_t offset = 0;
    std::size_t index = 0;  ///< Counted over all, broken ones too, from 0.
    bool in_array = false;
};

/// Reads one record; the same rules as for ReadRecord.
using ReadElement = std::function<void(const json::Document& record, const RecordPlace& place)>;

/// The same for a file that is read whole: a document that does not end is rejected, never pending;
/// one that is alone in the file is counted with the white space around it.
void for_each_element(const Piece& piece, Batch& out, const ReadElement& read);

/// Extractor::split for files read by for_each_document: behind the last whole record. The state says
/// whether the place is inside an array.
Split split_documents(std::string_view window, std::string_view state);

}  // namespace ingot
