// SPDX-License-Identifier: MIT
#include "loaders/schema/engine/backup_manifest.hpp"

#include "pipeline/model/hash.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>

#include <toml++/toml.h>

namespace ingot::schema {
namespace {

constexpr std::string_view kFormat = "ingot schema backup 1";

toml::array texts(const std::vector<std::string>& all) {
    toml::array array;
    for (const std::string& text : all) array.push_back(text);
    return array;
}

toml::array tables_of(const BackupInfo& info) {
    toml::array array;
    for (const BackupTable& table : info.tables)
        array.push_back(toml::table{{"name", table.hash.table},
                                    {"rows", table.hash.rows},
                                    {"hash", table.hash.hash},
                                    {"columns", texts(table.hash.columns)},
                                    {"oid", table.oid}});
    return array;
}

toml::array objects_of(const std::vector<CatalogObject>& objects) {
    toml::array array;
    for (const CatalogObject& object : objects)
        array.push_back(toml::table{{"catalog", object.id.first},
                                    {"oid", object.id.second},
                                    {"column", object.column},
                                    {"type", object.type},
                                    {"name", object.name},
                                    {"identity", object.identity},
                                    {"owner", object.owner},
                                    {"on_table", object.on_table},
                                    {"definition", object.definition},
                                    {"kind", object.kind}});
    return array;
}

std::string text_of(const toml::table& table, std::string_view key) {
    return table[key].value_or(std::string());
}

std::vector<std::string> texts_of(const toml::table& table, std::string_view key) {
    std::vector<std::string> all;
    if (const toml::array* const array = table[key].as_array())
        for (const toml::node& node : *array) all.push_back(node.value_or(std::string()));
    return all;
}

template <typename Read>
void each_table(const toml::table& table, std::string_view key, Read read) {
    if (const toml::array* const array = table[key].as_array())
        for (const toml::node& node : *array)
            if (const toml::table* const one = node.as_table()) read(*one);
}

std::vector<CatalogObject> read_objects(const toml::table& table, std::string_view key) {
    std::vector<CatalogObject> objects;
    each_table(table, key, [&](const toml::table& one) {
        objects.push_back({.id = {text_of(one, "catalog"), text_of(one, "oid")},
                           .column = one["column"].value_or(0),
                           .type = text_of(one, "type"),
                           .name = text_of(one, "name"),
                           .identity = text_of(one, "identity"),
                           .owner = text_of(one, "owner"),
                           .on_table = text_of(one, "on_table"),
                           .definition = text_of(one, "definition"),
                           .kind = text_of(one, "kind")});
    });
    return objects;
}

std::vector<BackupTable> read_tables(const toml::table& table) {
    std::vector<BackupTable> tables;
    each_table(table, "tables", [&](const toml::table& one) {
        tables.push_back({.hash = {.table = text_of(one, "name"),
                                   .columns = texts_of(one, "columns"),
                                   .rows = one["rows"].value_or(std::int64_t{0}),
                                   .hash = text_of(one, "hash")},
                          .oid = text_of(one, "oid")});
    });
    return tables;
}

/// Text members by their names in the file.
constexpr std::array<std::pair<const char*, std::string BackupInfo::*>, 9> kTexts{
    {{"content", &BackupInfo::content},
     {"pack", &BackupInfo::pack},
     {"position", &BackupInfo::position},
     {"time", &BackupInfo::time},
     {"server", &BackupInfo::server},
     {"version", &BackupInfo::version},
     {"database", &BackupInfo::database},
     {"identity", &BackupInfo::identity},
     {"schema", &BackupInfo::schema}}};

}  // namespace

std::string manifest_text(const BackupInfo& info) {
    toml::table table{{"format", kFormat},
                      {"dialect", info.dialect == Dialect::sqlite ? "sqlite" : "postgres"},
                      {"tables", tables_of(info)},
                      {"description", texts(info.description)},
                      {"objects", objects_of(info.objects)},
                      {"needs", objects_of(info.needs)}};
    for (const auto& [key, member] : kTexts) table.insert(key, info.*member);
    std::ostringstream out;
    out << table << "\n";
    return out.str();
}

BackupInfo read_manifest(const std::string& text, const std::string& file) {
    try {
        const toml::table table = toml::parse(text);
        if (text_of(table, "format") != kFormat)
            throw RunError(Exit::failed, file + ".toml was not written by this version of ingot");
        BackupInfo info;
        info.dialect = text_of(table, "dialect") == "sqlite" ? Dialect::sqlite : Dialect::postgres;
        info.file = file;
        info.tables = read_tables(table);
        info.description = texts_of(table, "description");
        info.objects = read_objects(table, "objects");
        info.needs = read_objects(table, "needs");
        for (const auto& [key, member] : kTexts) info.*member = text_of(table, key);
        return info;
    } catch (const toml::parse_error& error) {
        throw RunError(Exit::failed,
                       "cannot read " + file + ".toml: " + std::string(error.description()));
    }
}

}  // namespace ingot::schema
