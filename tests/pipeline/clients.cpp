// SPDX-License-Identifier: MIT
#include "tests/pipeline/clients.hpp"

#include <algorithm>
#include <chrono>

#include <pqxx/connection>
#include <pqxx/except>

namespace ingot::testing {

Clients::Clients(const std::string& url, int count, const Work& work) {
    for (int client = 0; client < count; ++client)
        threads_.emplace_back([this, url, client, work] { run(url, client, work); });
}

void Clients::stop() {
    stopping_ = true;
    for (std::thread& thread : threads_) thread.join();
    threads_.clear();
}

void Clients::run(const std::string& url, int client, const Work& work) {
    pqxx::connection connection(url);
    pqxx::nontransaction session(connection);
    double longest = 0;
    std::string failures;
    for (int round = 1; !stopping_; ++round) {
        const auto start = std::chrono::steady_clock::now();
        try {
            work(session, client, round);
        } catch (const pqxx::failure& error) {
            failures += std::string(error.what()) + "\n";
        }
        const std::chrono::duration<double, std::milli> took =
            std::chrono::steady_clock::now() - start;
        longest = std::max(longest, took.count());
        ++rounds_;
    }
    const std::lock_guard lock(mutex_);
    longest_ms_ = std::max(longest_ms_, longest);
    failures_ += failures;
}

}  // namespace ingot::testing
