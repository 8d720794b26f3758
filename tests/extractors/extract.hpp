// SPDX-License-Identifier: MIT
#pragma once

#include "extractors/extractor.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace ingot::testing {

/// A file that an extractor was run on; keeps the bytes that the batch points into.
struct Extracted {
    std::unique_ptr<Source> source;
    std::unique_ptr<Settings> settings;
    std::unique_ptr<std::string> bytes;    ///< With 64 bytes of padding behind.
    const Extractor* extractor = nullptr;  ///< Who took it; nullptr: nobody.
    std::unique_ptr<Batch> batch;

    /// Rows of a table, one a line, "column=value" of what is not NULL, the key's ids left out:
    /// "0.0 event_type=log severity=info message=hello". Times are canonical text.
    std::string rows(std::string_view table) const;
    /// Values of one column, comma separated; NULL is "-".
    std::string column(std::string_view table, std::string_view column) const;
    /// "bad_json@12+30 line 2" per reject, comma separated.
    std::string rejects() const;
    /// "row/rejected/blank/pending" bytes.
    std::string account() const;
    /// True when the account adds up to the size.
    bool balanced() const;
};

/// Runs the extractor that takes the path and content, on one piece. mtime is 2026-01-02T03:04:05Z.
Extracted extract(std::string_view path, std::string_view bytes, Settings settings = Settings());

}  // namespace ingot::testing
