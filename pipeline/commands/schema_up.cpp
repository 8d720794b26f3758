// SPDX-License-Identifier: MIT
#include "pipeline/commands/commands.hpp"
#include "pipeline/profile.hpp"
#include "pipeline/schema_change.hpp"

namespace ingot {

Command schema_up_command() {
    return {.name = "up",
            .says = "Apply the migrations that are not applied, each step proved",
            .example = "Examples:\n"
                       "  ingot schema up --pack P --postgres URL            asks first\n"
                       "  ingot schema up --pack P --postgres URL --expect FINGERPRINT\n"
                       "  ingot schema up --pack P --postgres URL --phase 1 --yes\n",
            .options = {pack_options, target_options, version_options, repair_option,
                        change_options, up_options, schema_output},
            .run = [](const Options& options) { return with_profile(options, "up", schema_up); }};
}

}  // namespace ingot
