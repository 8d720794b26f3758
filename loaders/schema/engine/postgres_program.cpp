// SPDX-License-Identifier: MIT
#include "loaders/conninfo.hpp"
#include "loaders/schema/engine/subprocess.hpp"

#include "pipeline/model/errors.hpp"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <iterator>
#include <sstream>

#include <boost/filesystem.hpp>

namespace ingot::schema {
namespace {

namespace fs = boost::filesystem;

std::vector<std::string> on_path(const std::string& name) {
    const char* path = std::getenv("PATH");
    std::istringstream folders(path == nullptr ? "" : path);
    std::vector<std::string> found;
    for (std::string folder; std::getline(folders, folder, ':');)
        if (!folder.empty() && fs::is_regular_file(fs::path(folder) / name))
            found.push_back((fs::path(folder) / name).string());
    return found;
}

int number_in(std::string_view text) {
    int number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

/// Debian's and Red Hat's places for several versions side by side, the newest first.
std::vector<std::string> installed(const std::string& name) {
    std::vector<std::pair<int, std::string>> found;
    const auto look = [&](const fs::path& folder, int version) {
        const fs::path file = folder / "bin" / name;
        if (version > 0 && fs::is_regular_file(file)) found.emplace_back(version, file.string());
    };
    boost::system::error_code none;
    for (const auto& each : fs::directory_iterator("/usr/lib/postgresql", none))
        look(each.path(), number_in(each.path().filename().string()));
    for (const auto& each : fs::directory_iterator("/usr", none))
        if (const std::string folder = each.path().filename().string();
            folder.starts_with("pgsql-"))
            look(each.path(), number_in(std::string_view(folder).substr(6)));
    std::sort(found.rbegin(), found.rend());
    std::vector<std::string> files;
    for (const auto& [version, file] : found) files.push_back(file);
    return files;
}

/// 15 for "pg_dump (PostgreSQL) 15.4"; 0: it does not say.
int version_of(const std::string& program) {
    std::string line;
    run_reading({.program = program, .arguments = {"--version"}, .environment = {}},
                [&](std::istream& output) { std::getline(output, line); });
    const std::size_t word = line.find("(PostgreSQL) ");
    return word == std::string::npos ? 0 : number_in(std::string_view(line).substr(word + 13));
}

std::string quoted_value(const std::string& value) {
    std::string out = "'";
    for (const char c : value) out += (c == '\'' || c == '\\' ? std::string("\\") : "") + c;
    return out + "'";
}

bool is_secret(const std::string& key) { return key == "password" || key == "sslpassword"; }

std::string conninfo_text(const std::string& conninfo, bool with_secrets) {
    std::string text;
    for (const auto& [key, value] : connection_parameters(conninfo))
        if (with_secrets || !is_secret(key)) text += key + "=" + quoted_value(value) + " ";
    return text;
}

}  // namespace

std::string postgres_program(const std::string& name, int at_least) {
    std::vector<std::string> candidates = on_path(name);
    const std::vector<std::string> more = installed(name);
    candidates.insert(candidates.end(), more.begin(), more.end());
    int newest = 0;
    for (const std::string& candidate : candidates) {
        const int version = version_of(candidate);
        if (version >= at_least) return candidate;
        newest = std::max(newest, version);
    }
    const std::string wanted = name + " of PostgreSQL " + std::to_string(at_least) + " or later";
    throw RunError(Exit::failed,
                   "there is no " + wanted +
                       (newest > 0 ? ", only of " + std::to_string(newest) : std::string()) +
                       "; install postgresql-client-" + std::to_string(at_least) +
                       " or put its directory into PATH");
}

Ending run_postgres_program(const std::string& program, std::vector<std::string> arguments,
                            const std::string& conninfo,
                            const std::function<void()>& while_waiting) {
    Subprocess subprocess{.program = program, .arguments = std::move(arguments), .environment = {}};
    subprocess.arguments.push_back("--no-password");
    subprocess.arguments.push_back("--dbname=" + conninfo_text(conninfo, false));
    for (const auto& [key, value] : connection_parameters(conninfo))
        if (key == "password") subprocess.environment.emplace_back("PGPASSWORD", value);
    Ending ending = run(subprocess, while_waiting);
    ending.errors = scrubbed(ending.errors, conninfo);
    return ending;
}

std::string conninfo_for(const std::string& conninfo, const std::string& database) {
    return conninfo_text(conninfo, true) + "dbname=" + quoted_value(database);
}

}  // namespace ingot::schema
