// SPDX-License-Identifier: MIT
#include "tests/pipeline/temp_folder.hpp"

namespace ingot::testing {

namespace fs = boost::filesystem;

TempFolder::TempFolder()
    : path_(fs::temp_directory_path() / fs::unique_path("ingot-test-%%%%-%%%%-%%%%")) {
    fs::create_directory(path_);
}

TempFolder::~TempFolder() {
    boost::system::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
}

}  // namespace ingot::testing
