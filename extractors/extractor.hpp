// SPDX-License-Identifier: MIT
#pragma once

#include "pipeline/model/batch.hpp"

#include <span>
#include <string>
#include <string_view>

namespace ingot {

/// How a source may be divided.
enum class Cut {
    lines,     ///< One JSON value per line: any line start is a place to cut.
    stream,    ///< Records that only `split` can tell apart.
    whole,     ///< One document: read whole, loaded whole again when it changed.
    database,  ///< A SQLite file: read from a private copy.
};

/// What is known of a file when its extractor is chosen.
struct Candidate {
    const Source& source;
    std::string_view head;  ///< The first 64 KiB, readable 64 bytes past their end.
};

/// Where a window over a stream may be cut.
struct Split {
    std::size_t end = 0;  ///< Bytes that are whole records; 0: no record ends in the window.
    std::string state;    ///< What the next piece must know.
};

/// Turns the bytes of one kind of file into rows. Pure: reads the piece, writes the batch.
/// Requires of `extract`: every byte of the piece is counted once in the batch's tally.
struct Extractor {
    std::string_view name;
    std::int64_t version;  ///< Raised when its rows change: sources are then read again.
    std::string_view family;
    Cut cut;
    bool (*takes)(const Candidate&);
    void (*extract)(const Piece&, Batch&);
    /// Streams only: where to cut a window that does not reach the end of the file.
    Split (*split)(std::string_view window, std::string_view state) = nullptr;
    /// Databases: brings a private copy's companions into it, so that several may read it at once.
    /// False when that cannot be done: one has to read it alone.
    bool (*settle)(const std::string& path) = nullptr;
    /// Where its records mainly go: the table whose line in the report shows its rejects.
    std::string_view main_table = {};
    /// Whether the path alone says that a file is its: then it also gets what nobody takes, and
    /// rejects it.
    bool (*claims)(const Source&) = nullptr;
};

/// All extractors; the first that takes a file has it, else the first that claims it.
std::span<const Extractor* const> extractors();

/// nullptr: nobody takes or claims it, the source stays unmapped.
const Extractor* extractor_for(const Candidate& candidate);

/// nullptr when there is none of that name.
const Extractor* extractor_named(std::string_view name);

}  // namespace ingot
