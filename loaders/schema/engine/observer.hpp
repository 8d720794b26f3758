// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/schema/engine/migration_ledger.hpp"

namespace ingot::schema {

/// Somebody whose lock or transaction keeps ours from going on.
struct Blocker {
    std::int64_t pid = 0;
    std::string user, application, state;
    double seconds = 0;  ///< Since its transaction began.
    std::string query;   ///< The last one.
};

/// A build of an index, from the server's view.
struct BuildProgress {
    std::string phase;
    std::int64_t done = 0,
                 total = 0;  ///< Blocks or tuples, whichever the phase counts; 0: unknown.
};

/// Is told what happens while it happens. The default says nothing.
class Observer {
public:
    Observer() = default;
    Observer(const Observer&) = delete;
    Observer& operator=(const Observer&) = delete;
    virtual ~Observer() = default;

    virtual void migration_begins(std::int64_t /*version*/, const std::string& /*name*/) {}
    virtual void step_begins(const std::string& /*step*/) {}
    virtual void step_ended(const LogEntry& /*entry*/) {}
    virtual void rows_done(std::int64_t /*done*/, std::int64_t /*total*/) {}
    virtual void building(const BuildProgress& /*progress*/) {}
    virtual void waiting(const std::vector<Blocker>& /*blockers*/) {}
    virtual void retrying(int /*attempt*/, int /*attempts*/, double /*pause_s*/,
                          const std::vector<Blocker>& /*blockers*/) {}
    virtual void note(const std::string& /*text*/) {}
    /// Called several times a second; may throw to end the work.
    virtual void check_interrupt() {}
};

}  // namespace ingot::schema
