// SPDX-License-Identifier: MIT
#include "pipeline/profile.hpp"

#include "pipeline/home_folders.hpp"
#include "pipeline/model/errors.hpp"

#include "loaders/schema/engine/toml_file.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>

#include <boost/filesystem.hpp>

namespace ingot {
namespace {

namespace fs = boost::filesystem;

constexpr std::array<const char*, 10> kKeys{"postgres", "sqlite",  "target_schema", "pg_schema",
                                            "backup",   "dry_run", "verbosity",     "approval",
                                            "hooks",    "pack_dir"};
constexpr const char* kProduction = "production";

/// A file's name is made of it.
void require_name(const std::string& name) {
    if (name.empty() || name.front() == '.' || name.find('/') != std::string::npos)
        throw UsageError("--env wants the name of an environment, such as staging: '" + name + "'");
}

/// Empty: there is none.
std::string file_of(const std::string& name) {
    const fs::path here = "ingot." + name + ".toml";
    if (fs::exists(here)) return here.string();
    const fs::path there = config_folder() / (name + ".toml");
    if (fs::exists(there)) return there.string();
    if (name == kProduction) return "";
    throw UsageError("--env " + name + ": there is neither " + here.string() + " here nor " +
                     there.string());
}

std::string content_of(const std::string& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) throw RunError(Exit::failed, "cannot read " + file + ": " + std::strerror(errno));
    return {std::istreambuf_iterator<char>(in), {}};
}

std::string choice(const schema::Document& profile, const std::string& key,
                   const std::vector<std::string>& choices) {
    const std::string text = profile.top.text(key, choices.front());
    if (std::ranges::find(choices, text) != choices.end()) return text;
    std::string known;
    for (const std::string& each : choices) known += (known.empty() ? "" : ", ") + each;
    throw UsageError(profile.places.at(key) + ": '" + key + "' must be one of " + known);
}

void take_connection(const schema::Document& profile, Options& options) {
    const auto postgres = profile.top.maybe("postgres");
    const auto sqlite = profile.top.maybe("sqlite");
    if (postgres && sqlite) profile.top.fail("give 'postgres' or 'sqlite', not both");
    const auto take = [&](const char* option, const char* key, std::string& into) {
        const auto text = profile.top.maybe(key);
        if (text && !options.given.contains(option)) into = *text;
    };
    take("--target-schema", "target_schema", options.target_schema);
    take("--pg-schema", "pg_schema", options.pg_schema);
    take("--pack-dir", "pack_dir", options.pack_dir);
    if (options.given.contains("--postgres") || options.given.contains("--sqlite")) return;
    if (postgres) options.postgres = *postgres;
    if (!sqlite) return;
    options.sqlite = *sqlite;
    options.sqlite_given = true;
}

void take_backup(const schema::Document& profile, Options& options) {
    if (!profile.top.has("backup") || options.given.contains("--backup") ||
        options.given.contains("--no-backup"))
        return;
    try {
        options.backup_folder = profile.top.text("backup");
    } catch (const RunError&) {  // no text: then true or false
        options.no_backup = !profile.top.flag("backup", true);
    }
}

/// A dry run is a default: whoever says that a plan shall be run means it.
void take_manners(const schema::Document& profile, Options& options) {
    const std::string verbosity = choice(profile, "verbosity", {"normal", "quiet", "verbose"});
    if (!options.given.contains("--quiet") && !options.given.contains("--verbose")) {
        options.quiet = verbosity == "quiet";
        options.verbose = verbosity == "verbose";
    }
    options.dry_run = profile.top.flag("dry_run", false) && !options.yes && options.expect.empty();
    options.approval = choice(profile, "approval", {"ask", "none", "fingerprint", "rehearsed"});
    if (options.approval == "none") options.yes = true;
}

void take_hooks(const schema::Document& profile, Options& options) {
    const auto hooks = profile.lists.find("hooks");
    if (hooks == profile.lists.end()) return;
    for (const schema::Spec& spec : hooks->second) {
        options.before_hook = spec.words_or_none("before");
        options.after_hook = spec.words_or_none("after");
        spec.finish();
    }
}

void take_file(const std::string& file, Options& options) {
    const schema::Document profile = schema::read_toml(content_of(file), file, {"hooks"});
    for (const auto& [key, place] : profile.places)
        if (std::ranges::find(kKeys, key) == kKeys.end())
            throw UsageError(place + ": '" + key + "' is not known here");
    take_connection(profile, options);
    take_backup(profile, options);
    take_manners(profile, options);
    take_hooks(profile, options);
}

/// Said before anybody is connected to.
void require_fingerprint(const Options& options, const std::string& command) {
    const bool changes = (command == "up" || command == "down") && options.emergency.empty();
    if (!changes || options.dry_run || !options.expect.empty()) return;
    if (options.approval == "fingerprint")
        throw UsageError("--env " + options.env +
                         " wants --expect FINGERPRINT, which ingot schema plan prints");
    if (options.approval == "rehearsed")
        throw UsageError("--env " + options.env +
                         " wants --expect FINGERPRINT of a plan that was rehearsed: try it with "
                         "ingot schema rehearse, which prints it");
}

}  // namespace

Options options_of_profile(const Options& options) {
    if (options.env.empty() && !options.given.contains("--env")) return options;
    require_name(options.env);
    Options filled = options;
    if (const std::string file = file_of(options.env); !file.empty()) take_file(file, filled);
    if (options.env != kProduction) return filled;
    filled.approval = "rehearsed";
    filled.yes = options.yes;
    return filled;
}

int with_profile(const Options& options, const std::string& command, int (*run)(const Options&)) {
    const Options filled = options_of_profile(options);
    require_fingerprint(filled, command);
    return run(filled);
}

}  // namespace ingot
