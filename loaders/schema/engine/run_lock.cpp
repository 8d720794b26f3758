// SPDX-License-Identifier: MIT
#include "loaders/schema/engine/run_lock.hpp"

#include <thread>

namespace ingot::schema {

RunLock::RunLock(Target& target, const Ledger& ledger)
    : target_(target), key_(std::to_string(ledger.lock_key())) {
    if (target_.dialect() == Dialect::sqlite) return;  // BEGIN IMMEDIATE is its lock
    using namespace std::chrono_literals;
    for (int attempt = 0; attempt < 30; ++attempt) {
        if (target_.ask("SELECT pg_try_advisory_lock(" + key_ + ")") == "t") return;
        std::this_thread::sleep_for(100ms);
    }
    const std::string holder = target_.ask(
        "SELECT 'process ' || a.pid || ' (' || coalesce(a.usename, '') || ' from ' || "
        "coalesce(host(a.client_addr), 'this machine') || ')' FROM pg_locks AS l JOIN "
        "pg_stat_activity AS a USING (pid) WHERE l.locktype = 'advisory' AND l.granted AND "
        "(l.classid::bigint << 32 | l.objid::bigint) = " +
        key_ + " LIMIT 1");
    throw Locked("another run is changing schemas in this database" +
                 (holder.empty() ? "" : ": " + holder) + "; try again when it has ended");
}

RunLock::~RunLock() {
    try {
        if (target_.dialect() == Dialect::postgres)
            target_.query("SELECT pg_advisory_unlock(" + key_ + ")");
    } catch (const std::exception&) {  // the session is gone, and its lock with it
    }
}

}  // namespace ingot::schema
