// SPDX-License-Identifier: MIT
#include "loaders/schema/rename/source_scan.hpp"

#include "pipeline/model/errors.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

#include <boost/filesystem.hpp>

namespace ingot::schema::rename {
namespace {

namespace fs = boost::filesystem;

constexpr std::uintmax_t kLargest = 2'000'000;
constexpr std::size_t kLooksForNul = 8'192;

bool is_left_out(const fs::path& path) {
    const std::string name = path.filename().string();
    return name == ".git" || name == "node_modules";
}

/// The text of a file; nothing when it is large, binary, or not to be read.
std::string text_of(const fs::path& path) {
    boost::system::error_code error;
    if (fs::file_size(path, error) > kLargest || error) return {};
    std::ifstream file(path.string(), std::ios::binary);
    std::string text((std::istreambuf_iterator<char>(file)), {});
    const std::string_view head = std::string_view(text).substr(0, kLooksForNul);
    return file.bad() || head.find('\0') != std::string_view::npos ? std::string() : text;
}

std::vector<fs::path> files_below(const std::string& directory) {
    std::vector<fs::path> files;
    boost::system::error_code error;
    fs::recursive_directory_iterator at(directory, fs::directory_options::skip_permission_denied,
                                        error);
    if (error) throw RunError(Exit::failed, "cannot read the directory " + directory);
    for (const fs::recursive_directory_iterator end; at != end; at.increment(error)) {
        if (error) break;
        const fs::file_status status = at->symlink_status(error);
        if (fs::is_directory(status) && is_left_out(at->path())) at.disable_recursion_pending();
        if (fs::is_regular_file(status)) files.push_back(at->path());
    }
    std::ranges::sort(files);
    return files;
}

}  // namespace

Scan scan_sources(const std::string& directory, const std::set<std::string>& tables) {
    Scan scan;
    for (const fs::path& path : files_below(directory)) {
        boost::system::error_code error;
        const std::string text = text_of(path);
        if (text.empty() && (fs::file_size(path, error) > 0 || error)) {
            ++scan.left_out;
            continue;
        }
        ++scan.files;
        for (Use& use : uses_in(text, tables)) {
            use.file = fs::relative(path, directory, error).string();
            scan.uses.push_back(std::move(use));
        }
    }
    return scan;
}

}  // namespace ingot::schema::rename
