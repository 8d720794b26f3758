// SPDX-License-Identifier: MIT
#include "tests/loaders/before_state.hpp"

#include "tests/loaders/cluster.hpp"

#include <pqxx/connection>
#include <pqxx/nontransaction>
#include <pqxx/result>

#include <map>
#include <sstream>
#include <utility>

namespace ingot::testing {
namespace {

using Fixture = std::pair<std::string, std::vector<std::string>>;

/// A word as the shell takes it literally.
std::string quoted(const std::string& word) {
    std::string out = "'";
    for (const char c : word) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return out + "'";
}

std::string url_of(const std::string& database) {
    std::string url = cluster_url();
    const std::string path = "/postgres?";
    return url.replace(url.find(path), path.size(), "/" + database + "?");
}

/// A database of a name that no other has; `origin` is "" or " TEMPLATE x".
std::string create_database(const std::string& origin) {
    static int count = 0;
    std::string name = "before_" + std::to_string(++count);
    ask("CREATE DATABASE " + name + origin);
    return name;
}

void load(const Fixture& fixture, const std::string& database) {
    std::string command = "psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1";
    for (const std::string& variable : fixture.second) command += " --set=" + quoted(variable);
    command += " --file=" + quoted(SOURCE_DIR "/fixtures/schemas/" + fixture.first + ".sql");
    output_of(command + " --dbname=" + quoted(url_of(database)));
}

/// The database that all others of the fixture are copied from; nobody may be connected to it.
const std::string& template_of(const Fixture& fixture) {
    static std::map<Fixture, std::string> templates;
    std::string& name = templates[fixture];
    if (name.empty()) {
        const std::string database = create_database("");
        load(fixture, database);
        name = database;  // only now: a script that failed leaves no template
    }
    return name;
}

/// pg_dump's remarks name its version; \restrict has a new key each time.
bool is_incidental(const std::string& line) {
    return line.empty() || line.starts_with("--") || line.starts_with("\\restrict") ||
           line.starts_with("\\unrestrict");
}

constexpr const char* kTables = R"(
    SELECT format('%I.%I', nspname, relname)
      FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace
     WHERE relkind = 'r' AND nspname NOT LIKE 'pg\_%'
       AND nspname NOT IN ('information_schema', 'ingot')
     ORDER BY format('%I.%I', nspname, relname) COLLATE "C")";

}  // namespace

std::string before_database(const std::string& fixture, const std::vector<std::string>& variables) {
    return url_of(create_database(" TEMPLATE " + template_of({fixture, variables})));
}

std::string empty_database() { return url_of(create_database("")); }

std::string schema_dump(const std::string& url) {
    std::istringstream dump(
        output_of("pg_dump --schema-only --exclude-schema=ingot --dbname=" + quoted(url)));
    std::string out;
    for (std::string line; std::getline(dump, line);)
        if (!is_incidental(line)) out += line + "\n";
    return out;
}

std::string row_hashes(const std::string& url) {
    pqxx::connection connection(url);
    pqxx::nontransaction work(connection);
    work.exec("SET timezone = 'UTC'; SET datestyle = 'ISO'; SET extra_float_digits = 1");
    std::string out;
    for (const pqxx::row& table : work.exec(kTables)) {
        const std::string name = table[0].as<std::string>();
        // The alias is no column's name, so it is the whole row.
        const pqxx::row hash = work.exec1(
            "SELECT count(*), coalesce(sum(hashtextextended(\"whole row\"::text, 0)::numeric), 0) "
            "FROM ONLY " +
            name + " AS \"whole row\"");
        out += name + " " + hash[0].as<std::string>() + " " + hash[1].as<std::string>() + "\n";
    }
    return out;
}

std::string ask(const std::string& url, const std::string& sql) {
    pqxx::connection connection(url);
    pqxx::nontransaction work(connection);
    const pqxx::result rows = work.exec(sql);
    return rows.empty() || rows[0][0].is_null() ? "" : rows[0][0].as<std::string>();
}

}  // namespace ingot::testing
