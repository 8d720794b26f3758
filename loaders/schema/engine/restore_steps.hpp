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
    std::set<ObjectId> dropped = {};      ///< All that goes with them.
    std::vector<std::string> drops = {};  ///< DROP … CASCADE of what is there now.
    std::vector<ArchiveEntry> entries = {};
    std::vector<Kept> afterwards = {};  ///< What later objects of other tables had.
};

/// Only reads. `with_losses`: reads all rows to say what of them was written since.
RestoreSteps restore_steps(Target& target, const BackupInfo& info, bool with_losses);

}  // namespace ingot::schema
