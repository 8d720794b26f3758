// SPDX-License-Identifier: MIT
#include "loaders/schema_check.hpp"

#include "loaders/ddl.hpp"
#include "loaders/sqlite_query.hpp"

#include <map>
#include <set>

#include <SQLiteCpp/SQLiteCpp.h>

namespace ingot {
namespace {

/// "table events" → its definition.
using Objects = std::map<std::string, std::string>;

Objects objects_of(const RunQuery& query) {
    Objects objects;
    for (const auto& row : query("SELECT type || ' ' || name, sql FROM sqlite_schema WHERE sql IS "
                                 "NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"))
        objects[row.at(0).value_or("")] = row.at(1).value_or("");
    return objects;
}

Objects wanted_in_sqlite(std::span<const Table* const> tables) {
    SQLite::Database db(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    for (const Table* table : tables) db.exec(create_table(Dialect::sqlite, *table));
    for (const Table* table : tables)
        for (const std::string& sql : create_indexes(Dialect::sqlite, *table)) db.exec(sql);
    for (const std::string& sql : create_views(Dialect::sqlite)) db.exec(sql);
    return objects_of(sqlite_query(db));
}

/// Name of the index or view that a CREATE statement makes.
std::string created_name(const std::string& sql, const std::string& kind) {
    const std::size_t begin = sql.find(kind + " ") + kind.size() + 1;
    return sql.substr(begin, sql.find_first_of(" \n(", begin) - begin);
}

Objects wanted_in_postgres(std::span<const Table* const> tables) {
    Objects objects;
    for (const Table* table : tables) {
        const std::string name(table->name);
        objects["table " + name];
        objects["primary key of " + name];
        for (const Column& column : table->columns)
            objects["column " + name + "." + std::string(column.name)];
        for (const std::string& sql : create_indexes(Dialect::postgres, *table))
            objects["index " + created_name(sql, "INDEX")];
        for (const std::string& sql : add_foreign_keys(*table))
            objects["foreign key " + created_name(sql, "CONSTRAINT")];
    }
    for (const std::string& sql : create_views(Dialect::postgres))
        objects["view " + created_name(sql, "VIEW")];
    return objects;
}

Objects found_in_postgres(const RunQuery& query) {
    Objects objects;
    for (const auto& row : query(R"(
        SELECT CASE relkind WHEN 'v' THEN 'view ' WHEN 'i' THEN 'index ' ELSE 'table ' END || relname
        FROM pg_class WHERE relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema()) AND relkind IN ('r', 'v', 'i')
        UNION ALL
        SELECT 'column ' || c.relname || '.' || a.attname
        FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
        WHERE c.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema()) AND a.attnum > 0 AND NOT a.attisdropped
        UNION ALL
        SELECT CASE contype WHEN 'p' THEN 'primary key of ' || c.relname ELSE 'foreign key ' || n.conname END
        FROM pg_constraint n JOIN pg_class c ON c.oid = n.conrelid
        WHERE n.connamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema()) AND contype IN ('p', 'f') AND convalidated)"))
        objects[row.at(0).value_or("")];
    return objects;
}

}  // namespace

std::vector<std::string> schema_differences(Reader& reader, std::span<const Table* const> tables) {
    const bool is_sqlite = reader.dialect() == Dialect::sqlite;
    const Objects wanted = is_sqlite ? wanted_in_sqlite(tables) : wanted_in_postgres(tables);
    const Objects found =
        is_sqlite ? objects_of(reader.query()) : found_in_postgres(reader.query());
    std::vector<std::string> differences;
    for (const auto& [name, sql] : wanted) {
        const auto at = found.find(name);
        if (at == found.end())
            differences.push_back("the " + name + " is missing");
        else if (at->second != sql)
            differences.push_back("the " + name + " is defined otherwise");
    }
    return differences;
}

}  // namespace ingot
