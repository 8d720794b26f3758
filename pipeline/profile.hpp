// SPDX-License-Identifier: MIT
#pragma once

#include "pipeline/options.hpp"

/// What --env names: a TOML file with the settings of one environment.
namespace ingot {

/// Reads ./ingot.NAME.toml, else ingot/NAME.toml in the user's configuration, and fills in what the
/// command line does not say. The environment `production` needs no file; its changes are of rehearsed
/// plans only, whatever the file says. Throws RunError with file and line for what it does not know,
/// UsageError for a name without a file.
Options options_of_profile(const Options& options);

/// Runs a schema command with its profile. `command`: "up", "plan", …
int with_profile(const Options& options, const std::string& command, int (*run)(const Options&));

}  // namespace ingot
