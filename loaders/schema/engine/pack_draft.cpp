// SPDX-License-Identifier: MIT
#include "loaders/schema/engine/pack_draft.hpp"

#include "pipeline/model/errors.hpp"

#include <array>
#include <cstdio>
#include <fstream>

#include <boost/filesystem.hpp>

namespace ingot::schema {
namespace {

/// A basic string of TOML.
std::string toml_text(const std::string& text) {
    std::string out = "\"";
    for (const char c : text) {
        const auto code = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (code < 0x20 || code == 0x7f) {
            std::array<char, 8> escape{};
            std::snprintf(escape.data(), escape.size(), "\\u%04X", static_cast<unsigned>(code));
            out += escape.data();
        } else {
            out += c;
        }
    }
    return out + "\"";
}

std::string toml_value(const DraftStep::Value& value) {
    if (const auto* text = std::get_if<std::string>(&value)) return toml_text(*text);
    if (const auto* flag = std::get_if<bool>(&value)) return *flag ? "true" : "false";
    std::string out;
    for (const std::string& word : std::get<DraftStep::Words>(value))
        out += (out.empty() ? "" : ", ") + toml_text(word);
    return "[" + out + "]";
}

void write(const boost::filesystem::path& path, const std::string& text) {
    std::ofstream file(path.string(), std::ios::binary | std::ios::trunc);
    file << text;
    file.flush();
    if (!file) throw RunError(Exit::failed, "cannot write " + path.string());
}

std::string numbered(std::size_t number, const std::string& name) {
    std::string digits = std::to_string(number);
    digits.insert(0, digits.size() < 3 ? 3 - digits.size() : 0, '0');
    return digits + "_" + name + ".toml";
}

}  // namespace

std::string draft_text(const DraftFile& file) {
    std::string text = "says = " + toml_text(file.says) + "\n";
    for (const DraftStep& step : file.steps) {
        text += "\n[[step]]\n";
        for (const auto& [key, value] : step.fields) text += key + " = " + toml_value(value) + "\n";
    }
    return text;
}

std::vector<std::string> write_draft(const std::string& directory, const std::string& says,
                                     const std::vector<DraftFile>& files) {
    namespace fs = boost::filesystem;
    std::vector<std::string> paths;
    const fs::path folder(directory);
    boost::system::error_code error;
    fs::create_directories(folder, error);
    if (!fs::is_directory(folder, error))
        throw RunError(Exit::failed, "cannot make the directory " + directory);
    if (!fs::is_empty(folder, error) || error)
        throw RunError(Exit::failed, directory + " is not empty; name a new directory");
    const auto put = [&](const std::string& name, const std::string& text) {
        paths.push_back((folder / name).string());
        write(folder / name, text);
    };
    put("pack.toml", "says = " + toml_text(says) + "\n");
    for (std::size_t i = 0; i < files.size(); ++i)
        put(numbered(i + 1, files[i].name), draft_text(files[i]));
    return paths;
}

}  // namespace ingot::schema
