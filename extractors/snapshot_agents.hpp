// SPDX-License-Identifier: MIT
#pragma once

#include "extractors/snapshot_object.hpp"

namespace ingot {

/// States the agents that a snapshot or checkpoint names: a list of names or of objects with an id,
/// or an object of name and status. Prose about agents (`agent_status.raw_output`) names none.
void state_agents(const SnapshotObject& snapshot, Batch& out);

}  // namespace ingot
