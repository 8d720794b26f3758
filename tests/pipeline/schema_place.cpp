// SPDX-License-Identifier: MIT
#include "tests/pipeline/schema_place.hpp"

#include <boost/filesystem.hpp>
#include <boost/filesystem/string_file.hpp>

namespace ingot::testing {

namespace fs = boost::filesystem;

Finished SchemaPlace::schema(const std::string& command,
                             const std::vector<std::string>& more) const {
    std::vector<std::string> words{"/usr/bin/env",
                                   "XDG_STATE_HOME=" + path("state"),
                                   "XDG_CONFIG_HOME=" + path("config"),
                                   INGOT,
                                   "schema",
                                   command};
    words.insert(words.end(), more.begin(), more.end());
    return run(words, folder_.path().string());
}

void SchemaPlace::write_pack(const std::string& file, const std::string& text) const {
    write("packs/mine/pack.toml", "says = \"Mine.\"\n");
    write("packs/mine/" + file, text);
}

void SchemaPlace::write_profile(const std::string& name, const std::string& text) const {
    write("ingot." + name + ".toml", text);
}

void SchemaPlace::write(const std::string& file, const std::string& text) const {
    fs::create_directories(fs::path(path(file)).parent_path());
    fs::save_string_file(path(file), text);
}

std::string SchemaPlace::content(const std::string& file) const {
    std::string text;
    if (fs::exists(path(file))) fs::load_string_file(path(file), text);
    return text;
}

std::string fingerprint_in(const std::string& output) {
    const std::string before = "Fingerprint ";
    const std::size_t at = output.find(before);
    return at == std::string::npos ? "" : output.substr(at + before.size(), 16);
}

}  // namespace ingot::testing
