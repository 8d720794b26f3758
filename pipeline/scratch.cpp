// SPDX-License-Identifier: MIT
#include "pipeline/scratch.hpp"

#include <cerrno>
#include <cstdlib>

#include <boost/filesystem.hpp>
#include <unistd.h>

namespace ingot {

namespace fs = boost::filesystem;

ScratchDirectory::ScratchDirectory() {
    std::string name = (fs::temp_directory_path() / "ingot-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr)  // mode 0700
        throw fs::filesystem_error("cannot make a private directory", name,
                                   {errno, boost::system::system_category()});
    path_ = name;
}

ScratchDirectory::~ScratchDirectory() {
    boost::system::error_code ignored;  // a destructor must not throw
    fs::remove_all(path_, ignored);
}

}  // namespace ingot
