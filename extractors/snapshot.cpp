// SPDX-License-Identifier: MIT
#include "extractors/binary.hpp"
#include "extractors/checkpoint.hpp"
#include "extractors/encoding.hpp"
#include "extractors/extractor.hpp"
#include "extractors/markdown.hpp"
#include "extractors/snapshot_agents.hpp"
#include "extractors/snapshot_content.hpp"
#include "extractors/snapshot_git.hpp"
#include "extractors/snapshot_pulls.hpp"
#include "extractors/snapshot_row.hpp"
#include "extractors/snapshot_tasks.hpp"
#include "extractors/snapshot_time.hpp"
#include "pipeline/model/text.hpp"

#include <algorithm>
#include <array>

namespace ingot {
namespace {

// The outermost of these folders says what a file below it is: `memory/plans/x.md` is memory,
// `commands/memory/x.md` is a command.
constexpr auto kOurs = std::to_array<std::string_view>(
    {"memory", "memory_snapshots", "memory_backup", "snapshots", "checkpoints"});
constexpr auto kOthers = std::to_array<std::string_view>(
    {"agents", "commands", "skills", "rules", "plugins", "hooks", "context", "config", "logs",
     "logs_backup", "todos", "debug", "file-history", "shell-snapshots"});

/// Below the innermost `.claude`: workspaces nest.
std::string_view path_in_workspace(std::string_view path) {
    constexpr std::string_view nested = "/.claude/";
    if (const std::size_t at = path.rfind(nested); at != std::string_view::npos)
        return path.substr(at + nested.size());
    return path.starts_with(nested.substr(1)) ? path.substr(nested.size() - 1) : path;
}

bool is_in_our_folder(std::string_view path) {
    std::string_view rest = path_in_workspace(path);
    for (std::size_t slash = 0; (slash = rest.find('/')) != std::string_view::npos;) {
        const std::string_view folder = rest.substr(0, slash);
        if (std::ranges::find(kOurs, folder) != kOurs.end()) return true;
        if (std::ranges::find(kOthers, folder) != kOthers.end()) return false;
        rest.remove_prefix(slash + 1);
    }
    return false;
}

bool takes_snapshot(const Candidate& candidate) {
    const Source& source = candidate.source;
    if (!is_in_our_folder(source.path)) return false;
    // A .json that is not even text is broken, and said to be; other such files are something else.
    if (source.ends_with(".json")) return true;
    constexpr auto endings =
        std::to_array<std::string_view>({".jsonl", ".md", ".yaml", ".yml", ".txt"});
    const auto fits = [&](std::string_view ending) { return source.ends_with(ending); };
    return std::ranges::any_of(endings, fits) && !is_binary(candidate.head);
}

void read_file(const Piece& piece, Batch& out) {
    const SnapshotContent content = read_snapshot(piece, out);
    const Zone& zone = piece.settings.zone;
    const auto at = snapshot_time(content, piece.source, zone);
    if (content.form == SnapshotContent::Form::markdown) add_document(piece, out, "memory");
    add_snapshot(piece, content, at, out);
    const auto object = content.object();
    if (!object) return;
    const SnapshotObject snapshot{.root = *object,
                                  .text = content.bytes,
                                  .source = piece.source,
                                  .zone = zone,
                                  .offset = piece.offset,
                                  .at = at};
    state_agents(snapshot, out);
    state_tasks(snapshot, out);
    state_pull_requests(snapshot, out);
    if (piece.source.below("checkpoints")) state_checkpoint(snapshot, out);
    add_git_state(snapshot, out);
}

void extract_snapshot(const Piece& piece, Batch& out) {
    if (trimmed(without_mark(piece, out)).empty()) {
        out.blank(piece.bytes.size());
        return;
    }
    if (reject_unreadable_text(piece, out)) return;
    try {
        read_file(piece, out);
        out.accept(piece.bytes.size());
    } catch (const RowError& error) {
        out.reject(piece.offset, piece.bytes, error.reason, error.what());
    }
}

}  // namespace

extern const Extractor snapshot_extractor;
constinit const Extractor snapshot_extractor{.name = "snapshot",
                                             .version = 2,
                                             .family = "snapshot",
                                             .cut = Cut::whole,
                                             .takes = takes_snapshot,
                                             .extract = extract_snapshot,
                                             .split = nullptr,
                                             .main_table = "memory_snapshots"};

}  // namespace ingot
