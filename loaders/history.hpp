// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/reader.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace ingot {

/// A run as import_runs remembers it.
struct StoredRun {
    std::string run_id;
    std::string mode;
    std::string status;
    Timestamp started_at;
    std::optional<Timestamp> finished_at;
    std::string options;  ///< JSON.
    std::int64_t files_seen = 0;
    std::int64_t bytes_seen = 0;
    std::int64_t rows_loaded = 0;
    std::int64_t rows_rejected = 0;
};

/// A workspace's runs, the oldest first.
std::vector<StoredRun> stored_runs(Reader& reader, std::int64_t workspace_id);

/// The runs that an undo takes back: the youngest completed one, and interrupted ones directly before
/// it; the youngest first. Empty: there is none.
std::vector<StoredRun> runs_to_undo(const std::vector<StoredRun>& runs);

/// The first run that has a row for each source.
std::map<std::int64_t, std::string> first_runs(Reader& reader, std::int64_t workspace_id);

}  // namespace ingot
