// SPDX-License-Identifier: MIT
#pragma once

#include "pipeline/model/time.hpp"

#include <chrono>
#include <string>

namespace ingot {

Timestamp now();

/// A run's id: globally unique, and as text in the order of time.
std::string make_run_id(Timestamp started_at);

/// Seconds since it was made or last asked.
class Stopwatch {
public:
    double lap();

private:
    std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

/// Largest resident set of this process so far, bytes.
std::int64_t peak_rss();

}  // namespace ingot
