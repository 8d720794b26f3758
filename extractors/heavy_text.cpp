// SPDX-License-Identifier: MIT
#include "extractors/heavy_text.hpp"

#include "pipeline/model/reject.hpp"

namespace ingot {
namespace {

constexpr std::size_t kLarge = std::size_t{256} << 10U;
constexpr std::size_t kLongest = std::size_t{4} << 20U;

}  // namespace

std::unique_lock<std::mutex> guard_heavy_text(std::string_view text) {
    static std::mutex one_at_a_time;
    if (text.size() > kLongest)
        throw RowError(Reason::too_long, "longer than 4 MiB, which its notation is not made for");
    return text.size() > kLarge ? std::unique_lock(one_at_a_time) : std::unique_lock<std::mutex>();
}

}  // namespace ingot
