// SPDX-License-Identifier: MIT
#pragma once

#include <cstring>
#include <memory>
#include <memory_resource>
#include <string_view>

namespace ingot {

/// Owns text that rows point to; it lives as long as the batch and never moves.
class Arena {
public:
    std::string_view keep(std::string_view text) {
        if (text.empty()) return {"", 0};
        char* at = static_cast<char*>(memory_->allocate(text.size(), 1));
        std::memcpy(at, text.data(), text.size());
        return {at, text.size()};
    }

private:
    std::unique_ptr<std::pmr::monotonic_buffer_resource> memory_ =
        std::make_unique<std::pmr::monotonic_buffer_resource>();
};

}  // namespace ingot
