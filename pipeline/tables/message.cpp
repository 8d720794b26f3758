// SPDX-License-Identifier: MIT
#include "pipeline/tables/message.hpp"

#include <algorithm>

namespace ingot {

std::string usage_id(const Table& messages, std::span<const Value> row) {
    static constexpr std::array<std::string_view, 4> counters{
        "input_tokens", "output_tokens", "cache_creation_tokens", "cache_read_tokens"};
    const bool has_usage = std::ranges::any_of(counters, [&](std::string_view column) {
        return row[messages.position(column)].index() != 0;
    });
    if (!has_usage) return {};
    const Value& id = row[messages.position("message_id")];
    if (const auto* text = std::get_if<std::string_view>(&id)) return std::string(*text);
    return std::to_string(std::get<std::int64_t>(row[1])) + ":" +
           std::to_string(std::get<std::int64_t>(row[2]));
}

}  // namespace ingot
