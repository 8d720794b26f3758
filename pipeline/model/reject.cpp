// SPDX-License-Identifier: MIT
#include "pipeline/model/reject.hpp"

#include <array>
#include <string_view>

namespace ingot {

std::string_view name_of(Reason reason) {
    static constexpr std::array<std::string_view, 15> names{
        "bad_json",     "bad_utf8", "missing_field", "wrong_type",     "bad_time",
        "number_range", "too_deep", "too_long",      "unreadable",     "duplicate_key",
        "bad_yaml",     "bad_toml", "bad_encoding",  "not_a_database", "incomplete"};
    return names[static_cast<std::size_t>(reason)];
}

}  // namespace ingot
