// SPDX-License-Identifier: MIT
#include "extractors/context_place.hpp"

#include "extractors/binary.hpp"
#include "extractors/encoding.hpp"
#include "extractors/place.hpp"
#include "pipeline/model/text.hpp"

#include <algorithm>
#include <array>

namespace ingot {
namespace {

struct Ending {
    std::string_view ending;
    ContextForm form;
};
constexpr auto kEndings = std::to_array<Ending>({{".json", ContextForm::json},
                                                 {".jsonl", ContextForm::lines},
                                                 {".ndjson", ContextForm::lines},
                                                 {".yaml", ContextForm::yaml},
                                                 {".yml", ContextForm::yaml},
                                                 {".toml", ContextForm::toml},
                                                 {".md", ContextForm::markdown},
                                                 {".markdown", ContextForm::markdown},
                                                 {".txt", ContextForm::text}});

/// A folder called context that lies in one of the others belongs to that.
bool is_context(const Source& source) {
    constexpr auto folders =
        std::to_array<std::string_view>({"context",       "memory",      "memory_snapshots",
                                         "memory_backup", "snapshots",   "checkpoints",
                                         "logs",          "logs_backup", "config",
                                         "agents",        "commands",    "skills",
                                         "rules",         "plugins",     "hooks",
                                         "plans",         "projects",    "file-history",
                                         "todos",         "tasks"});
    return outermost_of(source.path, folders) == "context";
}

/// A bracket that is still open at the end of the first line.
bool is_spread_out(std::string_view head) {
    head = trimmed(head.starts_with(kUtf8Mark) ? head.substr(kUtf8Mark.size()) : head);
    if (!head.starts_with('{') && !head.starts_with('[')) return false;
    const std::size_t feed = head.find('\n');
    if (feed == std::string_view::npos) return false;
    const std::string_view line = trimmed(head.substr(0, feed));
    return !line.ends_with('}') && !line.ends_with(']');
}

}  // namespace

ContextForm context_form(const Source& source, std::string_view head) {
    if (!is_context(source) || is_binary(head)) return ContextForm::none;
    const auto fits = [&](const Ending& ending) { return source.ends_with(ending.ending); };
    const auto found = std::ranges::find_if(kEndings, fits);
    if (found == kEndings.end()) return ContextForm::none;
    const bool is_document =
        found->form == ContextForm::lines && (is_spread_out(head) || !utf16_name(head).empty());
    return is_document ? ContextForm::json : found->form;
}

}  // namespace ingot
