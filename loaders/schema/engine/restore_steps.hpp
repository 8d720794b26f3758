// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/schema/engine/archive_list.hpp"
#include "loaders/schema/engine/backup.hpp"

namespace ingot::schema {

/// How a PostgreSQL backup is brought back.
struct RestoreSteps {
    RestorePlan plan = {};
    std::vector<std::string> locks = {};  ///< LOCK TABLE …
    std::vector<std::string> drops = {};  ///< DROP … CASCADE of what is there now.
    std::vector<ArchiveEntry> entries = {};
    std::vector<std::string> afterwards = {};  ///< What later objects of other tables had.

    bool operator==(const RestoreSteps& other) const {
        return drops == other.drops && afterwards == other.afterwards &&
               plan.obstacles == other.plan.obstacles;
    }
};

RestoreSteps restore_steps(Target& target, const BackupInfo& info);

}  // namespace ingot::schema
