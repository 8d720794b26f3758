// SPDX-License-Identifier: MIT
#include "extractors/checkpoint.hpp"

#include "extractors/snapshot_time.hpp"
#include "pipeline/model/json_text.hpp"
#include "pipeline/tables/checkpoint.hpp"
#include "pipeline/tables/task.hpp"

namespace ingot {
namespace {

std::optional<std::string> own_id(json::Object checkpoint, const Source& source) {
    return id_of(checkpoint, source, {"checkpoint_id", "checkpoint", "id"});
}

/// The first of two places that has a number.
std::optional<double> score_of(json::Object checkpoint, std::optional<json::Object> metrics) {
    const auto score = json::real_if(checkpoint, "quality_score");
    return score || !metrics ? score : json::real_if(*metrics, "quality_score");
}

std::optional<bool> passed_of(json::Object checkpoint, std::optional<json::Object> metrics) {
    const auto passed = json::bool_if(checkpoint, "passed");
    return passed || !metrics ? passed : json::bool_if(*metrics, "passed");
}

/// The branch made for the checkpoint, where the object tells it from the one that was worked on.
std::optional<std::string_view> own_branch(json::Object checkpoint) {
    const auto original = text_of(checkpoint, {"original_branch"});
    const auto branch = text_of(checkpoint, {"branch"});
    return original && branch != original ? branch : std::nullopt;
}

/// What an object says of the checkpoint with this id. `text` is its own bytes. Where git keeps the
/// checkpoint, a tag or a branch of its own, is its name when it has no other.
Checkpoint read_checkpoint(json::Object object, std::string_view text, std::string_view id,
                           const Zone& zone) {
    auto name = text_of(object, {"name", "checkpoint_name", "tag"});
    if (!name) name = own_branch(object);
    const bool has_quality = json::first_key(object, {"quality_metrics"}).has_value();
    const std::string_view metrics_key = has_quality ? "quality_metrics" : "metrics";
    const auto metrics = json::object_if(object, metrics_key);
    return {.checkpoint_id = id,
            .project_id = text_of(object, {"project_id"}),
            .name = name,
            .git_tag = text_of(object, {"git_tag", "tag"}),
            .metrics = json::raw_member(text, metrics_key),
            .quality_score = score_of(object, metrics),
            .passed = passed_of(object, metrics),
            .created_at = time_in_object(object, zone),
            .validated_at = time_of(object, {"validated_at"}, zone)};
}

bool says_something(const Checkpoint& checkpoint) {
    return checkpoint.name || checkpoint.created_at || checkpoint.git_tag || checkpoint.metrics;
}

/// The checkpoints that an index lists; those without an id of their own cannot be told apart.
void state_listed(const SnapshotObject& file, Batch& out) {
    const auto list = json::array_if(file.root, "checkpoints");
    if (!list) return;
    const auto texts = json_text::elements(json_text::member(file.text, "checkpoints"));
    auto text = texts.begin();
    for (const json::Element element : *list) {
        if (text == texts.end()) return;  // the key is written with escapes
        const std::string_view own_text = *text++;
        json::Object object;
        if (element.get(object)) continue;
        const auto id = own_id(object, file.source);
        if (!id) continue;
        const Checkpoint listed = read_checkpoint(object, own_text, *id, file.zone);
        out.state(file.offset, listed, listed.created_at ? listed.created_at : file.at);
    }
}

/// A checkpoint made before a task names it: {"checkpoint": "task-…", "task": "…"}. Both have the
/// one id.
void state_task_of(const SnapshotObject& file, Batch& out) {
    const auto id = text_of(file.root, {"checkpoint"});
    const auto title = text_of(file.root, {"task"});
    if (!id || !id->starts_with("task-") || !title) return;
    Task task;
    task.task_id = *id;
    task.title = title;
    task.created_at = file.at;
    out.state(file.offset, task, file.at);
}

}  // namespace

void state_checkpoint(const SnapshotObject& file, Batch& out) {
    const auto id = own_id(file.root, file.source);
    const std::string path(file.source.path_without_ending());
    Checkpoint checkpoint = read_checkpoint(file.root, file.text, id ? *id : path, file.zone);
    if (id || says_something(checkpoint)) {
        if (!checkpoint.created_at) checkpoint.created_at = file.at;
        out.state(file.offset, checkpoint, file.at);
    }
    state_task_of(file, out);
    state_listed(file, out);
}

}  // namespace ingot
