// SPDX-License-Identifier: MIT
#include "extractors/extractor.hpp"
#include "extractors/json.hpp"
#include "extractors/transcript_path.hpp"
#include "pipeline/model/text.hpp"
#include "pipeline/tables/agent.hpp"
#include "pipeline/tables/context_session.hpp"

namespace ingot {
namespace {

constexpr std::string_view kEnding = ".meta.json";

OptionalText given(OptionalText text) {
    return text && trimmed(*text).empty() ? OptionalText{} : text;
}

/// What the path of the transcript beside it says.
TranscriptPath path_of_transcript(const Source& source) {
    const std::string_view path = source.path;
    return transcript_path(std::string(path.substr(0, path.size() - kEnding.size())) + ".jsonl");
}

bool takes(const Candidate& candidate) {
    if (!candidate.source.ends_with(kEnding)) return false;
    return !path_of_transcript(candidate.source).agent.empty();
}

ContextSession session_of(const TranscriptPath& path, OptionalText title) {
    return {.session_id = path.session,
            .agent_id = path.agent,
            .project_id = path.project.empty() ? OptionalText{} : OptionalText{path.project},
            .kind = "subagent",
            .parent_session_id = path.parent.empty() ? OptionalText{} : OptionalText{path.parent},
            .title = title,
            .context_data = {}, .usage_percent = {}, .token_count = {}, .max_tokens = {},
            .created_at = {}, .last_accessed = {}, .is_active = {}, .message_count = {}};
}

void read(const Piece& piece, const json::Document& document, Batch& out) {
    const TranscriptPath path = path_of_transcript(piece.source);
    const json::Object object = document.object();
    const Agent agent{.agent_id = path.agent,
                      .agent_type = given(json::optional_text(object, "agentType")),
                      .status = {}, .source_status = {},
                      .worktree_path = given(json::optional_text(object, "worktreePath")),
                      .branch_name = given(json::optional_text(object, "worktreeBranch")),
                      .created_at = {}, .last_activity = {},
                      .configuration = Json{document.text()}};
    const OptionalText title = given(json::optional_text(object, "description"));
    out.state(piece.offset, agent);
    if (!path.session.empty()) out.state(piece.offset, session_of(path, title));
}

void extract(const Piece& piece, Batch& out) {
    if (trimmed(piece.bytes).empty()) return out.blank(piece.bytes.size());
    try {
        const json::Document document(trimmed(piece.bytes));
        read(piece, document, out);
        out.accept(piece.bytes.size());
    } catch (const RowError& error) {
        out.reject(piece.offset, piece.bytes, error.reason, error.what());
    }
}

}  // namespace

extern constinit const Extractor agent_meta_extractor{
    .name = "agent_meta",
    .version = 1,
    .family = "transcript",
    .cut = Cut::whole,
    .takes = takes,
    .extract = extract,
    .split = nullptr,
    .main_table = Agent::table};

}  // namespace ingot
