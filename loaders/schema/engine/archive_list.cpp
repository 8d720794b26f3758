// SPDX-License-Identifier: MIT
#include "loaders/schema/engine/archive_list.hpp"

#include "loaders/schema/engine/subprocess.hpp"

#include <algorithm>
#include <cctype>
#include <fstream>
#include <sstream>

#include <boost/filesystem.hpp>

namespace ingot::schema {
namespace {

namespace fs = boost::filesystem;

/// A directory that only we may read, with what pg_restore says and is told.
class Workplace {
public:
    Workplace() : path_(fs::temp_directory_path() / fs::unique_path("ingot-restore-%%%%%%%%%%%%")) {
        fs::create_directory(path_);
        fs::permissions(path_, fs::owner_all);
    }
    Workplace(const Workplace&) = delete;
    Workplace& operator=(const Workplace&) = delete;
    ~Workplace() {
        boost::system::error_code none;
        fs::remove_all(path_, none);
    }
    std::string file(const char* name) const { return (path_ / name).string(); }

private:
    fs::path path_;
};

void pg_restore(std::vector<std::string> arguments, const std::string& output,
                const std::function<void()>& while_waiting) {
    const Ending ending = run({.program = postgres_program("pg_restore", 0),
                               .arguments = std::move(arguments),
                               .environment = {},
                               .output = output},
                              while_waiting);
    if (ending.exit_code != 0) throw RunError(Exit::failed, "pg_restore failed: " + ending.errors);
}

/// "123; 1259 16400 TABLE public tasks owner"
bool read_entry(const std::string& line, ArchiveEntry& entry) {
    std::istringstream words(line);
    char semicolon = 0;
    int number = 0;
    words >> number >> semicolon >> entry.id.first >> entry.id.second >> std::ws;
    if (!words || semicolon != ';') return false;
    std::getline(words, entry.text);
    entry.line = line;
    return true;
}

/// The identity without the schema: "tasks", "\"Tasks\"", "f(integer)".
std::string local_name(const std::string& identity, const std::string& schema) {
    for (const std::string& start : {schema + ".", identifier(schema) + "."})
        if (identity.starts_with(start)) return identity.substr(start.size());
    return identity;
}

/// What says something about an object without having a number: rights, comments, values.
bool speaks_of(const std::string& text, const CatalogObject& object, const std::string& schema) {
    const std::string name = local_name(object.identity, schema);
    const std::string place = " " + schema + " ";
    const auto is = [&](const std::string& start) { return text.starts_with(start + " "); };
    for (const char* kind : {"SEQUENCE SET", "SEQUENCE OWNED BY", "TABLE ATTACH", "INDEX ATTACH"})
        if (is(kind + place + object.name)) return true;
    std::string type = object.type;
    std::transform(type.begin(), type.end(), type.begin(),
                   [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    for (const char* kind : {"COMMENT", "ACL", "SECURITY LABEL"}) {
        const std::string start = kind + place;
        if (is(start + type + " " + name) || is(start + "TABLE " + name)) return true;
        if (text.starts_with(start + "COLUMN " + name + ".")) return true;
        if (text.starts_with(start) && text.find(" ON " + name + " ") != std::string::npos)
            return true;
    }
    return false;
}

}  // namespace

std::vector<ArchiveEntry> archive_entries(const std::string& file) {
    const Workplace place;
    pg_restore({"--list", file}, place.file("list"), [] {});
    std::ifstream list(place.file("list"));
    std::vector<ArchiveEntry> entries;
    ArchiveEntry entry;
    for (std::string line; std::getline(list, line);)
        if (read_entry(line, entry)) entries.push_back(entry);
    return entries;
}

std::vector<ArchiveEntry> entries_for(const std::vector<ArchiveEntry>& all,
                                      const std::vector<CatalogObject>& objects,
                                      const std::string& schema) {
    const std::set<ObjectId> ids = ids_of(objects);
    std::vector<ArchiveEntry> chosen;
    for (const ArchiveEntry& entry : all) {
        const bool has_number = entry.id.second != "0";
        const ObjectId id = entry.id.first == "0" ? relation_id(entry.id.second) : entry.id;
        const auto concerns = [&](const CatalogObject& object) {
            return !object.name.empty() && speaks_of(entry.text, object, schema);
        };
        if (has_number ? ids.contains(id) : std::any_of(objects.begin(), objects.end(), concerns))
            chosen.push_back(entry);
    }
    return chosen;
}

void run_entries(Target& target, const std::string& file,
                 const std::vector<ArchiveEntry>& entries) {
    const Workplace place;
    std::ofstream list(place.file("list"));
    for (const ArchiveEntry& entry : entries) list << entry.line << "\n";
    list.close();
    if (!list) throw RunError(Exit::failed, "cannot write " + place.file("list"));
    pg_restore({"--use-list=" + place.file("list"), "--file=" + place.file("sql"), file}, "",
               target.while_waiting);
    std::ifstream script(place.file("sql"), std::ios::binary);
    target.run_script(script);
}

}  // namespace ingot::schema
