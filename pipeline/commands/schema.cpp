// SPDX-License-Identifier: MIT
#include "pipeline/commands/commands.hpp"

namespace ingot {

Command schema_command() {
    return {.name = "schema",
            .says = "Look at and change the schemas of databases",
            .example = "Examples:\n"
                       "  ingot schema lint migrations/*.sql     what would fail, block or lie\n"
                       "  ingot schema restore backup --sqlite app.db     back to the backup\n",
            .options = {},
            .run = nullptr,
            .subcommands = {schema_lint_command(), schema_restore_command()}};
}

}  // namespace ingot
