// SPDX-License-Identifier: MIT
#pragma once

#include "extractors/extractor.hpp"
#include "pipeline/model/ledger.hpp"
#include "pipeline/scan.hpp"

#include <optional>
#include <string>
#include <vector>

namespace ingot {

/// How a source differs from what the ledger knows.
enum class Change { none, created, changed, appended, renamed, missing, not_selected };

std::string_view name_of(Change change);

/// What a source's row said before the run that is taken back.
struct RestoredSource {
    std::int64_t source_version = 0;
    std::string run_id;        ///< That left it so.
    std::string first_run_id;  ///< That found it first.
    std::optional<Timestamp> missing_since;
};

/// One source of the workspace and what has to be done with it.
struct SourcePlan {
    ScannedFile file;
    Source source;
    const SourceRow* old = nullptr;  ///< Its row in the ledger.
    Change change = Change::none;
    std::string_view status;  ///< loaded, unmapped, unreadable, denied, link, directory, companion.
    std::string_view family = "other";
    const Extractor* extractor = nullptr;
    std::int64_t begin = 0;                  ///< Appended: where reading goes on.
    std::optional<std::int64_t> moved_from;  ///< Renamed: the source whose rows these were.
    const SourceRow* moved_old = nullptr;    ///< Its row in the ledger, when its path is gone.
    std::optional<std::int64_t> moved_to;    ///< The source that has this one's old rows now.
    std::string error;                       ///< Why it is unreadable.
    bool is_gone = false;                    ///< Read from the archive: it stays missing.
    std::optional<RestoredSource> restore;   ///< Undo: its row becomes this, no history is written.
};

/// A selection by --only: families and globs; empty: everything.
struct Selection {
    std::vector<std::string> terms;
    bool empty() const { return terms.empty(); }
    bool takes(std::string_view path, std::string_view family) const;
};

/// The difference between a workspace and the ledger: from it follow rerun, resume, dry run.
struct Plan {
    std::vector<SourcePlan> sources;        ///< In the order of the paths' raw bytes.
    std::vector<const SourceRow*> missing;  ///< In the ledger, not in the workspace any more.
    /// Companions (-wal, -journal, -shm) that are gone: of databases that are still here, and of those
    /// that vanished with them. They belong to their database's version and are never missing.
    std::vector<const SourceRow*> dropped, orphaned;
    bool changes_anything() const;
};

/// What the plan is made from, beside the files.
struct PlanInput {
    fs::path root;
    std::int64_t workspace_id = 0;
    const Ledger& ledger;
    const Selection& selection;
    /// What shapes rows now (settings_text): sources read with another are read again. Empty: not asked.
    std::string settings = {};
    bool archive = false;  ///< Sources that the archive does not have are read again.
};

/// Compares; opens only files that are new or changed. Reads, never writes.
Plan make_plan(std::vector<ScannedFile> files, const PlanInput& input);

}  // namespace ingot
