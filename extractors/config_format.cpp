// SPDX-License-Identifier: MIT
#include "extractors/config_format.hpp"

#include "extractors/binary.hpp"
#include "extractors/encoding.hpp"
#include "extractors/env_file.hpp"
#include "extractors/place.hpp"
#include "pipeline/model/text.hpp"

#include <algorithm>
#include <array>

namespace ingot {
namespace {

template <std::size_t N>
bool ends_with_any(const Source& source, const std::array<std::string_view, N>& endings) {
    return std::ranges::any_of(endings, [&](std::string_view e) { return source.ends_with(e); });
}

/// Folders whose files tell what happened, in whatever notation.
bool is_of_another_family(const Source& source) {
    constexpr auto others = std::to_array<std::string_view>(
        {"context", "memory", "memory_snapshots", "memory_backup", "snapshots", "checkpoints",
         "logs", "logs_backup", "debug", "file-history", "tool-results", "transcripts", "todos"});
    constexpr auto ours = std::to_array<std::string_view>(
        {"config", "personas", "agents", "commands", "skills", "hooks"});
    std::array<std::string_view, others.size() + ours.size()> known{};
    std::ranges::copy(ours, std::ranges::copy(others, known.begin()).out);
    const std::string_view place = outermost_of(source.path, known);
    return std::ranges::find(others, place) != others.end();
}

/// A file of JSON settings, wherever it stands.
bool has_settings_name(const Source& source) {
    constexpr auto endings = std::to_array<std::string_view>(
        {"_config.json", "-config.json", ".config.json", "-settings.json", "_settings.json"});
    constexpr auto names =
        std::to_array<std::string_view>({"config.json", "mcp.json", ".mcp.json"});
    const std::string name = lower(source.file_name());
    return name.starts_with("settings") || std::ranges::find(names, name) != names.end() ||
           ends_with_any(source, endings);
}

/// `.env`, `service.env`, `.env.local`; not a template that is code.
bool has_env_name(const Source& source) {
    return source.ends_with(".env") || lower(source.file_name()).starts_with(".env.");
}

/// Settings without an ending that tells their notation.
ConfigFormat format_of_content(std::string_view head) {
    if (head.starts_with(kUtf8Mark)) head.remove_prefix(kUtf8Mark.size());
    if (trimmed(head).starts_with('{')) return ConfigFormat::json;
    return looks_like_env(head) ? ConfigFormat::env : ConfigFormat::none;
}

}  // namespace

ConfigFormat config_format(const Source& source, std::string_view head) {
    constexpr auto json = std::to_array<std::string_view>({".json", ".jsonc", ".json5"});
    constexpr auto yaml = std::to_array<std::string_view>({".yaml", ".yml"});
    constexpr auto untold =
        std::to_array<std::string_view>({".config", ".conf", ".cfg", ".ini", ".properties"});
    constexpr auto config = std::to_array<std::string_view>({"config"});
    if (is_binary(head) || is_of_another_family(source)) return ConfigFormat::none;
    const bool in_config = !outermost_of(source.path, config).empty();
    if (ends_with_any(source, yaml)) return ConfigFormat::yaml;
    if (source.ends_with(".toml")) return ConfigFormat::toml;
    if (has_env_name(source)) return ConfigFormat::env;
    if (ends_with_any(source, json))
        return in_config || has_settings_name(source) ? ConfigFormat::json : ConfigFormat::none;
    const bool has_no_ending = source.file_name().find('.', 1) == std::string_view::npos;
    if (ends_with_any(source, untold) || (in_config && has_no_ending))
        return format_of_content(head);
    return ConfigFormat::none;
}

}  // namespace ingot
