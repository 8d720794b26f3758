// SPDX-License-Identifier: MIT
#include "extractors/snapshot_row.hpp"

#include "extractors/compress.hpp"
#include "extractors/snapshot_object.hpp"
#include "extractors/vocabulary.hpp"
#include "pipeline/model/text.hpp"
#include "pipeline/tables/memory_snapshot.hpp"

#include <algorithm>
#include <array>

namespace ingot {
namespace {

bool is_put_away(const Source& source) {
    static constexpr auto folders = std::to_array<std::string_view>(
        {"memory_backup", "backup", "backups", "archive", "archived"});
    return std::ranges::any_of(folders, [&](std::string_view name) { return source.below(name); });
}

/// By a word of the file's name: LIGHT_CONSOLIDATION, emergency-2026-01-02, archive_of_may.
std::string_view type_by_name(std::string_view stem) {
    struct Part {
        std::string_view of_name;
        std::string_view type;
    };
    static constexpr auto parts = std::to_array<Part>({{"emergency", "critical"},
                                                       {"critical", "critical"},
                                                       {"archive", "archived"},
                                                       {"backup", "archived"},
                                                       {"consolidat", "consolidated"}});
    const std::string name = lower(stem);
    for (const Part& part : parts)
        if (name.find(part.of_name) != std::string::npos) return part.type;
    return "working";
}

/// What the object says of the snapshot.
void fill_from(json::Object object, std::string_view text, const Zone& zone, MemorySnapshot& row,
               Batch& out) {
    for (const std::string_view key : {"snapshot_id", "checkpoint_id", "id", "checkpoint"})
        if (!row.producer_id) row.producer_id = json::scalar_if(object, key, out);
    row.session_id = text_of(object, {"session_id", "sessionId"});
    row.agent_id = text_of(object, {"agent_id", "agentId"});
    row.importance_score = json::real_if(object, "importance_score");
    if (!row.importance_score) row.importance_score = json::real_if(object, "importance");
    row.expires_at = time_of(object, {"expires_at", "expiresAt"}, zone);
    if (json::array_if(object, "tags")) row.tags = json::raw_member(text, "tags");
}

}  // namespace

std::string_view memory_type(const Source& source, std::optional<json::Object> object) {
    const auto own = object ? text_of(*object, {"memory_type"}) : std::nullopt;
    if (own) return memory_type_of(*own);
    if (is_put_away(source)) return "archived";
    const auto level = object ? text_of(*object, {"consolidation_level", "consolidation_type",
                                                  "snapshot_type", "checkpoint_type"})
                              : std::nullopt;
    if (level && memory_type_of(*level) != "working") return memory_type_of(*level);
    return type_by_name(source.stem());
}

void add_snapshot(const Piece& piece, const SnapshotContent& content, std::optional<Timestamp> at,
                  Batch& out) {
    const std::string snapshot_id = to_hex(hash128(piece.bytes));
    const std::string content_hash = to_hex(hash128(content.bytes));
    const std::string path = content_hash.substr(0, 2) + "/" + content_hash + ".zst";
    const auto object = content.object();
    std::string quoted;  // text becomes one JSON string
    MemorySnapshot row;
    row.snapshot_id = snapshot_id;
    row.memory_type = memory_type(piece.source, object);
    row.content_hash = content_hash;
    row.content_bytes = row.stored_bytes = static_cast<std::int64_t>(content.bytes.size());
    row.created_at = at;
    if (object) fill_from(*object, content.bytes, piece.settings.zone, row, out);
    if (content.bytes.size() > piece.settings.snapshot_inline) {
        const std::string& stored =
            out.files.emplace_back(StoredFile{path, compressed(content.bytes)}).compressed;
        row.content_path = path;
        row.stored_bytes = static_cast<std::int64_t>(stored.size());
        row.compression_ratio =
            static_cast<double>(row.content_bytes) / static_cast<double>(row.stored_bytes);
    } else if (content.document) {
        row.content = Json{content.bytes};
    } else {
        row.content = Json{quoted = json_string(content.bytes)};
    }
    out.add(piece.offset, row);
}

}  // namespace ingot
