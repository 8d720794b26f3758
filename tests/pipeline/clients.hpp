// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include <pqxx/nontransaction>

namespace ingot::testing {

/// Programs that use a database while something else changes it. Each statement is a transaction of
/// its own.
class Clients {
public:
    /// What a client does over and over: `round` counts from 1, `client` from 0.
    using Work = std::function<void(pqxx::nontransaction&, int client, int round)>;

    /// Starts them; each has its own connection.
    Clients(const std::string& url, int count, const Work& work);
    Clients(const Clients&) = delete;
    Clients& operator=(const Clients&) = delete;
    ~Clients() { stop(); }

    /// Waits for their last rounds.
    void stop();

    // After stop():
    int rounds() const { return rounds_; }
    double longest_ms() const { return longest_ms_; }          ///< Of one round.
    const std::string& failures() const { return failures_; }  ///< A line each.

private:
    void run(const std::string& url, int client, const Work& work);

    std::atomic<bool> stopping_ = false;
    std::atomic<int> rounds_ = 0;
    std::mutex mutex_;
    double longest_ms_ = 0;
    std::string failures_;
    std::vector<std::thread> threads_;
};

}  // namespace ingot::testing
