// SPDX-License-Identifier: MIT
#include "loaders/schema/engine/statement_runner.hpp"

#include <algorithm>
#include <random>
#include <thread>

#include <fmt/format.h>

namespace ingot::schema {
namespace {

std::string described(const std::vector<Blocker>& blockers) {
    std::string text;
    for (const Blocker& each : blockers)
        text += fmt::format("\n  process {} ({}{}{}), {}, its transaction is {:.0f} s old: {}",
                            each.pid, each.user, each.application.empty() ? "" : ", ",
                            each.application, each.state, each.seconds, each.query);
    return text;
}

/// A transaction that locks several tables can meet another one that has locked them in another order.
/// The server ends whoever looks first, after deadlock_timeout; giving up before that, this side loses
/// and tries again, and the other one notices nothing but the wait.
std::chrono::milliseconds without_deadlocks(Target& target, std::chrono::milliseconds wanted) {
    if (target.dialect() == Dialect::sqlite) return wanted;
    const std::chrono::milliseconds deadlock_timeout(
        target.number("SELECT setting::bigint FROM pg_settings WHERE name = 'deadlock_timeout'"));
    return std::min(wanted, deadlock_timeout / 2);
}

}  // namespace

StatementRunner::StatementRunner(Target& target, const RunSettings& settings, Observer& observer)
    : target_(target), settings_(settings), observer_(observer), watcher_(target),
      lock_timeout_(without_deadlocks(target, settings.lock_timeout)) {
    target_.while_waiting = [this] { watcher_.look(observer_); };
    if (target_.dialect() == Dialect::postgres)
        target_.execute(fmt::format("SET lock_timeout = {}", settings_.build_lock_timeout.count()));
}

StatementRunner::~StatementRunner() {
    if (in_transaction_) rollback();
    target_.while_waiting = [] {};
}

void StatementRunner::begin() {
    if (in_transaction_) return;
    target_.begin();
    in_transaction_ = true;
    if (target_.dialect() == Dialect::postgres)
        target_.execute(fmt::format("SET LOCAL lock_timeout = {}", lock_timeout_.count()));
}

void StatementRunner::commit() {
    if (!in_transaction_) return;
    target_.commit();
    in_transaction_ = false;
    attempts_ = 0;
}

void StatementRunner::rollback() noexcept {
    if (!in_transaction_) return;
    target_.while_waiting = [] {};
    target_.rollback();
    target_.while_waiting = [this] { watcher_.look(observer_); };
    in_transaction_ = false;
}

std::int64_t StatementRunner::execute(const std::string& sql) {
    observer_.check_interrupt();
    return target_.execute(sql);
}

void StatementRunner::pause_after(const StatementFailed& error) {
    rollback();
    if (!error.is_lock_timeout()) throw error;
    const int attempt = ++attempts_;
    const std::vector<Blocker> blockers = watcher_.blockers();
    if (attempt >= settings_.lock_attempts)
        throw Locked(fmt::format(
            "a lock was not to be had in {} attempts of {} ms; nothing of the "
            "statement was done. In the way:{}\nEnd these transactions, or try "
            "again later with a longer --lock-timeout",
            attempt, lock_timeout_.count(), blockers.empty() ? " unknown" : described(blockers)));
    // Jitter, so that several who wait do not come back together.
    static thread_local std::mt19937 random(std::random_device{}());
    const double pause = std::min(10.0, 0.25 * (1U << std::min(attempt - 1, 6))) *
                         std::uniform_real_distribution<double>(0.8, 1.2)(random);
    observer_.retrying(attempt, settings_.lock_attempts, pause, blockers);
    const auto end = std::chrono::steady_clock::now() + std::chrono::duration<double>(pause);
    while (std::chrono::steady_clock::now() < end) {
        observer_.check_interrupt();
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
}

}  // namespace ingot::schema
