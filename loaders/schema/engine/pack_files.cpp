// SPDX-License-Identifier: MIT
#include "loaders/embedded.hpp"
#include "loaders/schema/engine/pack.hpp"
#include "loaders/schema/engine/toml_file.hpp"

#include <fstream>
#include <iterator>

#include <boost/filesystem.hpp>

namespace ingot::schema {
namespace {

namespace fs = boost::filesystem;

constexpr const char* kPackFile = "pack.toml";

bool is_migration(const std::string& file) {
    return file.size() > 4 && file[0] >= '0' && file[0] <= '9' &&
           (file.ends_with(".toml") || file.ends_with(".sql"));
}

std::string read_file(const fs::path& path) {
    std::ifstream file(path.string(), std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(file), {}};
    if (!file) throw RunError(Exit::failed, "cannot read " + path.string());
    return text;
}

std::optional<PackFiles> pack_in(const std::string& name, const std::string& directory) {
    const fs::path folder = fs::path(directory) / name;
    if (directory.empty() || !fs::exists(folder / kPackFile)) return std::nullopt;
    PackFiles pack{.name = name, .files = {}, .origin = folder.string()};
    for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
        const std::string file = entry.path().filename().string();
        if (file == kPackFile || is_migration(file)) pack.files[file] = read_file(entry.path());
    }
    return pack;
}

/// Built in, files are named "pack/file".
std::map<std::string, PackFiles> built_in() {
    std::map<std::string, PackFiles> packs;
    for (const embedded::EmbeddedText& text : embedded::packs()) {
        const std::string path(text.name);
        const std::size_t slash = path.find('/');
        const std::string name = path.substr(0, slash);
        PackFiles& pack = packs[name];
        pack.name = name;
        pack.files[path.substr(slash + 1)] = std::string(text.text);
    }
    return packs;
}

}  // namespace

std::vector<std::string> pack_names(const std::string& directory) {
    std::set<std::string> names;
    for (const auto& [name, pack] : built_in()) names.insert(name);
    if (!directory.empty()) {
        if (!fs::is_directory(directory))
            throw UsageError("--pack-dir: there is no directory " + directory);
        for (const fs::directory_entry& entry : fs::directory_iterator(directory))
            if (fs::exists(entry.path() / kPackFile))
                names.insert(entry.path().filename().string());
    }
    return {names.begin(), names.end()};
}

PackFiles find_pack(const std::string& name, const std::string& directory) {
    if (auto found = pack_in(name, directory)) return *found;
    auto packs = built_in();
    if (const auto at = packs.find(name); at != packs.end()) return at->second;
    std::string known;
    for (const std::string& each : pack_names(directory)) known += "\n  " + each;
    throw UsageError("there is no pack '" + name + "'" +
                     (directory.empty() ? "" : " below " + directory) + "; there are" + known);
}

std::string summary_of(const PackFiles& files) {
    const auto at = files.files.find(kPackFile);
    return at == files.files.end() ? "" : read_toml(at->second, kPackFile).top.text("says", "");
}

}  // namespace ingot::schema
