// SPDX-License-Identifier: MIT
#include "extractors/snapshot_pulls.hpp"

#include "pipeline/model/text.hpp"
#include "pipeline/tables/pull_request.hpp"

#include <array>

namespace ingot {
namespace {

std::optional<std::int64_t> changed_lines(json::Object pull) {
    const auto added = json::integer_if(pull, "additions");
    const auto removed = json::integer_if(pull, "deletions");
    if (!added || !removed) return {};
    // Beyond any real diff: numbers that would not add up.
    constexpr std::int64_t most = std::int64_t{1} << 40;
    if (*added < 0 || *removed < 0 || *added > most || *removed > most) return {};
    return *added + *removed;
}

void state_pull_request(json::Object pull, const SnapshotObject& snapshot,
                        std::string_view default_status, Batch& out) {
    const auto id = id_of(pull, snapshot.source, {"pr_id", "number", "pr_number", "id"});
    if (!id) return;
    const std::string status =
        lower(text_of(pull, {"state", "status", "pr_status"}).value_or(default_status));
    PullRequest stated;
    stated.pr_id = *id;
    for (const std::string_view key : {"number", "pr_number"})
        if (!stated.pr_number) stated.pr_number = json::integer_if(pull, key);
    stated.title = text_of(pull, {"title"});
    stated.description = text_of(pull, {"body", "description"});
    if (!status.empty()) stated.status = status;
    stated.head_ref = text_of(pull, {"headRefName", "head_ref", "head", "branch"});
    stated.size_lines = changed_lines(pull);
    stated.test_coverage = json::real_if(pull, "test_coverage");
    stated.quality_score = json::real_if(pull, "quality_score");
    stated.created_at = time_of(pull, {"createdAt", "created_at"}, snapshot.zone);
    stated.merged_at = time_of(pull, {"mergedAt", "merged_at"}, snapshot.zone);
    out.state(snapshot.offset, stated, snapshot.at);
}

}  // namespace

void state_pull_requests(const SnapshotObject& snapshot, Batch& out) {
    struct List {
        std::string_view name;
        std::string_view status;  ///< Of those that do not say theirs.
    };
    static constexpr auto places = std::to_array<std::string_view>(
        {"", "project_status", "state.project_status", "state", "github_coordination"});
    static constexpr auto lists =
        std::to_array<List>({{"open_prs", "open"}, {"pull_requests", ""}, {"active_prs", "open"}});
    for (const std::string_view place : places)
        for (const List& list : lists)
            for (const json::Object pull : snapshot.objects_at(place, list.name))
                state_pull_request(pull, snapshot, list.status, out);
}

}  // namespace ingot
