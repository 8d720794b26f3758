// SPDX-License-Identifier: MIT
#include "pipeline/replay.hpp"

#include "pipeline/fingerprint.hpp"
#include "pipeline/model/text.hpp"
#include "pipeline/settings.hpp"

#include <algorithm>
#include <set>

namespace ingot {
namespace {

FileKind kind_of(const std::string& status) {
    if (status == "link") return FileKind::link;
    if (status == "directory") return FileKind::empty_directory;
    if (status == "denied") return FileKind::denied;
    if (status == "companion") return FileKind::companion;
    return FileKind::regular;
}

bool has_content(const std::string& status) {
    return status == "loaded" || status == "unmapped" || status == "companion";
}

/// As the extractor was chosen when the source was read first.
const Extractor* detected(const Source& source, const fs::path& place) {
    const InputFile file(place);
    const PaddedBytes head = file.read(0, std::min<std::int64_t>(file.size(), kHeadBytes));
    return extractor_for({source, head.view()});
}

}  // namespace

std::set<std::int64_t> unchanged_files(const Workspace& workspace, const Ledger& ledger) {
    std::set<std::int64_t> unchanged;
    if (!fs::is_directory(workspace.root)) return unchanged;
    const Selection everything;
    const Plan plan = make_plan(scan(workspace.root), {.root = workspace.root,
                                                       .workspace_id = workspace.id,
                                                       .ledger = ledger,
                                                       .selection = everything});
    for (const SourcePlan& source : plan.sources)
        if (source.change == Change::none) unchanged.insert(source.source.source_id);
    return unchanged;
}

ArchivedSource as_archived(const SourceRow& row) {
    return {.source_id = row.source_id,
            .source_version = row.source_version,
            .run_id = std::string(row.last_run_id.value_or("")),
            .path = std::string(row.path_bytes ? row.path_bytes->data : row.path),
            .family = std::string(row.family),
            .size = row.size_bytes,
            .modified_ns = row.modified_ns,
            .mode = row.mode,
            .link_target = std::string(row.link_target.value_or("")),
            .content_hash = std::string(row.content_hash.value_or("")),
            .status = std::string(row.status),
            .missing = row.missing_since.has_value(),
            .extractor_version = row.extractor_version.value_or(0)};
}

void Replay::prepare() {
    lay_out();
    for (const ReplaySource& source : sources_) {
        const bool archived = has_content(source.as.status) && !source.in_workspace;
        const fs::path root = archived ? scratch_.path() / "files" : root_;
        SourcePlan plan;
        try {
            describe(source, root, plan);
        } catch (const FileError& error) {
            unavailable_.push_back({source.as.path, error.what()});
            continue;
        }
        group(root, source.settings).plan.sources.push_back(std::move(plan));
    }
    for (Group& each : groups_)
        std::ranges::sort(each.plan.sources, {}, [](const SourcePlan& s) { return s.file.path; });
}

void Replay::lay_out() {
    std::vector<ArchivedSource> wanted;
    for (const ReplaySource& source : sources_)
        if (has_content(source.as.status) && !source.in_workspace) wanted.push_back(source.as);
    if (wanted.empty()) return;
    OutputTree tree((scratch_.path() / "files").string(), false);
    const ExportResult result = export_sources(reader_, workspace_id_, wanted, tree);
    std::set<std::string> missing;
    for (const NotExported& source : result.failed) {
        missing.insert(source.path);
        unavailable_.push_back({source.path, "not in the archive: " + source.reason});
    }
    std::erase_if(sources_, [&](const ReplaySource& s) { return missing.contains(s.as.path); });
}

/// Throws FileError when this program would not read the source as it was read.
void Replay::describe(const ReplaySource& source, const fs::path& root, SourcePlan& plan) const {
    const ArchivedSource& as = source.as;
    plan.file = {.path = as.path,
                 .kind = kind_of(as.status),
                 .size = as.size,
                 .modified_ns = as.modified_ns,
                 .mode = as.mode,
                 .inode = source.old != nullptr ? source.old->inode.value_or(0) : 0,
                 .link_target = as.link_target,
                 .companions = {}};
    if (source.old != nullptr && !source.restore) {
        plan.file.companions = std::string(source.old->companions.value_or(""));
        plan.is_gone = as.missing;
    }
    plan.source = {.workspace_id = workspace_id_,
                   .source_id = as.source_id,
                   .path = is_clean_text(as.path) ? as.path : cleaned(as.path),
                   .size = as.size,
                   .modified = {as.modified_ns / 1000}};
    plan.old = source.old;
    plan.change = source.old != nullptr ? Change::changed : Change::created;
    plan.status = as.status;
    plan.family = as.family;
    plan.restore = source.restore;
    if (as.status == "unreadable") throw FileError("it was unreadable then");
    if (as.status != "loaded") return;
    plan.extractor = source.extractor.empty() ? detected(plan.source, root / as.path)
                                              : extractor_named(source.extractor);
    if (plan.extractor != nullptr &&
        (source.any_version || plan.extractor->version == as.extractor_version)) {
        plan.family = plan.extractor->family;
        return;
    }
    throw FileError("it was read by version " + std::to_string(as.extractor_version) +
                    " of its extractor, this program has another");
}

Replay::Group& Replay::group(const fs::path& root, const std::string& settings) {
    for (Group& known : groups_)
        if (known.root == root && known.settings == settings) return known;
    groups_.push_back({.root = root, .settings = settings, .plan = {}});
    return groups_.back();
}

void extract(const Replay& replay, const ExtractOptions& options,
             const std::function<void(const Replay::Group&, PieceResult)>& take) {
    for (const Replay::Group& group : replay.groups())
        extract(group.plan, group.root, settings_from(group.settings), options,
                [&](PieceResult piece) { take(group, std::move(piece)); });
}

}  // namespace ingot
