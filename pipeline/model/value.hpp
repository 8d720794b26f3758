// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string_view>
#include <variant>

namespace ingot {

/// What a column holds; the dialects turn it into SQL types.
enum class Type { text, integer, real, boolean, time, json, bytes };

/// One cell. Views point into the piece that was read, into the arena of the batch, or into a
/// result row. Text is valid UTF-8 without NUL. A boolean is 0 or 1; a time counts microseconds
/// since 1970-01-01T00:00:00Z.
using Value = std::variant<std::monostate, std::int64_t, double, std::string_view>;

/// A JSON value in its source's own bytes, never a re-serialisation.
struct Json {
    std::string_view text;
};

/// Raw bytes, for bytea and BLOB columns.
struct Bytes {
    std::string_view data;
};

/// A point in time: microseconds since 1970-01-01T00:00:00Z.
struct Timestamp {
    std::int64_t us = 0;
    auto operator<=>(const Timestamp&) const = default;
};

}  // namespace ingot
