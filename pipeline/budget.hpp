// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>

namespace ingot {

/// Bytes of large pieces that may be under way at once: documents and long records are read whole, and
/// several of them would add up. What is small passes without asking.
class Budget {
public:
    /// `limit`: bytes; one piece alone may be larger.
    explicit Budget(std::int64_t limit) : limit_(limit) {}

    /// A share, given back when it goes.
    class Share {
    public:
        Share(Budget& budget, std::int64_t bytes) : budget_(budget), bytes_(bytes) {}
        Share(const Share&) = delete;
        Share& operator=(const Share&) = delete;
        ~Share() { budget_.give_back(bytes_); }

    private:
        Budget& budget_;
        std::int64_t bytes_;
    };

    /// Waits until the bytes fit, or nothing else is under way. The waiting thread is the pipeline's input:
    /// the pieces it waits for go on without it. Empty: too small to be counted.
    std::shared_ptr<Share> take(std::int64_t bytes);

private:
    void give_back(std::int64_t bytes);

    static constexpr std::int64_t kSmall = std::int64_t{5} << 20;
    /// More memory is better than none of the threads that would give some back.
    static constexpr std::chrono::seconds kPatience{10};

    std::int64_t limit_;
    std::mutex mutex_;
    std::condition_variable returned_;
    std::int64_t used_ = 0;
};

}  // namespace ingot
