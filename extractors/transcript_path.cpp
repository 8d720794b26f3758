// SPDX-License-Identifier: MIT
#include "extractors/transcript_path.hpp"

#include "pipeline/model/text.hpp"

#include <algorithm>
#include <vector>

namespace ingot {
namespace {

constexpr std::size_t npos = std::string_view::npos;
constexpr std::string_view kAgent = "agent-";

/// A path taken apart.
struct Parts {
    std::vector<std::string_view> folders;
    std::string_view name;
    std::size_t slug = npos;       ///< Index of the folder below the last `projects`.
    std::size_t subagents = npos;  ///< Index of the last `subagents` that has a session above it.

    std::string_view stem() const {
        const std::size_t dot = name.rfind('.');
        return dot == npos || dot == 0 ? name : name.substr(0, dot);
    }
};

Parts parts_of(std::string_view path) {
    Parts parts;
    for (std::size_t slash = path.find('/'); slash != npos; slash = path.find('/')) {
        parts.folders.push_back(path.substr(0, slash));
        path.remove_prefix(slash + 1);
    }
    parts.name = path;
    for (std::size_t i = 1; i < parts.folders.size(); ++i)
        if (parts.folders[i - 1] == "projects") parts.slug = i;
    // The folder above `subagents` is a session, which a slug is not.
    for (std::size_t i = parts.slug == npos ? 1 : parts.slug + 2; i < parts.folders.size(); ++i)
        if (parts.folders[i] == "subagents") parts.subagents = i;
    return parts;
}

bool is_hex(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/// `0b6c1f1e-0000-4000-8000-00000000a001`, whatever follows (sync tools add " 2").
bool starts_with_uuid(std::string_view text) {
    if (text.size() < 36) return false;
    for (std::size_t i = 0; i < 36; ++i) {
        const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (dash ? text[i] != '-' : !is_hex(text[i])) return false;
    }
    return true;
}

bool is_json_lines(std::string_view name) {
    return name.size() > 6 && equal_ignoring_case(name.substr(name.size() - 6), ".jsonl");
}

}  // namespace

std::string TranscriptPath::session_of(std::string_view own) const {
    if (!session.empty()) return session;
    return trimmed(own).empty() ? stem : std::string(own) + "/" + agent;
}

TranscriptPath transcript_path(std::string_view path) {
    const Parts parts = parts_of(path);
    const std::string stem(parts.stem());
    const bool names_agent = stem.starts_with(kAgent) && stem.size() > kAgent.size();
    TranscriptPath said{.session = {}, .stem = stem, .agent = {}, .parent = {}, .project = {}};
    if (parts.slug != npos) said.project = parts.folders[parts.slug];
    if (names_agent) said.agent = stem.substr(kAgent.size());
    said.is_subagent = names_agent || parts.subagents != npos;
    if (parts.subagents != npos) {
        said.parent = parts.folders[parts.subagents - 1];
        said.session = said.parent + "/" + (names_agent ? said.agent : stem);
    } else if (!names_agent) {
        said.session = stem;
    }
    return said;
}

PathClaim claim_of_path(std::string_view path) {
    const Parts parts = parts_of(path);
    if (!is_json_lines(parts.name)) return PathClaim::none;
    if (std::ranges::find(parts.folders, "subagents") != parts.folders.end())
        return PathClaim::certain;
    const std::string_view stem = parts.stem();
    const bool is_session = starts_with_uuid(stem);
    if (parts.slug != npos && parts.slug + 1 == parts.folders.size())
        return is_session || stem.starts_with(kAgent) ? PathClaim::certain : PathClaim::likely;
    const bool third_party = !parts.folders.empty() && parts.folders.back() == "transcripts";
    if (third_party && stem.starts_with("ses_")) return PathClaim::likely;
    return is_session ? PathClaim::when_empty : PathClaim::none;
}

}  // namespace ingot
