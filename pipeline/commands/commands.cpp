// SPDX-License-Identifier: MIT
#include "pipeline/commands/commands.hpp"

namespace ingot {

std::span<const Command> commands() {
    static const std::vector<Command> all{
        scan_command(),   import_command(),  publish_command(),    validate_command(),
        export_command(), rejects_command(), snapshot_command(),   runs_command(),
        undo_command(),   report_command(),  workspaces_command(), schema_command(),
    };
    return all;
}

}  // namespace ingot
