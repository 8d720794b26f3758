// SPDX-License-Identifier: MIT
#pragma once

#include <boost/filesystem/path.hpp>

/// Ingot's places in the user's home, by the XDG Base Directory Specification.
namespace ingot {

/// $XDG_CONFIG_HOME/ingot or ~/.config/ingot. Throws RunError when there is no home.
boost::filesystem::path config_folder();

/// $XDG_STATE_HOME/ingot or ~/.local/state/ingot. Throws RunError when there is no home.
boost::filesystem::path state_folder();

}  // namespace ingot
