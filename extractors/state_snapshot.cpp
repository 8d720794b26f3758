// SPDX-License-Identifier: MIT
#include "extractors/state_snapshot.hpp"

#include "extractors/compress.hpp"
#include "extractors/vocabulary.hpp"
#include "pipeline/model/text.hpp"
#include "pipeline/tables/memory_snapshot.hpp"

namespace ingot {
namespace {

/// The kind as a tag, and behind it as an object what else there is.
std::optional<Json> tags_of(std::optional<std::string_view> type, std::optional<Json> rest,
                            Batch& out) {
    std::string tags;
    if (type) tags = json_string(is_clean_text(*type) ? std::string(*type) : cleaned(*type));
    if (rest) tags += (tags.empty() ? "" : ",") + std::string(rest->text);
    return tags.empty() ? std::nullopt : std::optional(Json{out.keep("[" + tags + "]")});
}

void store(std::string_view content, MemorySnapshot& row, Batch& out) {
    const std::string path =
        std::string(row.content_hash.substr(0, 2)) + "/" + std::string(row.content_hash) + ".zst";
    out.files.push_back({.path = path, .compressed = compressed(content)});
    row.content_path = out.keep(path);
    row.stored_bytes = static_cast<std::int64_t>(out.files.back().compressed.size());
    row.compression_ratio =
        static_cast<double>(row.content_bytes) / static_cast<double>(row.stored_bytes);
}

}  // namespace

bool map_state_snapshot(StateRecord& record, Batch& out) {
    const auto content = record.bytes("memory_data");
    if (!content || content->empty()) return false;
    MemorySnapshot row;
    const std::string hash = to_hex(hash128(*content));
    row.snapshot_id = row.content_hash = hash;
    row.producer_id = record.name("snapshot_id");
    row.agent_id = record.name("agent_id");
    const auto type = record.name("snapshot_type");
    row.memory_type = memory_type_of(type.value_or(""));
    row.content_bytes = row.stored_bytes = static_cast<std::int64_t>(content->size());
    row.created_at = record.time("created_at");
    row.tags = tags_of(type, record.rest(), out);
    std::string quoted;
    if (content->size() > record.piece().settings.snapshot_inline || !is_utf8(*content)) {
        store(*content, row, out);
    } else if (is_json_text(*content)) {
        row.content = Json{*content};
    } else {
        row.content = Json{quoted = json_string(*content)};
    }
    out.add(record.number(), row);
    return true;
}

}  // namespace ingot
