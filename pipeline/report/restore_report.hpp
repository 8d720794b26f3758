// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/schema/engine/backup.hpp"

#include "pipeline/report/document.hpp"

#include <optional>

namespace ingot {

/// A backup, what its restore would do, and what it did.
struct RestoreReport {
    schema::BackupInfo info;
    schema::RestorePlan plan;
    std::string database;
    std::optional<schema::Restored> restored = {};  ///< Empty: nothing was changed.
    std::vector<std::int64_t> versions = {};        ///< That are no longer applied.
};

document::Document restore_document(const RestoreReport& report);

}  // namespace ingot
