// SPDX-License-Identifier: MIT
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

namespace ingot {

/// Why a record was not accepted: a short stable word, stored in `rejects.reason`.
enum class Reason {
    bad_json,
    bad_utf8,
    missing_field,
    wrong_type,
    bad_time,
    number_range,
    too_deep,
    too_long,
    unreadable,
    duplicate_key,
    bad_yaml,
    bad_toml,
    bad_encoding,
    not_a_database,
    incomplete
};

std::string_view name_of(Reason reason);

/// Thrown while one record is read and caught once per record: it becomes a row of `rejects`.
struct RowError : std::runtime_error {
    RowError(Reason why, const std::string& detail) : std::runtime_error(detail), reason(why) {}
    Reason reason;
};

}  // namespace ingot
