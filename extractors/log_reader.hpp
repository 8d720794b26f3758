// SPDX-License-Identifier: MIT
#pragma once

#include "extractors/extractor.hpp"
#include "extractors/log_scan.hpp"

namespace ingot {

/// Turns a log's records into events. A line without a stamp belongs to the record above it; before
/// the first stamp `undated` says what it is. A log in UTF-16 is rejected whole.
void read_log(const Piece& piece, Batch& out, Undated undated);

/// Cuts before the last line of the window that starts a record whatever stands above it.
Split split_log(std::string_view window, std::string_view state, Undated undated);

}  // namespace ingot
