// SPDX-License-Identifier: MIT
#include "extractors/config_format.hpp"
#include "extractors/config_leaves.hpp"
#include "extractors/encoding.hpp"
#include "extractors/env_file.hpp"
#include "extractors/fields.hpp"
#include "extractors/json_file.hpp"
#include "extractors/place.hpp"
#include "extractors/toml.hpp"
#include "extractors/yaml.hpp"
#include "pipeline/model/text.hpp"
#include "pipeline/tables/configuration.hpp"

namespace ingot {
namespace {

/// What a document of settings says of itself, outside or inside its "meta".
struct Stamp {
    OptionalText agent_id;
    OptionalTime updated_at;
    OptionalText updated_by;
};

Stamp stamp_of(json::Object object, const Zone& zone, Batch& out) {
    return {.agent_id = json::first_scalar(object, {"agent_id", "agentId"}, out),
            .updated_at = json::first_time(object,
                                           {"last_updated", "lastUpdated", "updated_at",
                                            "updatedAt", "last_modified", "lastModified"},
                                           zone, out)
                              .utc,
            .updated_by = json::first_scalar(
                object, {"updated_by", "updatedBy", "last_updated_by", "modified_by"}, out)};
}

Stamp stamp_of(const json::Document& document, const Zone& zone, Batch& out) {
    if (!document.is_object()) return {};
    const json::Object root = document.object();
    Stamp stamp = stamp_of(root, zone, out);
    for (const std::string_view key : {"meta", "_meta", "metadata"}) {
        const auto meta = json::object_if(root, key);
        if (!meta) continue;
        const Stamp inner = stamp_of(*meta, zone, out);
        if (!stamp.updated_at) stamp.updated_at = inner.updated_at;
        if (!stamp.updated_by) stamp.updated_by = inner.updated_by;
    }
    return stamp;
}

/// First folder of the path, or the file's stem.
std::string_view category_of(const Source& source) {
    const std::string_view path = path_in_workspace(source.path);
    const std::size_t slash = path.find('/');
    return slash == std::string_view::npos ? source.stem() : path.substr(0, slash);
}

void add_settings(const json::Document& document, std::int64_t offset, const Piece& piece,
                  Batch& out) {
    const std::vector<Leaf> leaves = leaves_of(document.text(), piece.settings.max_record);
    const Stamp stamp = stamp_of(document, piece.settings.zone, out);
    for (const Leaf& leaf : leaves)
        out.add(offset, Configuration{.agent_id = stamp.agent_id,
                                      .category = category_of(piece.source),
                                      .key = leaf.key,
                                      .value = Json{leaf.value},
                                      .updated_at = stamp.updated_at,
                                      .updated_by = stamp.updated_by});
}

void read_env(const Piece& piece, Batch& out) {
    for_each_setting(piece, out,
                     [&](std::string_view key, const std::string& value, std::int64_t offset) {
                         const bool is_clean = is_clean_text(value);
                         if (!is_clean) ++out.tally.repaired;
                         const std::string text = json_string(is_clean ? value : cleaned(value));
                         out.add(offset, Configuration{.agent_id = {},
                                                       .category = category_of(piece.source),
                                                       .key = path_part(key),
                                                       .value = Json{text},
                                                       .updated_at = {},
                                                       .updated_by = {}});
                     });
}

void read_config(const Piece& piece, Batch& out) {
    const auto read = [&](const json::Document& document, std::int64_t offset) {
        add_settings(document, offset, piece, out);
    };
    constexpr std::size_t head = std::size_t{64} << 10U;  // what the format was told by before
    switch (config_format(piece.source, piece.bytes.substr(0, head))) {
        case ConfigFormat::json: return for_each_json_document(piece, out, read);
        case ConfigFormat::yaml: return for_each_yaml_document(piece, out, read);
        case ConfigFormat::toml: return read_toml_document(piece, out, read);
        default: return read_env(piece, out);
    }
}

bool takes_config(const Candidate& candidate) {
    return config_format(candidate.source, candidate.head) != ConfigFormat::none;
}

void extract_config(const Piece& piece, Batch& out) { read_text_file(piece, out, read_config); }

}  // namespace

extern const Extractor config_extractor;
constinit const Extractor config_extractor{.name = "config",
                                           .version = 2,
                                           .family = "config",
                                           .cut = Cut::whole,
                                           .takes = takes_config,
                                           .extract = extract_config,
                                           .split = nullptr,
                                           .main_table = "configurations"};

}  // namespace ingot
