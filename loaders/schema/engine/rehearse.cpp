// SPDX-License-Identifier: MIT
#include "loaders/schema/engine/rehearse.hpp"

#include <algorithm>

namespace ingot::schema {

bool Rehearsal::passed() const {
    return !phases.empty() && std::ranges::none_of(phases, [](const RehearsalPhase& phase) {
        return phase.verdict >= Verdict::critical;
    });
}

}  // namespace ingot::schema
