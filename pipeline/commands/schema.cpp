// SPDX-License-Identifier: MIT
#include "pipeline/commands/commands.hpp"

namespace ingot {

Command schema_command() {
    return {.name = "schema",
            .says = "Look at and change the schemas of databases",
            .example = "Examples:\n"
                       "  ingot schema lint migrations/*.sql     what would fail, block or lie\n",
            .options = {},
            .run = nullptr,
            .subcommands = {schema_lint_command()}};
}

}  // namespace ingot
