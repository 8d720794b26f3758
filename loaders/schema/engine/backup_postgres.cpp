// SPDX-License-Identifier: MIT
#include "loaders/schema/engine/backup_manifest.hpp"
#include "loaders/schema/engine/catalog.hpp"
#include "loaders/schema/engine/subprocess.hpp"

#include <algorithm>

namespace ingot::schema {
namespace {

/// One moment of the database, as long as it lives.
class Snapshot {
public:
    explicit Snapshot(Target& target) : target_(target) {
        target_.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
        name = target_.ask("SELECT pg_export_snapshot()");
    }
    Snapshot(const Snapshot&) = delete;
    Snapshot& operator=(const Snapshot&) = delete;
    ~Snapshot() { target_.rollback(); }
    std::string name;

private:
    Target& target_;
};

/// Those with something that the tables need, quoted.
std::vector<std::string> other_schemas(Target& target, const BackupInfo& info) {
    std::string needs;
    for (const CatalogObject& need : info.needs)
        needs += (needs.empty() ? "(" : ", (") + need.id.first + ", " + need.id.second + ")";
    std::vector<std::string> schemas;
    if (needs.empty()) return schemas;
    for (const auto& row : target.query(
             "SELECT DISTINCT i.schema FROM (VALUES " + needs +
             ") AS needs(c, o)"
             " CROSS JOIN LATERAL pg_identify_object(c::oid, o::oid, 0) AS i"
             " WHERE i.schema IS NOT NULL AND i.schema NOT IN (quote_ident(" +
             literal(target.schema()) + "), 'pg_catalog', 'pg_toast', 'information_schema')"))
        schemas.push_back(row[0].value_or(""));
    return schemas;
}

/// pg_dump reads a pattern: quotes make it a name.
std::vector<std::string> dump_arguments(Target& target, const Catalog& catalog,
                                        const BackupInfo& info, const std::string& snapshot,
                                        const std::string& file) {
    std::vector<std::string> arguments{"--format=custom", "--schema=" + identifier(target.schema()),
                                       "--snapshot=" + snapshot, "--file=" + file};
    // Types and functions of other schemas come along, their tables' rows do not.
    for (const std::string& other : other_schemas(target, info)) {
        arguments.push_back("--schema=" + other);
        arguments.push_back("--exclude-table-data=" + other + ".*");
    }
    for (const auto& [name, relation] : catalog.relations) {
        const bool wanted =
            std::any_of(info.tables.begin(), info.tables.end(),
                        [&](const BackupTable& table) { return table.hash.table == name; });
        if (relation.is_table() && !wanted)
            arguments.push_back("--exclude-table-data=" + qualified(target, name));
    }
    return arguments;
}

}  // namespace

BackupInfo backup_postgres(Target& target, const std::string& place,
                           const std::vector<std::string>& tables, const NewFile& file) {
    const int version = static_cast<int>(target.number("SHOW server_version_num")) / 10'000;
    const std::string program = postgres_program("pg_dump", version);
    BackupInfo info;
    const Snapshot snapshot(target);
    info.version = std::to_string(version);
    info.server = target.name();
    info.database = target.ask("SELECT current_database()");
    info.identity = database_identity(target);
    info.position = target.ask("SELECT pg_current_wal_lsn()");
    std::set<ObjectId> roots;
    for (const auto& [oid, name] : tables_with_heirs(target, tables)) {
        info.tables.push_back({.hash = row_hash(target, name), .oid = oid});
        roots.insert(relation_id(oid));
    }
    info.objects = dependents_of(target, roots);
    info.needs = needs_of(target, ids_of(info.objects));
    const Catalog catalog = read_catalog(target);
    info.description = describe(catalog);
    const Ending ending = run_postgres_program(
        program, dump_arguments(target, catalog, info, snapshot.name, file.temporary()), place,
        target.while_waiting);
    if (ending.exit_code != 0) throw RunError(Exit::failed, "no backup was made: " + ending.errors);
    return info;
}

}  // namespace ingot::schema
