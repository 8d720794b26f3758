// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/schema/engine/up.hpp"
#include "loaders/schema/engine/watcher.hpp"

namespace ingot::schema {

/// Runs statements on the pinned connection: with a limit on waiting for locks, and with somebody
/// looking on from outside.
class StatementRunner {
public:
    StatementRunner(Target& target, const RunSettings& settings, Observer& observer);
    StatementRunner(const StatementRunner&) = delete;
    StatementRunner& operator=(const StatementRunner&) = delete;
    ~StatementRunner();

    /// Opens a transaction unless one is open.
    void begin();
    void commit();
    void rollback() noexcept;
    bool in_transaction() const { return in_transaction_; }

    /// Within the transaction that is open, or alone.
    std::int64_t execute(const std::string& sql);
    /// Runs `work` until it does not fail for a lock: between two attempts the transaction is rolled
    /// back, the blockers are shown and a pause is made that doubles. Throws Locked in the end.
    template <typename Work> void with_retries(const Work& work) {
        for (;;) {
            try {
                work();
                return;
            } catch (const StatementFailed& error) {
                pause_after(error);
            }
        }
    }

    Observer& observer() { return observer_; }

private:
    /// Rethrows what no retry helps against.
    void pause_after(const StatementFailed& error);

    Target& target_;
    const RunSettings& settings_;
    Observer& observer_;
    Watcher watcher_;
    std::chrono::milliseconds lock_timeout_;  ///< In transactions.
    bool in_transaction_ = false;
    int attempts_ = 0;  ///< Since the last commit.
};

}  // namespace ingot::schema
