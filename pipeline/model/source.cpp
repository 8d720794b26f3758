// SPDX-License-Identifier: MIT
#include "pipeline/model/source.hpp"

#include "pipeline/model/text.hpp"

namespace ingot {

std::string_view Source::file_name() const {
    return std::string_view(path).substr(path.rfind('/') + 1);  // npos + 1 is 0
}

std::string_view Source::stem() const {
    const std::string_view name = file_name();
    const std::size_t dot = name.rfind('.');
    return dot == std::string_view::npos || dot == 0 ? name : name.substr(0, dot);
}

std::string_view Source::folder() const {
    const std::size_t slash = path.rfind('/');
    if (slash == std::string::npos) return {};
    const std::string_view parent = std::string_view(path).substr(0, slash);
    return parent.substr(parent.rfind('/') + 1);
}

std::string_view Source::path_without_ending() const {
    return std::string_view(path).substr(0, path.size() - (file_name().size() - stem().size()));
}

bool Source::below(std::string_view folder_name) const {
    std::string_view rest = path;
    for (std::size_t slash = rest.find('/'); slash != std::string_view::npos;
         slash = rest.find('/')) {
        if (rest.substr(0, slash) == folder_name) return true;
        rest.remove_prefix(slash + 1);
    }
    return false;
}

bool Source::ends_with(std::string_view ending) const {
    const std::string_view name = file_name();
    return name.size() >= ending.size() &&
           equal_ignoring_case(name.substr(name.size() - ending.size()), ending);
}

}  // namespace ingot
