// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/schema/engine/archive_list.hpp"
#include "loaders/schema/engine/backup.hpp"
#include "loaders/schema/engine/restore_statements.hpp"

namespace ingot::schema {

/// How a PostgreSQL backup is brought back.
struct RestoreSteps {
    RestorePlan plan = {};
    std::vector<std::string> locks = {};  ///< LOCK TABLE …
    std::vector<std::string> drops = {};  ///< DROP … CASCADE of what is there now.
    std::vector<ArchiveEntry> entries = {};
    std::vector<Kept> afterwards = {};  ///< What later objects of other tables had.
};

RestoreSteps restore_steps(Target& target, const BackupInfo& info);

}  // namespace ingot::schema
