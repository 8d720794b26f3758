// SPDX-License-Identifier: MIT
#include "loaders/ddl.hpp"

#include "loaders/embedded.hpp"

#include <algorithm>

namespace ingot {
namespace {

/// Long values: lz4 makes COPY 2.5 times as fast as PostgreSQL's default compression.
constexpr std::string_view kLz4 = " COMPRESSION lz4";

std::string sql_type(Dialect dialect, const Column& column) {
    const bool sqlite = dialect == Dialect::sqlite;
    switch (column.type) {
        case Type::text: return sqlite ? "TEXT" : "text" + std::string(kLz4) + " COLLATE \"C\"";
        case Type::integer: return sqlite ? "INTEGER" : "bigint";
        case Type::real: return sqlite ? "REAL" : "double precision";
        case Type::boolean: return sqlite ? "INTEGER" : "boolean";
        case Type::time: return sqlite ? "TEXT" : "timestamptz";
        case Type::json: return sqlite ? "TEXT" : "json" + std::string(kLz4);
        case Type::bytes: return sqlite ? "BLOB" : "bytea" + std::string(kLz4);
    }
    return {};
}

std::string column_definition(Dialect dialect, const Column& column) {
    std::string sql = std::string(column.name) + " " + sql_type(dialect, column);
    if (column.required) sql += " NOT NULL";
    if (dialect == Dialect::sqlite && column.type == Type::boolean)
        sql += " CHECK (" + std::string(column.name) + " IN (0, 1))";
    return sql;
}

std::string joined(std::span<const std::string_view> names) {
    std::string out;
    for (const std::string_view name : names) out += (out.empty() ? "" : ", ") + std::string(name);
    return out;
}

/// "workspace_id, column", or "workspace_id" where the key is just that.
std::string with_workspace(std::string_view column) {
    return column == "workspace_id" ? "workspace_id" : "workspace_id, " + std::string(column);
}

std::string foreign_key(const Reference& reference) {
    return "FOREIGN KEY (" + with_workspace(reference.column) + ") REFERENCES " +
           std::string(reference.table) + " (" + with_workspace(reference.target) + ")";
}

std::string constraint_name(const Table& table, const Reference& reference) {
    return "fk_" + std::string(table.name) + "_" + std::string(reference.column);
}

/// The primary key already serves look-ups by workspace_id and by workspace_id, source_id.
bool served_by_key(const Table& table, std::string_view column) {
    const std::size_t depth = column == "workspace_id" ? 1 : 2;
    return table.key.size() >= depth && table.key[0] == "workspace_id" &&
           table.key[depth - 1] == column &&
           table.name != "project_tasks";  // its two indexes have names that users rely on
}

}  // namespace

std::string create_table(Dialect dialect, const Table& table) {
    std::string sql = "CREATE TABLE " + std::string(table.name) + " (\n";
    for (const Column& column : table.columns)
        sql += "    " + column_definition(dialect, column) + ",\n";
    sql += "    PRIMARY KEY (" + joined(table.key) + ")";
    if (dialect == Dialect::sqlite)
        for (const Reference& reference : table.references)
            sql += ",\n    " + foreign_key(reference) + " DEFERRABLE INITIALLY DEFERRED";
    return sql + (dialect == Dialect::sqlite ? "\n) STRICT" : "\n)");
}

std::vector<std::string> create_indexes(Dialect dialect, const Table& table) {
    std::vector<std::string> statements;
    const std::string name(table.name);
    for (const Reference& reference : table.references) {
        if (served_by_key(table, reference.column)) continue;
        const std::string also =
            reference.index_also.empty() ? "" : ", " + std::string(reference.index_also);
        statements.push_back("CREATE INDEX idx_" + name + "_" + std::string(reference.column) +
                             " ON " + name + " (" + with_workspace(reference.column) + also + ")");
    }
    for (const Index& index : table.indexes)
        if (dialect == Dialect::postgres || !index.postgres_only)
            statements.push_back("CREATE INDEX " + std::string(index.name) + " ON " + name +
                                 " (workspace_id, " + std::string(index.columns) + ")");
    if (dialect == Dialect::postgres && table.name == "agents")
        statements.emplace_back("CREATE INDEX idx_agents_configuration_gin ON agents USING gin "
                                "(as_jsonb(configuration))");
    if (table.name == "migration_journal")  // belongs to no workspace
        statements.emplace_back("CREATE INDEX idx_migration_journal_object ON migration_journal "
                                "(pack, version, object)");
    return statements;
}

std::vector<std::string> add_foreign_keys(const Table& table) {
    std::vector<std::string> statements;
    for (const Reference& reference : table.references)
        statements.push_back("ALTER TABLE " + std::string(table.name) + " ADD CONSTRAINT " +
                             constraint_name(table, reference) + " " + foreign_key(reference) +
                             " NOT VALID");
    return statements;
}

std::vector<std::string> validate_foreign_keys(const Table& table) {
    std::vector<std::string> statements;
    for (const Reference& reference : table.references)
        statements.push_back("ALTER TABLE " + std::string(table.name) + " VALIDATE CONSTRAINT " +
                             constraint_name(table, reference));
    return statements;
}

std::vector<std::string> create_views(Dialect) {
    std::vector<std::string> statements;
    for (const embedded::EmbeddedText& view : embedded::views()) statements.emplace_back(view.text);
    return statements;
}

std::vector<std::string> create_functions(Dialect dialect) {
    if (dialect == Dialect::sqlite) return {};
    return {"CREATE FUNCTION as_jsonb(value json) RETURNS jsonb LANGUAGE plpgsql IMMUTABLE "
            "PARALLEL SAFE AS $$\n"
            "BEGIN\n"
            "    RETURN replace(value::text, '\\u0000', '\\ufffd')::jsonb;\n"
            "EXCEPTION WHEN OTHERS THEN\n"
            "    RETURN NULL;\n"
            "END $$"};
}

std::string schema_script(Dialect dialect, std::span<const Table* const> tables) {
    std::vector<std::string> statements = create_functions(dialect);
    for (const Table* table : tables) statements.push_back(create_table(dialect, *table));
    for (const Table* table : tables)
        std::ranges::copy(create_indexes(dialect, *table), std::back_inserter(statements));
    if (dialect == Dialect::postgres) {
        for (const Table* table : tables)
            std::ranges::copy(add_foreign_keys(*table), std::back_inserter(statements));
        for (const Table* table : tables)
            std::ranges::copy(validate_foreign_keys(*table), std::back_inserter(statements));
    }
    std::ranges::copy(create_views(dialect), std::back_inserter(statements));
    std::string script;
    for (const std::string& statement : statements) script += statement + ";\n\n";
    return script;
}

std::string column_list(const Table& table) {
    std::string out;
    for (const Column& column : table.columns)
        out += (out.empty() ? "" : ", ") + std::string(column.name);
    return out;
}

std::string key_columns(const Table& table) {
    std::string out;
    for (const std::string_view column : table.key)
        out += (out.empty() ? "" : ", ") + std::string(column);
    return out;
}

std::vector<std::string> new_file_ddl(std::span<const Table* const> tables) {
    std::vector<std::string> titles;
    // "CREATE INDEX name ON …": the first three words say what it is.
    const auto add = [&](const std::string& sql) {
        std::size_t end = 0;
        for (int words = 0; words < 3 && end != std::string::npos; ++words)
            end = sql.find_first_of(" (\n", end + 1);
        titles.push_back(sql.substr(0, end));
    };
    for (const Table* table : tables) add(create_table(Dialect::sqlite, *table));
    for (const Table* table : tables)
        for (const std::string& sql : create_indexes(Dialect::sqlite, *table)) add(sql);
    for (const std::string& sql : create_views(Dialect::sqlite)) add(sql);
    return titles;
}

}  // namespace ingot
