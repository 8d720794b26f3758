// SPDX-License-Identifier: MIT
#include "extractors/binary.hpp"
#include "extractors/encoding.hpp"
#include "extractors/markdown.hpp"
#include "extractors/place.hpp"
#include "pipeline/model/text.hpp"

#include <algorithm>
#include <array>

namespace ingot {
namespace {

struct Place {
    std::string_view folder;
    std::string_view kind;
};
constexpr auto kPlaces = std::to_array<Place>({{"agents", "agent"},
                                               {"commands", "command"},
                                               {"skills", "skill"},
                                               {"rules", "rule"},
                                               {"plans", "plan"},
                                               {"memory", "memory"},
                                               {"memory_snapshots", "memory"},
                                               {"memory_backup", "memory"},
                                               {"snapshots", "memory"},
                                               {"checkpoints", "memory"},
                                               {"agent-memory", "memory"},
                                               {"agent-memory-local", "memory"}});

/// Of the folder that says what its files are; empty when none does.
std::string_view kind_of_place(const Source& source) {
    std::array<std::string_view, kPlaces.size()> folders{};
    std::ranges::transform(kPlaces, folders.begin(), &Place::folder);
    const std::string_view folder = outermost_of(source.path, folders);
    const auto place = std::ranges::find(kPlaces, folder, &Place::folder);
    return place == kPlaces.end() ? std::string_view() : place->kind;
}

/// agent, command, skill, rule, plan, memory, instructions or document.
std::string_view kind_of(const Source& source) {
    const std::string name = lower(source.file_name());
    if (name == "skill.md") return "skill";
    for (const std::string_view instructions :
         {"claude.md", "claude.local.md", "agents.md", "gemini.md"})
        if (name == instructions) return "instructions";
    const std::string_view kind = kind_of_place(source);
    if (kind == "memory" || name == "memory.md") return "memory";
    if (kind.empty() || name == "readme.md") return "document";
    // Below skills/ only the skill itself is one; the rest is what it refers to.
    return kind == "skill" && source.folder() != "skills" ? "document" : kind;
}

bool takes_document(const Candidate& candidate) {
    const Source& source = candidate.source;
    const bool is_markdown =
        source.ends_with(".md") || source.ends_with(".mdc") || source.ends_with(".markdown");
    return is_markdown && !is_binary(candidate.head);
}

void read_document(const Piece& piece, Batch& out) {
    add_document(piece, out, kind_of(piece.source));
    out.accept(piece.bytes.size());
}

void extract_document(const Piece& piece, Batch& out) { read_text_file(piece, out, read_document); }

}  // namespace

extern const Extractor document_extractor;
constinit const Extractor document_extractor{.name = "document",
                                             .version = 1,
                                             .family = "document",
                                             .cut = Cut::whole,
                                             .takes = takes_document,
                                             .extract = extract_document,
                                             .split = nullptr,
                                             .main_table = "documents"};

}  // namespace ingot
