// SPDX-License-Identifier: MIT
#include "loaders/schema/engine/restore_ledger.hpp"

#include <algorithm>

namespace ingot::schema {

std::vector<std::int64_t> record_restore(Target& session, const std::string& ledger_schema,
                                         const BackupInfo& info) {
    std::vector<std::int64_t> versions;
    Ledger ledger(session, ledger_schema, info.pack);
    if (info.pack.empty() || !ledger.exists()) return versions;
    const std::string time = literal(info.time) + "::timestamptz";
    const auto later = [&](const std::string& sql) { return session.ask(sql) == "t"; };
    const std::string schema = identifier(ledger_schema);
    for (const AppliedMigration& applied : ledger.applied()) {
        if (!later("SELECT applied_at > " + time + " FROM " + schema +
                   ".schema_migrations WHERE id = " + std::to_string(applied.id)))
            continue;
        ledger.record_down(applied, 0);
        versions.push_back(applied.version);
    }
    // What ended half-way, and began after the backup.
    for (const std::int64_t version : ledger.open_versions())
        if (later("SELECT min(start_time) > " + time + " FROM " + schema +
                  ".migration_log WHERE direction = 'up' AND pack = " + literal(info.pack) +
                  " AND version = " + std::to_string(version)))
            versions.push_back(version);
    std::sort(versions.begin(), versions.end());
    versions.erase(std::unique(versions.begin(), versions.end()), versions.end());
    for (const std::int64_t version : versions) ledger.close(version);
    return versions;
}

}  // namespace ingot::schema
