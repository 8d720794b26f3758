-- severity: warning
-- means: The tool was called, but no transcript of the workspace holds its result.
-- do: Nothing while the session runs; else it ended, or its transcript was cut, before the answer came.
SELECT {key}, name, tool_use_id
FROM {rows}
WHERE NOT EXISTS (
    SELECT 1
    FROM tool_results r
    WHERE r.workspace_id = tool_uses.workspace_id AND r.tool_use_id = tool_uses.tool_use_id)
