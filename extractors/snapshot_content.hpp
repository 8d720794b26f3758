// SPDX-License-Identifier: MIT
#pragma once

#include "extractors/json.hpp"

namespace ingot {

/// What a memory file turned out to be, whatever its ending says.
struct SnapshotContent {
    enum class Form { json, markdown, text };
    Form form = Form::text;
    std::string_view bytes;  ///< The JSON value or the whole text, as it is stored: valid UTF-8.
    std::string_view rest;   ///< Comments behind a JSON value.
    std::optional<json::Document> document;  ///< Of form json.

    /// The JSON object; nullopt for everything else.
    std::optional<json::Object> object() const;
};

/// Reads a memory file that is not blank. JSON is told by its content, also with HTML comments
/// behind it; several JSON values one after another are text. Text that is not UTF-8 is repaired
/// and counted. Throws RowError for a .json file that is no JSON: bad_json, bad_utf8, too_deep.
/// The piece and the batch must outlive what is returned.
SnapshotContent read_snapshot(const Piece& piece, Batch& out);

}  // namespace ingot
