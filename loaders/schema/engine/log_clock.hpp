// SPDX-License-Identifier: MIT
#pragma once

#include "pipeline/model/value.hpp"

#include <chrono>
#include <cstdint>

namespace ingot::schema {

/// Times for the log, and how long something takes since this was made.
class LogClock {
public:
    static Timestamp now() {
        return Timestamp{std::chrono::duration_cast<std::chrono::microseconds>(
                             std::chrono::system_clock::now().time_since_epoch())
                             .count()};
    }
    std::int64_t milliseconds() const {
        return std::chrono::duration_cast<std::chrono::milliseconds>(
                   std::chrono::steady_clock::now() - start_)
            .count();
    }

private:
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

}  // namespace ingot::schema
