// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/archive.hpp"
#include "pipeline/export.hpp"
#include "pipeline/extract.hpp"
#include "pipeline/load.hpp"
#include "pipeline/plan.hpp"
#include "pipeline/scratch.hpp"
#include "pipeline/workspace.hpp"

#include <deque>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace ingot {

/// A source to be read again as it was at some time.
struct ReplaySource {
    ArchivedSource as;                      ///< What it was: path, size, time, status.
    std::string extractor;                  ///< By name; empty: found from the content.
    std::string settings;                   ///< settings_text it was read with.
    const SourceRow* old = nullptr;         ///< Its row in the ledger that is written to.
    std::optional<RestoredSource> restore;  ///< Undo: what its row shall say.
    bool in_workspace = false;              ///< The file itself is still the same.
    bool any_version = false;               ///< Another version of its extractor will do.
};

/// Sources whose file is what the ledger says, as far as can be seen without reading it.
std::set<std::int64_t> unchanged_files(const Workspace& workspace, const Ledger& ledger);

/// A source of the ledger, as the archive knows it.
ArchivedSource as_archived(const SourceRow& row);

/// Reads sources again that need not have changed: to check them, to take a run back, to try rejects
/// again. The bytes come from the workspace where the file is still the same, else from the archive, by
/// way of a scratch directory.
class Replay {
public:
    /// `reader` holds the archive; `root` is the workspace and need not exist any more.
    Replay(Reader& reader, std::int64_t workspace_id, fs::path root)
        : reader_(reader), workspace_id_(workspace_id), root_(std::move(root)) {}

    void add(ReplaySource source) { sources_.push_back(std::move(source)); }

    /// Lays out what comes from the archive and chooses the extractors. What cannot be read again is in
    /// unavailable() and left out.
    void prepare();
    const std::vector<NotExported>& unavailable() const { return unavailable_; }

    /// The sources that are read with one set of settings from one place.
    struct Group {
        fs::path root;
        std::string settings;
        Plan plan;
    };
    const std::vector<Group>& groups() const { return groups_; }

private:
    void lay_out();
    void describe(const ReplaySource& source, const fs::path& root, SourcePlan& plan) const;
    Group& group(const fs::path& root, const std::string& settings);

    Reader& reader_;
    std::int64_t workspace_id_;
    fs::path root_;
    ScratchDirectory scratch_;
    std::deque<ReplaySource> sources_;  ///< The plans point into them.
    std::vector<NotExported> unavailable_;
    std::vector<Group> groups_;
};

/// Runs the extractors over all groups; `take` gets the pieces with the plan that they belong to.
void extract(const Replay& replay, const ExtractOptions& options,
             const std::function<void(const Replay::Group&, PieceResult)>& take);

}  // namespace ingot
