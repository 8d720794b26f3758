// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <vector>

/// Finds raw SQL in source files that names tables.
namespace ingot::schema::rename {

struct Use {
    std::string file = {};  ///< Below the directory that was scanned.
    std::size_t line = 0;   ///< From 1.
    std::string table = {};
    std::string text = {};  ///< The line, cut.
};

struct Scan {
    std::vector<Use> uses = {};  ///< By file and line.
    std::size_t files = 0;       ///< Read.
    std::size_t left_out = 0;    ///< Binary, larger than 2 MB, or not to be read.
};

/// A name counts when it stands in double quotes (also as \"User\" in a string), perhaps behind a
/// schema, and what stands before or behind it is SQL:
///   SELECT or DELETE … FROM "User", JOIN "User", INSERT or MERGE INTO "User", UPDATE "User" … SET,
///   REFERENCES "User", CREATE, ALTER, DROP, TRUNCATE or LOCK TABLE "User", TRUNCATE "User",
///   INDEX, TRIGGER, POLICY, RULE or GRANT … ON "User", COPY "User", "User"."column",
///   '"User"'::regclass, to_regclass('"User"').
/// FROM "User" of an import of JavaScript, and a string that is only the word, do not count.
std::vector<Use> uses_in(std::string_view text, const std::set<std::string>& tables);

/// Reads the files below a directory, not those in .git and node_modules, and follows no link. Throws
/// RunError when there is no such directory.
Scan scan_sources(const std::string& directory, const std::set<std::string>& tables);

}  // namespace ingot::schema::rename
