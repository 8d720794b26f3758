// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/schema/engine/observer.hpp"

#include <chrono>

namespace ingot::schema {

/// Looks from a second connection at what the first one does: who blocks it, how far a build is.
class Watcher {
public:
    /// PostgreSQL only; for SQLite it sees nothing.
    explicit Watcher(Target& target);

    /// Tells the observer what there is to tell, every 150 ms at most. For Target::while_waiting.
    void look(Observer& observer);
    /// Who blocks the target now, or blocked it when it was last looked at.
    std::vector<Blocker> blockers();

private:
    std::vector<Blocker> ask_blockers();

    std::string pid_;
    std::unique_ptr<Target> other_;
    std::chrono::steady_clock::time_point last_{};
    std::vector<Blocker> seen_;
};

}  // namespace ingot::schema
