// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/schema/engine/migration_ledger.hpp"

namespace ingot::schema {

/// One run of schema changes at a time per ledger. The lock belongs to the pinned connection's session,
/// not to a transaction, and is only ever tried, never waited for inside a statement: a waiting
/// statement holds a snapshot, and CREATE INDEX CONCURRENTLY waits for snapshots, so that two
/// migrators would wait for each other. A session that has it can take it again: it is free when the
/// last is gone. Throws Locked when another run has it for longer than 3 s.
class RunLock {
public:
    RunLock(Target& target, const Ledger& ledger);
    RunLock(const RunLock&) = delete;
    RunLock& operator=(const RunLock&) = delete;
    ~RunLock();

private:
    Target& target_;
    std::string key_;
};

}  // namespace ingot::schema
