// SPDX-License-Identifier: MIT
#include "pipeline/commands/commands.hpp"

namespace ingot {

Command schema_command() {
    return {.name = "schema",
            .says = "Look at and change the schemas of databases",
            .example = "Examples:\n"
                       "  ingot schema lint migrations/*.sql     what would fail, block or lie\n"
                       "  ingot schema audit --postgres URL      what is wrong with a database\n"
                       "  ingot schema rename-plan --postgres URL  what snake_case names take\n",
            .options = {},
            .run = nullptr,
            .subcommands = {schema_lint_command(), schema_audit_command(),
                            schema_rename_plan_command()}};
}

}  // namespace ingot
