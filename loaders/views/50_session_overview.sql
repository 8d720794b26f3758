-- A session at a glance.
CREATE VIEW session_overview AS
SELECT s.workspace_id, s.session_id, s.kind, s.title, s.agent_id, s.parent_session_id,
       s.project_id, p.path AS project_path, s.created_at, s.last_accessed, s.message_count,
       (SELECT count(*) FROM context_sessions c
        WHERE c.workspace_id = s.workspace_id AND c.parent_session_id = s.session_id) AS subsessions,
       (SELECT count(*) FROM tool_uses u
        WHERE u.workspace_id = s.workspace_id AND u.session_id = s.session_id) AS tool_calls,
       (SELECT count(*) FROM tool_results r
        WHERE r.workspace_id = s.workspace_id AND r.session_id = s.session_id AND r.is_error) AS tool_errors,
       (SELECT CAST(sum(m.input_tokens) AS BIGINT) FROM message_usage m
        WHERE m.workspace_id = s.workspace_id AND m.session_id = s.session_id) AS input_tokens,
       (SELECT CAST(sum(m.output_tokens) AS BIGINT) FROM message_usage m
        WHERE m.workspace_id = s.workspace_id AND m.session_id = s.session_id) AS output_tokens,
       (SELECT CAST(sum(m.cache_creation_tokens) AS BIGINT) FROM message_usage m
        WHERE m.workspace_id = s.workspace_id AND m.session_id = s.session_id) AS cache_creation_tokens,
       (SELECT CAST(sum(m.cache_read_tokens) AS BIGINT) FROM message_usage m
        WHERE m.workspace_id = s.workspace_id AND m.session_id = s.session_id) AS cache_read_tokens
FROM context_sessions s
LEFT JOIN projects p ON p.workspace_id = s.workspace_id AND p.project_id = s.project_id
