// SPDX-License-Identifier: MIT
#pragma once

#include "extractors/snapshot_object.hpp"

namespace ingot {

/// States what a JSON file below `checkpoints/` says: the checkpoint itself, those that it lists,
/// and the task that a `task-…` checkpoint was made for. An object that says nothing of a
/// checkpoint (a pointer to the latest one, an index) states none.
void state_checkpoint(const SnapshotObject& file, Batch& out);

}  // namespace ingot
