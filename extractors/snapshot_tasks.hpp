// SPDX-License-Identifier: MIT
#pragma once

#include "extractors/snapshot_object.hpp"

namespace ingot {

/// States the tasks that a snapshot or checkpoint lists as objects with an id of their own. A task
/// without one has no identity and stays in the content.
void state_tasks(const SnapshotObject& snapshot, Batch& out);

}  // namespace ingot
