// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/reader.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace ingot {

/// An import that changed something, without its report.
struct RunSummary {
    std::string run_id;
    std::string workspace;
    std::string started_at;                  ///< Canonical text.
    std::optional<std::string> finished_at;  ///< None: it did not finish.
    std::string mode;
    std::string status;
    std::int64_t files = 0, bytes = 0, rows = 0, rejected = 0;
};

/// All runs of a database, newest last.
std::vector<RunSummary> run_summaries(Reader& reader);

/// A run's report as it was stored.
struct StoredReport {
    bool run_exists = false;
    std::optional<std::string> json;  ///< None: the run was killed before it had one.
};

StoredReport stored_report(Reader& reader, const std::string& run_id);

/// Writes a run's report into the SQLite file. False when there is no such run: it failed before it
/// changed anything. Throws what SQLite says, RunError, SchemaTooNew.
bool keep_report(const std::string& path, std::int64_t workspace_id, const std::string& run_id,
                 const std::string& json);

}  // namespace ingot
