// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace ingot {

/// What the path of a transcript says of the session that its records belong to. Empty: not said.
struct TranscriptPath {
    std::string
        session;         ///< Empty: each record's own session and the agent say it, see session_of.
    std::string stem;    ///< The file's name without its ending.
    std::string agent;   ///< Of an `agent-<id>` file.
    std::string parent;  ///< The session that started the sub-agent.
    std::string project;  ///< Folder directly below `projects/`.
    bool is_subagent = false;

    /// The session of a record that names this one as its own (empty: none).
    std::string session_of(std::string_view own) const;
};

/// Reads a relative path:
///   …/<session>.jsonl                              a session of its own
///   …/<session>/subagents/**/agent-<id>.jsonl      session `<session>/<id>`
///   …/<session>/subagents/**/<stem>.jsonl          session `<session>/<stem>`
///   …/agent-<id>.jsonl                             session `<sessionId>/<id>`, by record
TranscriptPath transcript_path(std::string_view path);

/// How far a path says that its file is a transcript.
enum class PathClaim {
    none,
    when_empty,  ///< It is one if it is empty: named by a session's uuid.
    likely,      ///< It is one unless its content has another shape.
    certain,     ///< It is one whatever its content.
};
PathClaim claim_of_path(std::string_view path);

}  // namespace ingot
