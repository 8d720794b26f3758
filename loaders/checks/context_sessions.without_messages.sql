-- severity: warning
-- means: The session's transcript holds no record: it is empty, or all of it was rejected.
-- do: Nothing for an empty file; else see `ingot rejects`.
SELECT {key}, kind
FROM {rows}
WHERE kind IN ('transcript', 'subagent')
  AND NOT EXISTS (
      SELECT 1
      FROM messages m
      WHERE m.workspace_id = context_sessions.workspace_id
        AND m.session_id = context_sessions.session_id)
