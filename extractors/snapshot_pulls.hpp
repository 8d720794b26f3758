// SPDX-License-Identifier: MIT
#pragma once

#include "extractors/snapshot_object.hpp"

namespace ingot {

/// States the pull requests that a snapshot lists as objects with a number or an id of their own;
/// what stands in `open_prs` is open. Their authors are people, not agents, and are left out.
void state_pull_requests(const SnapshotObject& snapshot, Batch& out);

}  // namespace ingot
