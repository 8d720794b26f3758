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
    ContextSession session;
    session.session_id = path.session;
    session.agent_id = path.agent;
    session.project_id = given(path.project);
    session.kind = "subagent";
    session.parent_session_id = given(path.parent);
    session.title = title;
    return session;
}

/// Throws RowError before it states anything.
void read(const Piece& piece, const json::Document& document, Batch& out) {
    const TranscriptPath path = path_of_transcript(piece.source);
    const json::Object object = document.object();
    Agent agent;
    agent.agent_id = path.agent;
    agent.agent_type = given(json::optional_text(object, "agentType"));
    agent.worktree_path = given(json::optional_text(object, "worktreePath"));
    agent.branch_name = given(json::optional_text(object, "worktreeBranch"));
    agent.configuration = Json{document.text()};
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

extern constinit const Extractor agent_meta_extractor{.name = "agent_meta",
                                                      .version = 1,
                                                      .family = "transcript",
                                                      .cut = Cut::whole,
                                                      .takes = takes,
                                                      .extract = extract,
                                                      .split = nullptr,
                                                      .main_table = Agent::table};

}  // namespace ingot
