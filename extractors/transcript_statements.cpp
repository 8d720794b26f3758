// SPDX-License-Identifier: MIT
#include "extractors/transcript_statements.hpp"

#include "extractors/slug.hpp"
#include "pipeline/model/text.hpp"
#include "pipeline/tables/agent.hpp"
#include "pipeline/tables/context_session.hpp"
#include "pipeline/tables/project.hpp"
#include "pipeline/tables/pull_request.hpp"

namespace ingot {
namespace {

OptionalText given(std::string_view text) {
    return trimmed(text).empty() ? OptionalText{} : OptionalText{text};
}

ContextSession session_by_path(const TranscriptPath& path, std::string_view session) {
    return {.session_id = session,
            .agent_id = given(path.agent),
            .project_id = given(path.project),
            .kind = path.is_subagent ? "subagent" : "transcript",
            .parent_session_id = given(path.parent),
            .title = {}, .context_data = {}, .usage_percent = {}, .token_count = {}, .max_tokens = {},
            .created_at = {}, .last_accessed = {}, .is_active = {}, .message_count = {}};
}

ContextSession session_alone(std::string_view session) {
    return {.session_id = session, .agent_id = {}, .project_id = {}, .kind = {},
            .parent_session_id = {}, .title = {}, .context_data = {}, .usage_percent = {},
            .token_count = {}, .max_tokens = {}, .created_at = {}, .last_accessed = {},
            .is_active = {}, .message_count = {}};
}

OptionalText title_of(const TranscriptRecord& record) {
    const std::string_view type = record.envelope.type;
    const std::string_view key = type == "summary" ? "summary" : type == "ai-title" ? "aiTitle"
                                 : type == "custom-title" ? "customTitle" : "";
    return key.empty() ? OptionalText{} : given(json::text_if(record.object, key).value_or(""));
}

/// The session that this one was forked from, as the first record of the copied thread says.
OptionalText forked_from(const TranscriptRecord& record) {
    if (!record.envelope.starts_thread || !record.envelope.forked_from) return {};
    const OptionalText parent = given(json::text_if(*record.envelope.forked_from, "sessionId").value_or(""));
    return parent == record.session ? OptionalText{} : parent;
}

void state_session(const TranscriptRecord& record, Batch& out) {
    const TranscriptPath& path = record.path;
    const bool by_record = path.session.empty();  // its path does not say the session: it must
    ContextSession session = by_record ? session_by_path(path, record.session) : session_alone(record.session);
    session.title = title_of(record);
    if (by_record) {
        session.parent_session_id = given(record.envelope.session_id.value_or(""));
    } else if (!path.is_subagent) {
        session.parent_session_id = forked_from(record);
    }
    if (by_record || session.title || session.parent_session_id)
        out.state(record.offset, session, record.envelope.timestamp);
}

void state_project(const TranscriptRecord& record, Batch& out) {
    const std::string& project = record.path.project;
    const OptionalText& cwd = record.envelope.cwd;
    // A thread may start elsewhere than in its project: only the directory of this slug is its path.
    if (!record.envelope.starts_thread || !cwd || project.empty() || slug_of(*cwd) != project) return;
    out.state(record.offset,
              Project{.project_id = project, .name = {}, .description = {}, .status = {}, .path = cwd,
                      .created_at = {}, .target_completion = {}, .metadata = {}},
              record.envelope.timestamp);
}

/// The address is the id that every session uses for one pull request; a bare number is one of
/// this file's.
std::string pull_request_id(const TranscriptRecord& record, OptionalInt number, const Batch& out) {
    const auto url = json::text_if(record.object, "prUrl");
    if (url && given(*url)) return std::string(*url);
    return number ? out.source().path + "#" + std::to_string(*number) : std::string{};
}

void state_pull_request(const TranscriptRecord& record, Batch& out) {
    const OptionalInt number = json::integer_if(record.object, "prNumber");
    const std::string id = pull_request_id(record, number, out);
    if (id.empty()) return;
    out.state(record.offset,
              PullRequest{.pr_id = id, .pr_number = number, .title = {}, .description = {},
                          .author_agent = {}, .status = {}, .head_ref = {}, .size_lines = {},
                          .test_coverage = {}, .quality_score = {}, .created_at = {}, .merged_at = {}},
              record.envelope.timestamp);
}

}  // namespace

void state_path(const TranscriptPath& path, Batch& out) {
    if (!path.session.empty()) out.state(0, session_by_path(path, path.session));
    if (given(path.agent))
        out.state(0, Agent{.agent_id = path.agent, .agent_type = {}, .status = {}, .source_status = {},
                           .worktree_path = {}, .branch_name = {}, .created_at = {},
                           .last_activity = {}, .configuration = {}});
    if (given(path.project))
        out.state(0, Project{.project_id = path.project, .name = {}, .description = {}, .status = {},
                             .path = {}, .created_at = {}, .target_completion = {}, .metadata = {}});
}

void state_record(const TranscriptRecord& record, Batch& out) {
    state_session(record, out);
    state_project(record, out);
    if (record.envelope.type == "pr-link") state_pull_request(record, out);
}

}  // namespace ingot
