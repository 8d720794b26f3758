-- How often each session used each tool, and how that ended. A call without a result was refused,
-- interrupted, or is still running.
CREATE VIEW tool_usage AS
SELECT workspace_id, session_id, name, count(*) AS calls,
       CAST(sum(CASE WHEN is_error THEN 1 ELSE 0 END) AS BIGINT) AS errors,
       CAST(sum(CASE WHEN result_bytes IS NULL THEN 1 ELSE 0 END) AS BIGINT) AS without_result,
       CAST(sum(result_bytes) AS BIGINT) AS result_bytes,
       min(started_at) AS first_used_at, max(started_at) AS last_used_at
FROM tool_calls
GROUP BY workspace_id, session_id, name
