-- severity: warning
-- means: A tool answered, but no transcript of the workspace holds the call.
-- do: Look whether the transcript that holds the beginning of the session is in the workspace.
SELECT {key}, tool_use_id
FROM {rows}
WHERE NOT EXISTS (
    SELECT 1
    FROM tool_uses u
    WHERE u.workspace_id = tool_results.workspace_id AND u.tool_use_id = tool_results.tool_use_id)
