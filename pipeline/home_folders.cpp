// SPDX-License-Identifier: MIT
#include "pipeline/home_folders.hpp"

#include "pipeline/model/errors.hpp"

#include <cstdlib>
#include <string>

#include <boost/filesystem.hpp>

namespace ingot {
namespace {

namespace fs = boost::filesystem;

/// A path that is not absolute does not count, says the specification.
fs::path folder_of(const char* variable, const char* below_home) {
    if (const char* folder = std::getenv(variable); folder != nullptr && *folder == '/')
        return fs::path(folder) / "ingot";
    const char* home = std::getenv("HOME");
    if (home == nullptr || *home != '/')
        throw RunError(Exit::failed, std::string("set HOME or ") + variable);
    return fs::path(home) / below_home / "ingot";
}

}  // namespace

fs::path config_folder() { return folder_of("XDG_CONFIG_HOME", ".config"); }

fs::path state_folder() { return folder_of("XDG_STATE_HOME", ".local/state"); }

}  // namespace ingot
