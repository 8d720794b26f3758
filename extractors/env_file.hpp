// SPDX-License-Identifier: MIT
#pragma once

#include "extractors/extractor.hpp"

#include <functional>
#include <string>
#include <string_view>

namespace ingot {

/// True when each of the head's lines is a `KEY=VALUE`, blank or a comment, and one is a setting.
/// The last line, which the head may cut, is not looked at when others are there.
bool looks_like_env(std::string_view head);

using ReadSetting =
    std::function<void(std::string_view key, const std::string& value, std::int64_t offset)>;

/// Calls `read` for each `KEY=VALUE` line, with the value as it stands without its quotes, and
/// keeps the account. `export` is passed over; a quoted value may span lines; \n, \" and the like
/// are read between double quotes only; a comment may follow behind a blank. A line without a
/// setting is rejected (missing_field), one that is not UTF-8 too (bad_utf8).
void for_each_setting(const Piece& piece, Batch& out, const ReadSetting& read);

}  // namespace ingot
