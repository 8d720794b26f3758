// SPDX-License-Identifier: MIT
#include "pipeline/plan.hpp"

#include "pipeline/file.hpp"
#include "pipeline/fingerprint.hpp"
#include "pipeline/model/text.hpp"
#include "pipeline/settings.hpp"

#include <algorithm>
#include <set>

#include <oneapi/tbb/parallel_for_each.h>

namespace ingot {
namespace {

std::string_view status_of(FileKind kind) {
    switch (kind) {
        case FileKind::link: return "link";
        case FileKind::empty_directory: return "directory";
        case FileKind::denied: return "denied";
        case FileKind::companion: return "companion";
        case FileKind::unreadable: return "unreadable";
        case FileKind::regular: break;
    }
    return "loaded";
}

SourcePlan describe(ScannedFile file, const PlanInput& input) {
    SourcePlan plan;
    plan.file = std::move(file);
    plan.source.workspace_id = input.workspace_id;
    plan.source.source_id = source_id_of(input.workspace_id, plan.file.path);
    plan.source.path = is_clean_text(plan.file.path) ? plan.file.path : cleaned(plan.file.path);
    plan.source.size = plan.file.size;
    plan.source.modified = {plan.file.modified_ns / 1000};
    plan.old = input.ledger.find(plan.source.source_id);
    plan.status = status_of(plan.file.kind);
    return plan;
}

/// Equal in all that can be seen without opening the file.
bool looks_unchanged(const SourcePlan& plan) {
    const SourceRow& old = *plan.old;
    return old.size_bytes == plan.file.size && old.modified_ns == plan.file.modified_ns &&
           old.mode == plan.file.mode &&
           old.link_target.value_or("") == cleaned(plan.file.link_target) && !old.missing_since &&
           old.inode.value_or(0) == plan.file.inode &&
           old.companions.value_or("") == plan.file.companions;
}

/// The same file would be read with the same outcome, and the archive has what it should have.
bool is_read_alike(const SourceRow& old, const PlanInput& input) {
    const bool same_settings =
        input.settings.empty() || old.status != "loaded" ||
        (old.settings && reads_alike(std::string(*old.settings), input.settings));
    const bool same_extractors =
        input.settings.empty() || old.status != "unmapped" || old.settings == extractors_text();
    const bool has_content =
        old.status == "loaded" || old.status == "unmapped" || old.status == "companion";
    const bool archived = !input.archive || !has_content || old.archived_bytes >= old.size_bytes;
    return same_settings && same_extractors && archived;
}

/// The ledger's family and extractor hold as long as nothing changed.
bool is_unchanged(SourcePlan& plan, const PlanInput& input) {
    if (plan.old == nullptr || !looks_unchanged(plan) || !is_read_alike(*plan.old, input))
        return false;
    if (plan.file.kind == FileKind::regular) {
        if (plan.old->status != "loaded" && plan.old->status != "unmapped") return false;
        const Extractor* extractor = extractor_named(plan.old->extractor.value_or(""));
        if (plan.old->status == "loaded" && extractor == nullptr) return false;
        if (extractor != nullptr && extractor->version != plan.old->extractor_version) return false;
        plan.extractor = extractor;
    } else if (plan.old->status != plan.status) {
        return false;
    }
    plan.family = plan.old->family;
    plan.status = plan.old->status;
    return true;
}

/// Chooses the extractor by path and content.
void detect(SourcePlan& plan, const InputFile& file) {
    const PaddedBytes head = file.read(0, std::min<std::int64_t>(file.size(), kHeadBytes));
    plan.extractor = extractor_for({plan.source, head.view()});
    plan.family = plan.extractor != nullptr ? plan.extractor->family : "other";
    plan.status = plan.extractor != nullptr ? "loaded" : "unmapped";
}

/// Whether the file is what was read before, and more.
bool has_only_grown(const SourcePlan& plan, const InputFile& file) {
    const SourceRow& old = *plan.old;
    const bool can_append = plan.extractor != nullptr && old.extractor == plan.extractor->name &&
                            old.extractor_version == plan.extractor->version &&
                            old.status == "loaded" && old.resume_offset && !old.uses_file_time &&
                            old.content_hash && old.inode == file.inode() &&
                            file.size() > old.size_bytes && old.size_bytes > 0;
    return can_append && head_hash(file, old.size_bytes) == *old.head_hash &&
           tail_hash(file, old.size_bytes, *old.resume_offset) == *old.tail_hash;
}

void compare(SourcePlan& plan, const PlanInput& input) {
    plan.change = plan.old == nullptr ? Change::created : Change::changed;
    if (plan.file.kind != FileKind::regular) return;
    try {
        const InputFile file(input.root / plan.file.path);
        plan.source.size = plan.file.size = file.size();
        plan.source.modified = {file.modified_ns() / 1000};
        plan.file.modified_ns = file.modified_ns();
        detect(plan, file);
        if (plan.old == nullptr || !is_read_alike(*plan.old, input) || !has_only_grown(plan, file))
            return;
        plan.change = Change::appended;
        plan.begin = *plan.old->resume_offset;
    } catch (const FileError& error) {
        plan.status = "unreadable";
        plan.error = error.what();
        plan.extractor = nullptr;
        // Unreadable as before, and nothing moved: nothing to do.
        if (plan.old != nullptr && plan.old->status == "unreadable" && looks_unchanged(plan))
            plan.change = Change::none;
    }
}

bool is_whole_log(const SourcePlan& plan) {
    return plan.family == "log" && plan.status == "loaded" &&
           (plan.change == Change::created || plan.change == Change::changed);
}

/// A rotated log: the file begins with all that the old source had.
bool begins_with(const SourcePlan& plan, const SourceRow& old, const PlanInput& input) {
    try {
        const InputFile file(input.root / plan.file.path);
        return file.size() >= old.size_bytes &&
               head_hash(file, old.size_bytes) == old.head_hash.value_or("") &&
               content_hash(file, old.size_bytes) == old.content_hash.value_or("");
    } catch (const FileError&) {
        return false;
    }
}

/// Finds where the rows of logs went whose path is gone or holds something else now.
void find_renames(Plan& plan, const PlanInput& input) {
    std::map<std::int64_t, SourcePlan*> here;
    for (SourcePlan& source : plan.sources) here.emplace(source.source.source_id, &source);
    std::map<std::string_view, const SourceRow*>
        candidates;  // by path, so that the choice is stable
    for (const auto& [id, row] : input.ledger.sources) {
        const auto at = here.find(id);
        const bool left = at == here.end() || (at->second->change == Change::changed);
        if (row.family == "log" && row.status == "loaded" && row.size_bytes > 0 &&
            row.content_hash && left)
            candidates.emplace(row.path, &row);
    }
    for (SourcePlan& source : plan.sources) {
        if (!is_whole_log(source)) continue;
        for (const auto& [path, row] : candidates) {
            if (row->source_id == source.source.source_id || !begins_with(source, *row, input))
                continue;
            source.change = Change::renamed;
            source.moved_from = row->source_id;
            if (const auto at = here.find(row->source_id); at != here.end())
                at->second->moved_to = source.source.source_id;
            else
                source.moved_old = row;
            candidates.erase(path);
            break;
        }
    }
}

void find_missing(Plan& plan, const PlanInput& input) {
    std::set<std::int64_t> here;
    for (const SourcePlan& source : plan.sources) {
        here.insert(source.source.source_id);
        if (source.moved_from) here.insert(*source.moved_from);
    }
    for (const auto& [id, row] : input.ledger.sources) {
        if (here.contains(id) || !input.selection.takes(row.path, row.family)) continue;
        if (row.status != "companion") {
            plan.missing.push_back(&row);
            continue;
        }
        const std::string_view path = row.path_bytes ? row.path_bytes->data : row.path;
        const std::int64_t owner =
            source_id_of(input.workspace_id, path.substr(0, path.rfind('-')));
        (here.contains(owner) ? plan.dropped : plan.orphaned).push_back(&row);
    }
    for (auto* list : {&plan.missing, &plan.dropped, &plan.orphaned})
        std::ranges::sort(*list, {}, [](const SourceRow* row) { return row->path; });
}

}  // namespace

std::string_view name_of(Change change) {
    switch (change) {
        case Change::created: return "new";
        case Change::changed: return "changed";
        case Change::appended: return "appended";
        case Change::renamed: return "renamed";
        case Change::missing: return "missing";
        case Change::not_selected: return "not selected";
        case Change::none: break;
    }
    return "unchanged";
}

bool Selection::takes(std::string_view path, std::string_view family) const {
    return terms.empty() || std::ranges::any_of(terms, [&](const std::string& term) {
               return term == family || glob_match(term, path);
           });
}

bool Plan::changes_anything() const {
    return std::ranges::any_of(sources, [](const SourcePlan& source) {
        return source.change != Change::none && source.change != Change::not_selected;
    });
}

Plan make_plan(std::vector<ScannedFile> files, const PlanInput& input) {
    Plan plan;
    std::vector<SourcePlan*> differing;
    plan.sources.reserve(files.size());
    for (ScannedFile& file : files) {
        SourcePlan& source = plan.sources.emplace_back(describe(std::move(file), input));
        if (!is_unchanged(source, input)) differing.push_back(&source);
    }
    oneapi::tbb::parallel_for_each(differing, [&](SourcePlan* source) { compare(*source, input); });
    for (SourcePlan& source : plan.sources)
        if (!input.selection.takes(source.source.path, source.family))
            source.change = Change::not_selected;
    find_renames(plan, input);
    find_missing(plan, input);
    return plan;
}

}  // namespace ingot
