// SPDX-License-Identifier: MIT
#include "pipeline/commands/commands.hpp"

namespace ingot {

Command schema_command() {
    return {
        .name = "schema",
        .says = "Look at and change the schemas of databases",
        .example = "Examples:\n"
                   "  ingot schema lint migrations/*.sql     what would fail, block or lie\n"
                   "  ingot schema audit --postgres URL      what is wrong with a database\n"
                   "  ingot schema plan --pack P --postgres URL   every statement, lock, way back\n"
                   "  ingot schema up --pack P --postgres URL     asks, backs up, runs, proves\n",
        .options = {},
        .run = nullptr,
        .subcommands = {schema_packs_command(), schema_status_command(), schema_plan_command(),
                        schema_rehearse_command(), schema_up_command(), schema_down_command(),
                        schema_verify_command(), schema_baseline_command(),
                        schema_refresh_command(), schema_restore_command(), schema_lint_command(),
                        schema_audit_command(), schema_rename_plan_command()}};
}

}  // namespace ingot
