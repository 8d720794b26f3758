// SPDX-License-Identifier: MIT
#pragma once

#include "pipeline/options.hpp"

#include <span>

namespace ingot {

/// All commands, in the order of --help.
std::span<const Command> commands();

// One file each in this folder.
Command scan_command();
Command import_command();
Command publish_command();
Command validate_command();
Command export_command();
Command rejects_command();
Command snapshot_command();
Command undo_command();
Command workspaces_command();
Command runs_command();
Command report_command();
Command schema_command();
Command schema_packs_command();
Command schema_status_command();
Command schema_plan_command();
Command schema_up_command();
Command schema_down_command();
Command schema_verify_command();
Command schema_baseline_command();
Command schema_refresh_command();
Command schema_rehearse_command();
Command schema_restore_command();
Command schema_lint_command();
Command schema_audit_command();
Command schema_rename_plan_command();

}  // namespace ingot
