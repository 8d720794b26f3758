// SPDX-License-Identifier: MIT
#include "loaders/publish_schema.hpp"

#include "loaders/ddl.hpp"

#include "pipeline/model/errors.hpp"
#include "pipeline/model/hash.hpp"

#include <algorithm>
#include <bit>
#include <iterator>
#include <set>
#include <sstream>

namespace ingot {
namespace {

constexpr std::string_view kComment = "ingot schema version ";

std::int64_t lock_key(const std::string& name) {
    return std::bit_cast<std::int64_t>(hash128(name).low);
}

/// "CREATE TABLE agents" of the whole statement.
std::string title_of(const std::string& statement) {
    const std::size_t start = std::min(statement.find("CREATE "), statement.find("ALTER "));
    std::string line = statement.substr(start, statement.find_first_of("(\n", start) - start);
    line.resize(
        std::min({line.find(" ON "), line.find(" AS"), line.find(" FOREIGN KEY"), line.size()}));
    return line.substr(0, line.find_last_not_of(' ') + 1);
}

void append(std::vector<std::string>& all, std::vector<std::string> more) {
    std::ranges::move(more, std::back_inserter(all));
}

std::vector<std::string> table_statements(std::span<const Table* const> tables) {
    std::vector<std::string> statements = create_functions(Dialect::postgres);
    for (const Table* table : tables) statements.push_back(create_table(Dialect::postgres, *table));
    return statements;
}

std::vector<std::string> finishing_statements(std::span<const Table* const> tables) {
    std::vector<std::string> statements;
    for (const Table* table : tables) append(statements, create_indexes(Dialect::postgres, *table));
    for (const Table* table : tables) append(statements, add_foreign_keys(*table));
    for (const Table* table : tables) append(statements, validate_foreign_keys(*table));
    append(statements, create_views(Dialect::postgres));
    return statements;
}

/// The version is a comment on the schema, or on workspaces where the schema belongs to somebody else.
std::string comment_statement(pqxx::transaction_base& work, std::string_view schema) {
    const std::string name(schema);
    const bool is_ours =
        work.exec("SELECT 1 FROM pg_namespace WHERE nspname = " + work.quote(name) +
                  " AND pg_has_role(nspowner, 'USAGE')")
            .size() == 1;
    return "COMMENT ON " +
           (is_ours ? "SCHEMA " + quoted_name(schema) : std::string("TABLE workspaces")) + " IS '" +
           std::string(kComment) + std::to_string(kSchemaVersion) + "'";
}

void check_server(pqxx::transaction_base& work) {
    const pqxx::row row = work.exec1(
        "SELECT current_setting('server_version_num')::int, current_setting('server_encoding'), "
        "current_setting('server_version')");
    constexpr int kOldest = 14'00'00;  // COMPRESSION lz4
    if (row[0].as<int>() < kOldest)
        throw RunError(Exit::failed, "PostgreSQL " + row[2].as<std::string>() +
                                         " is too old: 14 or later is needed");
    if (row[1].as<std::string>() != "UTF8")
        throw RunError(Exit::failed,
                       "the database's encoding is " + row[1].as<std::string>() +
                           "; name one made with: createdb --encoding=UTF8 --template=template0");
}

}  // namespace

std::int64_t schema_lock_key(std::string_view schema) {
    return lock_key("ingot schema " + std::string(schema));
}

std::int64_t workspace_lock_key(std::string_view schema, std::int64_t workspace_id) {
    return lock_key("ingot workspace " + std::to_string(workspace_id) + " in " +
                    std::string(schema));
}

SchemaState schema_state(pqxx::transaction_base& work, std::string_view schema,
                         std::span<const Table* const> tables) {
    std::string names;
    for (const Table* table : tables)
        names += (names.empty() ? "" : ", ") + work.quote(std::string(table->name));
    const pqxx::result found =
        work.exec("SELECT coalesce(obj_description(n.oid, 'pg_namespace'), obj_description(w.oid, "
                  "'pg_class'), ''), w.oid IS NOT NULL, "
                  "(SELECT count(*) FROM pg_class c WHERE c.relnamespace = n.oid AND c.relkind IN "
                  "('r', 'p') AND c.relname IN (" +
                  names +
                  ")) FROM pg_namespace n LEFT JOIN pg_class w ON w.relnamespace = n.oid AND "
                  "w.relname = 'workspaces' "
                  "WHERE n.nspname = " +
                  work.quote(std::string(schema)));
    if (found.empty()) return SchemaState::missing;
    const auto comment = found[0][0].as<std::string>();
    if (!comment.starts_with(kComment)) {
        if (!found[0][1].as<bool>()) return SchemaState::missing;
        throw RunError(
            Exit::failed,
            "the schema " + std::string(schema) +
                " has a table workspaces that is not Ingot's; choose another with --pg-schema");
    }
    const int version = std::stoi(comment.substr(kComment.size()));
    const std::string has =
        "the PostgreSQL schema " + std::string(schema) + " has version " + std::to_string(version);
    if (version > kSchemaVersion)
        throw SchemaTooNew(has + ", this Ingot knows " + std::to_string(kSchemaVersion) +
                           "; use a newer Ingot");
    if (version < kSchemaVersion)
        throw RunError(Exit::schema, has + ", this program needs " +
                                         std::to_string(kSchemaVersion) +
                                         "; `ingot import --migrate` brings it up to date");
    if (found[0][2].as<std::size_t>() != tables.size())
        throw SchemaTooNew(has + " but lacks tables of it; ingot schema verify names them");
    return SchemaState::current;
}

std::optional<SchemaState> lock_for_loading(Connection& connection, pqxx::transaction_base& work,
                                            std::string_view schema, std::int64_t workspace_id,
                                            std::span<const Table* const> tables) {
    const std::string key = std::to_string(schema_lock_key(schema));
    const SchemaState expected = schema_state(work, schema, tables);
    connection.execute(expected == SchemaState::missing
                           ? "SELECT pg_advisory_xact_lock(" + key + ")"
                           : "SELECT pg_advisory_xact_lock_shared(" + key + ")");
    const std::string workspace_key = std::to_string(workspace_lock_key(schema, workspace_id));
    if (!work.exec1("SELECT pg_try_advisory_xact_lock(" + workspace_key + ")")[0].as<bool>())
        throw Locked("somebody else is loading this workspace into the PostgreSQL schema " +
                     std::string(schema) + "; try again when that has ended");
    if (schema_state(work, schema, tables) != expected) return std::nullopt;
    return expected;
}

namespace {

/// Tables and indexes that are there already: schema changes may have been written down before the
/// first publication.
std::set<std::string> relations_in(pqxx::transaction_base& work, std::string_view schema) {
    std::set<std::string> names;
    const pqxx::result found = work.exec(
        "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE "
        "n.nspname = " +
        work.quote(std::string(schema)) + " AND c.relname LIKE '%migration%'");
    for (pqxx::result::size_type i = 0; i < found.size(); ++i)
        names.insert(found[i][0].as<std::string>());
    return names;
}

/// "CREATE INDEX name ON …" → name
std::string third_word(const std::string& statement) {
    std::istringstream words(statement);
    std::string word;
    for (int i = 0; i < 3; ++i) words >> word;
    return word;
}

}  // namespace

void create_tables(Connection& connection, pqxx::transaction_base& work, std::string_view schema,
                   std::span<const Table* const> tables, std::vector<std::string>& ddl) {
    check_server(work);
    // Asking for a schema that is there needs a right on the database that its user may not have.
    if (work.exec("SELECT 1 FROM pg_namespace WHERE nspname = " + work.quote(std::string(schema)))
            .empty()) {
        connection.execute("CREATE SCHEMA " + quoted_name(schema));
        ddl.push_back("CREATE SCHEMA " + std::string(schema));
    }
    const std::set<std::string> present = relations_in(work, schema);
    for (const std::string& statement : table_statements(tables)) {
        if (present.contains(third_word(statement))) continue;
        connection.execute(statement);
        ddl.push_back(title_of(statement));
    }
}

void finish_tables(Connection& connection, pqxx::transaction_base& work, std::string_view schema,
                   std::span<const Table* const> tables, std::vector<std::string>& ddl,
                   const std::function<void(const std::string&)>& each) {
    const std::set<std::string> present = relations_in(work, schema);
    for (const std::string& statement : finishing_statements(tables)) {
        if (present.contains(third_word(statement)) && statement.starts_with("CREATE INDEX"))
            continue;
        ddl.push_back(title_of(statement));
        each(ddl.back());
        connection.execute(statement);
    }
    connection.execute(comment_statement(work, schema));
}

std::vector<std::string> planned_ddl(std::string_view schema,
                                     std::span<const Table* const> tables) {
    std::vector<std::string> titles{"CREATE SCHEMA " + std::string(schema)};
    for (const std::string& statement : table_statements(tables))
        titles.push_back(title_of(statement));
    for (const std::string& statement : finishing_statements(tables))
        titles.push_back(title_of(statement));
    return titles;
}

}  // namespace ingot
