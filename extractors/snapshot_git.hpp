// SPDX-License-Identifier: MIT
#pragma once

#include "extractors/snapshot_object.hpp"

namespace ingot {

/// Adds the one git_state row that a snapshot or checkpoint states: branch, commit, changes;
/// nothing when it says none of them. The first place that says a thing counts, from the root
/// inwards.
void add_git_state(const SnapshotObject& snapshot, Batch& out);

}  // namespace ingot
