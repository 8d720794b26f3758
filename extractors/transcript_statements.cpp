// SPDX-License-Identifier: MIT
#include "extractors/transcript_statements.hpp"

#include "extractors/slug.hpp"
#include "pipeline/model/text.hpp"
#include "pipeline/tables/agent.hpp"
#include "pipeline/tables/context_session.hpp"
#include "pipeline/tables/project.hpp"
#include "pipeline/tables/pull_request.hpp"

#include <array>
#include <utility>

namespace ingot {
namespace {

OptionalText given(std::string_view text) {
    return trimmed(text).empty() ? OptionalText{} : OptionalText{text};
}

ContextSession session_by_path(const TranscriptPath& path, std::string_view id) {
    ContextSession session;
    session.session_id = id;
    session.agent_id = given(path.agent);
    session.project_id = given(path.project);
    session.kind = path.is_subagent ? "subagent" : "transcript";
    session.parent_session_id = given(path.parent);
    return session;
}

Project project_at(std::string_view id, OptionalText path) {
    Project project;
    project.project_id = id;
    project.path = path;
    return project;
}

OptionalText title_of(const TranscriptRecord& record) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 3> members{
        {{"summary", "summary"}, {"ai-title", "aiTitle"}, {"custom-title", "customTitle"}}};
    for (const auto& [type, member] : members)
        if (record.envelope.type == type)
            return given(json::text_if(record.object, member).value_or(""));
    return {};
}

/// The session that this one was forked from, as the first record of the copied thread says.
OptionalText forked_from(const TranscriptRecord& record) {
    if (!record.envelope.starts_thread || !record.envelope.forked_from) return {};
    const OptionalText parent =
        given(json::text_if(*record.envelope.forked_from, "sessionId").value_or(""));
    return parent == record.session ? OptionalText{} : parent;
}

void state_session(const TranscriptRecord& record, Batch& out) {
    const TranscriptPath& path = record.path;
    const bool by_record = path.session.empty();  // its path does not say the session: it must
    ContextSession session;
    if (by_record) session = session_by_path(path, record.session);
    session.session_id = record.session;
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
    if (!record.envelope.starts_thread || !cwd || project.empty()) return;
    // A thread may start elsewhere than in its project: only the directory of this slug is its own.
    if (slug_of(*cwd) == project)
        out.state(record.offset, project_at(project, cwd), record.envelope.timestamp);
}

/// The address is the id that every session uses for one pull request; a bare number is one of
/// this file's.
std::string pull_request_id(const TranscriptRecord& record, OptionalInt number, const Batch& out) {
    const auto url = json::text_if(record.object, "prUrl");
    if (url && given(*url)) return std::string(*url);
    return number ? out.source().path + "#" + std::to_string(*number) : std::string{};
}

void state_pull_request(const TranscriptRecord& record, Batch& out) {
    PullRequest request;
    request.pr_number = json::integer_if(record.object, "prNumber");
    const std::string id = pull_request_id(record, request.pr_number, out);
    request.pr_id = id;
    if (!id.empty()) out.state(record.offset, request, record.envelope.timestamp);
}

}  // namespace

void state_path(const TranscriptPath& path, Batch& out) {
    if (!path.session.empty()) out.state(0, session_by_path(path, path.session));
    if (given(path.agent)) {
        Agent agent;
        agent.agent_id = path.agent;
        out.state(0, agent);
    }
    if (given(path.project)) out.state(0, project_at(path.project, {}));
}

void state_record(const TranscriptRecord& record, Batch& out) {
    state_session(record, out);
    state_project(record, out);
    if (record.envelope.type == "pr-link") state_pull_request(record, out);
}

}  // namespace ingot
