// SPDX-License-Identifier: MIT
#include "loaders/schema/engine/backup_manifest.hpp"
#include "loaders/schema/engine/catalog.hpp"
#include "loaders/schema/engine/scratch_database.hpp"

#include <algorithm>

#include <boost/filesystem.hpp>

namespace ingot::schema {
namespace {

std::vector<std::string> existing(Target& target, const std::vector<std::string>& tables) {
    std::vector<std::string> found;
    for (const std::string& table : tables)
        if (target.number("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = " +
                          literal(table)) > 0)
            found.push_back(table);
    return found;
}

}  // namespace

BackupInfo backup_sqlite(Target&, const std::string& place, const std::vector<std::string>& tables,
                         const NewFile& file) {
    copy_sqlite(place, file.temporary());
    BackupInfo info;
    info.dialect = Dialect::sqlite;
    const std::unique_ptr<Target> copy = open_sqlite(file.temporary());
    copy->query("PRAGMA journal_mode = DELETE");  // one file, without companions
    info.server = info.database = boost::filesystem::canonical(place).string();
    info.version = copy->ask("SELECT sqlite_version()");
    for (const TableHash& hash : row_hashes(*copy, existing(*copy, tables)))
        info.tables.push_back({.hash = hash, .oid = {}});
    info.description = describe(read_catalog(*copy));
    info.position = copy->ask("PRAGMA schema_version");
    return info;
}

RestorePlan plan_restore_sqlite(Target& target, const BackupInfo& info) {
    RestorePlan plan;
    if (boost::filesystem::canonical(target.name()).string() != info.database)
        plan.obstacles.push_back(info.file + " is a backup of " + info.database + ", not of " +
                                 target.name());
    plan.lines.push_back("copy the present state to " + target.name() + ".before-restore-…");
    plan.lines.push_back("replace the whole database by its state of " + info.time);
    for (const auto& [name, relation] : read_catalog(target).relations) {
        if (!relation.is_table()) continue;
        const auto then =
            std::find_if(info.tables.begin(), info.tables.end(),
                         [&](const BackupTable& table) { return table.hash.table == name; });
        const TableHash now = row_hash(target, name);
        if (then == info.tables.end())
            plan.losses.push_back(name + ": what was written since " + info.time + " (" +
                                  std::to_string(now.rows) + " rows now)");
        else if (!difference(then->hash, now).empty())
            plan.losses.push_back(name + ": " + std::to_string(now.rows) + " rows now, " +
                                  std::to_string(then->hash.rows) + " in the backup");
    }
    return plan;
}

Restored restore_sqlite(Target& target, const BackupInfo& info) {
    const std::string place = target.name();
    const std::string kept =
        boost::filesystem::unique_path(place + ".before-restore-%%%%%%%%").string();
    copy_sqlite(place, kept);
    copy_sqlite(info.file, place);
    std::string wrong;
    for (const BackupTable& table : info.tables)
        wrong += difference(table.hash, row_hash(target, table.hash.table, table.hash.columns));
    if (wrong.empty() && describe(read_catalog(target)) == info.description)
        return {.differences = {}, .copy = kept};
    copy_sqlite(kept, place);
    throw ValidationFailed("the restored database is not what the backup says" +
                           (wrong.empty() ? std::string() : ": " + wrong) +
                           "; it is again as it was before");
}

}  // namespace ingot::schema
