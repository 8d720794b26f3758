// SPDX-License-Identifier: MIT
#include "pipeline/report/pack_text.hpp"

#include "pipeline/report/printable.hpp"

#include <boost/filesystem/path.hpp>

namespace ingot {

std::string pack_text(const std::vector<std::string>& files) {
    if (files.empty()) return {};
    std::string text;
    for (const std::string& file : files) text += "wrote " + printable(file) + "\n";
    const boost::filesystem::path folder =
        boost::filesystem::path(files.front()).parent_path().lexically_normal();
    const std::string parent = folder.has_parent_path() ? folder.parent_path().string() : ".";
    return text + "next: ingot schema plan --pack-dir " + printable(parent) + " --pack " +
           printable(folder.filename().string()) + " …\n";
}

}  // namespace ingot
