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

/// The list of what is to be restored; it goes with the object.
class ListFile {
public:
    explicit ListFile(const std::vector<ArchiveEntry>& entries) {
        std::ofstream list(path_);
        for (const ArchiveEntry& entry : entries) list << entry.line << "\n";
        list.close();
        if (!list) throw RunError(Exit::failed, "cannot write " + path_);
    }
    ListFile(const ListFile&) = delete;
    ListFile& operator=(const ListFile&) = delete;
    ~ListFile() {
        boost::system::error_code none;
        fs::remove(path_, none);
    }
    const std::string& path() const { return path_; }

private:
    const std::string path_ =
        (fs::temp_directory_path() / fs::unique_path("ingot-restore-%%%%%%%%%%%%")).string();
};

void pg_restore(int at_least, std::vector<std::string> arguments,
                const std::function<void(std::istream&)>& read) {
    const Ending ending = run_reading({.program = postgres_program("pg_restore", at_least),
                                       .arguments = std::move(arguments),
                                       .environment = {}},
                                      read);
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

std::vector<ArchiveEntry> archive_entries(const std::string& file, int version) {
    std::vector<ArchiveEntry> entries;
    pg_restore(version, {"--list", file}, [&](std::istream& list) {
        ArchiveEntry entry;
        for (std::string line; std::getline(list, line);)
            if (read_entry(line, entry)) entries.push_back(entry);
    });
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
            return !object.name.empty() && object.type != "publication relation" &&
                   speaks_of(entry.text, object, schema);
        };
        if (has_number ? ids.contains(id) : std::any_of(objects.begin(), objects.end(), concerns))
            chosen.push_back(entry);
    }
    return chosen;
}

void run_entries(Target& target, const std::string& file, int version,
                 const std::vector<ArchiveEntry>& entries) {
    const ListFile list(entries);
    pg_restore(version, {"--use-list=" + list.path(), "--file=-", file},
               [&](std::istream& script) { target.run_script(script); });
}

}  // namespace ingot::schema
