// SPDX-License-Identifier: MIT
#include "pipeline/clock.hpp"

#include <fmt/format.h>

#include <random>

#include <sys/resource.h>

namespace ingot {

Timestamp now() {
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    return {std::chrono::duration_cast<std::chrono::microseconds>(since).count()};
}

std::string make_run_id(Timestamp started_at) {
    std::random_device entropy;
    const CivilTime t = to_civil(started_at);
    return fmt::format("{:04}{:02}{:02}T{:02}{:02}{:02}.{:06}Z-{:08x}", t.year, t.month, t.day,
                       t.hour, t.minute, t.second, t.microsecond, entropy());
}

double Stopwatch::lap() {
    const auto before = last_;
    last_ = std::chrono::steady_clock::now();
    return std::chrono::duration<double>(last_ - before).count();
}

std::int64_t peak_rss() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return std::int64_t{usage.ru_maxrss} * 1024;
}

}  // namespace ingot
