// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

/// Which plans were rehearsed: lines in $XDG_STATE_HOME/ingot/rehearsed (~/.local/state/ingot/rehearsed).
namespace ingot {

/// A plan that went up, back and up again without a fault.
struct RehearsedPlan {
    std::string pack = {};
    std::string identity =
        {};  ///< Of the database: cluster, database and schema; SQLite: its path.
    std::string fingerprint = {};
    std::set<std::int64_t> versions = {};  ///< That were applied and taken back.
};

/// Appends a line. Throws RunError when the file cannot be written.
void record_rehearsal(const RehearsedPlan& plan);

/// The plan of the pack was rehearsed for this database.
bool is_rehearsed(const std::string& pack, const std::string& identity,
                  const std::string& fingerprint);

/// Each of the versions was taken back in some rehearsal for this database.
bool is_way_back_rehearsed(const std::string& pack, const std::string& identity,
                           const std::vector<std::int64_t>& versions);

}  // namespace ingot
