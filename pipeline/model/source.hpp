// SPDX-License-Identifier: MIT
#pragma once

#include "pipeline/model/time.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace ingot {

/// What the user chose that changes what extractors make of bytes.
struct Settings {
    Zone zone;                                        ///< For times without a zone.
    std::size_t snapshot_inline = 64 << 10;           ///< Longer content goes to the file store.
    std::size_t max_record = std::size_t{64} << 20U;  ///< A longer record is a reject `too_long`.
};

/// One input file as an extractor sees it.
struct Source {
    std::int64_t workspace_id = 0;
    std::int64_t source_id = 0;
    std::string path;       ///< Relative to the workspace, '/' separated, clean text.
    std::int64_t size = 0;  ///< Bytes.
    Timestamp modified;     ///< Set Batch::uses_file_time when a row depends on it.

    std::string_view file_name() const;  ///< After the last '/'.
    std::string_view stem() const;       ///< file_name() without its last ending.
    std::string_view folder() const;     ///< Name of the innermost folder, or empty.
    std::string_view path_without_ending() const;
    bool below(std::string_view folder_name) const;  ///< Some folder of the path has this name.
    bool ends_with(std::string_view ending) const;   ///< Of the name, ignoring ASCII case.
};

/// The stretch of a source that an extractor is asked to turn into rows.
struct Piece {
    const Source& source;
    const Settings& settings;
    std::string_view bytes;       ///< Readable 64 bytes past its end.
    std::int64_t offset = 0;      ///< Of bytes[0] in the file.
    bool first = true;            ///< offset is 0.
    bool last = true;             ///< Ends at the end of the file.
    std::string_view state = {};  ///< What the extractor's `split` said of the bytes before.
    std::string database = {};    ///< State databases: path of the private copy; bytes is empty.
};

}  // namespace ingot
