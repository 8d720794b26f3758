// SPDX-License-Identifier: MIT
#include "pipeline/budget.hpp"

namespace ingot {

std::shared_ptr<Budget::Share> Budget::take(std::int64_t bytes) {
    if (bytes <= kSmall) return {};
    std::unique_lock lock(mutex_);
    returned_.wait_for(lock, kPatience, [&] { return used_ == 0 || used_ + bytes <= limit_; });
    used_ += bytes;
    return std::make_shared<Share>(*this, bytes);
}

void Budget::give_back(std::int64_t bytes) {
    {
        const std::lock_guard lock(mutex_);
        used_ -= bytes;
    }
    returned_.notify_one();
}

}  // namespace ingot
