// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/schema/engine/backup.hpp"
#include "loaders/schema/engine/migration_ledger.hpp"

namespace ingot::schema {

/// Says in the ledger of the backup's pack that what was applied since the backup is undone: for do_restore's
/// transaction. PostgreSQL: SQLite's ledger comes back with the rest of its file. Returns the versions.
std::vector<std::int64_t> record_restore(Target& session, const std::string& ledger_schema,
                                         const BackupInfo& info);

}  // namespace ingot::schema
