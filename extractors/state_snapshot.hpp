// SPDX-License-Identifier: MIT
#pragma once

#include "extractors/state_record.hpp"

namespace ingot {

/// Maps a row of agent_hive.db's memory_snapshots: snapshot_id, agent_id, snapshot_type (sleep,
/// checkpoint, crash: the first of the tags), memory_data, created_at. Content that is long or no
/// UTF-8 becomes a compressed file of the batch. False when there is no content.
bool map_state_snapshot(StateRecord& record, Batch& out);

}  // namespace ingot
