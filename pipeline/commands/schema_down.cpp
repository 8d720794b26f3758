// SPDX-License-Identifier: MIT
#include "pipeline/commands/commands.hpp"
#include "pipeline/profile.hpp"
#include "pipeline/schema_change.hpp"

namespace ingot {

Command schema_down_command() {
    return {
        .name = "down",
        .says = "Take migrations back from the journal of what they made and changed",
        .example = "Examples:\n"
                   "  ingot schema down --pack P --postgres URL          the last migration\n"
                   "  ingot schema down --pack P --postgres URL --all\n"
                   "  ingot schema down --pack P --postgres URL --only idx_that_hurts\n"
                   "  ingot schema down --pack P --postgres URL --switch NAME   only a flag\n",
        .options = {pack_options, target_options, down_options, change_options, schema_output},
        .run = [](const Options& options) { return with_profile(options, "down", schema_down); }};
}

}  // namespace ingot
